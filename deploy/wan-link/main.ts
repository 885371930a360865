/**
 * The process that plays the wide-area network of a set-up: `node deploy/wan-link/main.ts --config FILE`
 * or all by environment. Its admin port shows and changes the link:
 *
 *   GET  /status
 *   POST /cut?a=dc-a&b=dc-b[&mode=reset]      nothing passes, either way
 *   POST /heal?a=dc-a&b=dc-b                  cut and stalls end
 *   POST /stall?from=dc-a&to=dc-b             one way only
 *   POST /shape?a=dc-a&b=dc-b&delay-ms=40&jitter-ms=5&kbit-per-second=50000
 *   POST /shape?from=dc-a&to=dc-b             one way only; what is not said is 0: no shape
 */
import { Command, Option } from "commander";
import { Counter, Gauge, Registry } from "prom-client";
import { startAdminServer } from "../../common/admin-http.ts";
import { errorMessage, MeridianError } from "../../common/errors.ts";
import { createLogger } from "../../common/log.ts";
import { loadWanLinkConfig, pairName, readCuts, writeCuts } from "./config.ts";
import type { Shape } from "./shaper.ts";
import { WanLink } from "./wan-link.ts";

const DELAY_MS_MAX = 60_000;
const KBIT_MAX = 100_000_000;
const log = createLogger({ name: "wan" }, "info");

const { config: file } = new Command("wan-link")
  .addOption(new Option("--config <file>", "the WAN link's configuration").env("MERIDIAN_CONFIG"))
  .parse()
  .opts<{ config?: string }>();

try {
  await run();
} catch (error) {
  log.fatal({ error: errorMessage(error) }, "the WAN link cannot start");
  process.exitCode = 1;
}

async function run(): Promise<void> {
  const config = loadWanLinkConfig(file, process.env);
  const cuts = readCuts(config.state);
  const link = await WanLink.start(config.address, config.lanes, (lane) => cuts.includes(pairName(lane)));
  const registry = new Registry();
  const changed = registerMetrics(registry, link);
  const noted = (change: string, query: URLSearchParams): unknown => {
    const status = link.status();
    writeCuts(config.state, status.pairs.filter((pair) => pair.state === "cut").map(pairName));
    changed.inc({ change });
    log.info({ change, ...Object.fromEntries(query) }, `WAN link ${change}`);
    return status;
  };
  const ok = () => ({ ok: true, detail: null });
  const admin = await startAdminServer({
    address: config.address,
    port: config["admin-port"],
    registry,
    health: ok,
    ready: ok,
    routes: { "/status": () => link.status() },
    actions: { token: config.token, routes: actionsOn(link, noted) },
    onError: (error, path) => log.error({ err: error, path }, "admin request failed"),
  });
  log.info({ lanes: config.lanes.map(pairName), cuts }, "WAN link up");
  await new Promise<void>((resolve) => {
    process.once("SIGTERM", () => resolve());
    process.once("SIGINT", () => resolve());
  });
  await Promise.all([link.close(), admin.close()]);
}

type Action = (query: URLSearchParams) => unknown;

function actionsOn(
  link: WanLink,
  noted: (change: string, query: URLSearchParams) => unknown,
): Record<string, Action> {
  return {
    "/cut": (query) => {
      const mode = query.get("mode") === "reset" ? "reset" : "blackhole";
      link.cut(required(query, "a"), required(query, "b"), mode);
      return noted("cut", query);
    },
    "/heal": (query) => {
      link.heal(required(query, "a"), required(query, "b"));
      return noted("heal", query);
    },
    "/stall": (query) => {
      link.stall(required(query, "from"), required(query, "to"));
      return noted("stall", query);
    },
    "/shape": (query) => {
      const shape = shapeOf(query);
      if (query.has("from")) link.setShape(required(query, "from"), required(query, "to"), shape);
      else {
        const [a, b] = [required(query, "a"), required(query, "b")];
        link.setShape(a, b, shape);
        link.setShape(b, a, shape);
      }
      return noted("shape", query);
    },
  };
}

function registerMetrics(registry: Registry, link: WanLink): Counter<"change"> {
  new Gauge({
    name: "meridian_wan_link_bytes",
    help: "Bytes that passed, by datacenter they came from and went to.",
    labelNames: ["origin", "destination"],
    registers: [registry],
    collect() {
      for (const { origin, destination, bytesToDestination } of link.status().pairs) {
        this.set({ origin, destination }, bytesToDestination);
      }
    },
  });
  new Gauge({
    name: "meridian_wan_link_stalled",
    help: "1 while the way from a datacenter to another is stalled.",
    labelNames: ["from", "to"],
    registers: [registry],
    collect() {
      for (const { from, to, state } of link.status().ways) this.set({ from, to }, state === "up" ? 0 : 1);
    },
  });
  return new Counter({
    name: "meridian_wan_link_changes_total",
    help: "What was done to the WAN link.",
    labelNames: ["change"],
    registers: [registry],
  });
}

function shapeOf(query: URLSearchParams): Shape {
  return {
    delayMs: number(query, "delay-ms", DELAY_MS_MAX),
    jitterMs: number(query, "jitter-ms", DELAY_MS_MAX),
    kbitPerSecond: number(query, "kbit-per-second", KBIT_MAX),
  };
}

function number(query: URLSearchParams, name: string, most: number): number {
  const text = query.get(name) ?? "0";
  const value = Number(text);
  if (text.trim() !== "" && value >= 0 && value <= most) return value;
  throw new MeridianError("BAD_REQUEST", `${name}: a number from 0 to ${most} is needed`);
}

function required(query: URLSearchParams, name: string): string {
  const value = query.get(name);
  if (value === null) throw new MeridianError("BAD_REQUEST", `${name} is missing`);
  return value;
}

/**
 * The process that plays the wide-area network of a set-up: `node deploy/wan-link/main.ts --config FILE`
 * or all by environment. Its admin port shows the link on /status, and changes it (actions.ts).
 */
import { Command } from "commander";
import { Counter, Gauge, Registry } from "prom-client";
import { startAdminServer } from "../../common/admin-http.ts";
import { errorMessage } from "../../common/errors.ts";
import { createLogger } from "../../common/log.ts";
import { configOption } from "../../common/process-options.ts";
import { wanLinkActions } from "./actions.ts";
import { loadWanLinkConfig, pairName, readCuts, writeCuts } from "./config.ts";
import { WanLink } from "./wan-link.ts";

const log = createLogger({ name: "wan" }, "info");

const { config: file } = new Command("wan-link")
  .addOption(configOption("the WAN link's configuration"))
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
    actions: { token: config.token, routes: wanLinkActions(link, noted) },
    onError: (error, path) => log.error({ err: error, path }, "admin request failed"),
  });
  log.info({ lanes: config.lanes.map(pairName), cuts }, "WAN link up");
  await new Promise<void>((resolve) => {
    process.once("SIGTERM", () => resolve());
    process.once("SIGINT", () => resolve());
  });
  await Promise.all([link.close(), admin.close()]);
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

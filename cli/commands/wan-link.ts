/**
 * `meridian wan-link`: the process that plays the wide-area network of a local set-up. Started by
 * `meridian start`; cut and healed over its admin port by `meridian link`.
 */
import type { Command } from "commander";
import { Counter, Registry } from "prom-client";
import { startAdminServer } from "../../common/admin-http.ts";
import { MeridianError } from "../../common/errors.ts";
import { createLogger } from "../../common/log.ts";
import { type CutMode, WanLink } from "../setup/wan-link.ts";
import { pairName, readCuts, readWanLinkConfig, writeCuts } from "../setup/wan-link-config.ts";

export function addWanLink(program: Command): void {
  program
    .command("wan-link", { hidden: true })
    .description("the WAN link process of a set-up (started by `meridian start`)")
    .requiredOption("--config <file>", "wan-link.json of the data folder")
    .action(async ({ config }: { config: string }) => await runWanLink(config));
}

async function runWanLink(configPath: string): Promise<void> {
  const log = createLogger({ name: "wan" }, "info");
  const config = readWanLinkConfig(configPath);
  const cuts = readCuts(configPath);
  const link = await WanLink.start(config.pairs, (pair) => cuts.includes(pairName(pair)));
  const registry = new Registry();
  const changes = new Counter({
    name: "meridian_wan_link_changes_total",
    help: "Cuts and heals of the WAN link",
    labelNames: ["change"],
    registers: [registry],
  });
  const noted = (change: string, query: URLSearchParams): unknown => {
    const pairs = link.status();
    writeCuts(configPath, pairs.filter((pair) => pair.state === "cut").map(pairName));
    changes.inc({ change });
    log.info({ change, a: query.get("a"), b: query.get("b") }, `WAN link ${change}`);
    return { pairs };
  };
  const admin = await startAdminServer({
    address: "127.0.0.1",
    port: config.adminPort,
    registry,
    health: () => ({ ok: true, detail: null }),
    ready: () => ({ ok: true, detail: null }),
    routes: { "/status": () => ({ pairs: link.status() }) },
    actions: {
      token: config.token,
      routes: {
        "/cut": (query) => {
          link.cut(required(query, "a"), required(query, "b"), modeOf(query));
          return noted("cut", query);
        },
        "/heal": (query) => {
          link.heal(required(query, "a"), required(query, "b"));
          return noted("heal", query);
        },
      },
    },
    onError: (error, path) => log.error({ err: error, path }, "admin request failed"),
  });
  log.info({ pairs: config.pairs.map(pairName), cuts }, "WAN link up");
  await new Promise<void>((resolve) => {
    process.once("SIGTERM", () => resolve());
    process.once("SIGINT", () => resolve());
  });
  await Promise.all([link.close(), admin.close()]);
}

function required(query: URLSearchParams, name: string): string {
  const value = query.get(name);
  if (value === null) throw new MeridianError("BAD_REQUEST", `${name} is missing`);
  return value;
}

function modeOf(query: URLSearchParams): CutMode {
  return query.get("mode") === "reset" ? "reset" : "blackhole";
}

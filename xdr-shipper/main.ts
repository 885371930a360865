/** Entry point of a shipper process: `--config FILE --name NAME`, or all by environment. */
import { flushCompileCache } from "node:module";
import { Command, Option } from "commander";
import { collectDefaultMetrics, Registry } from "prom-client";
import { startAdminServer } from "../common/admin-http.ts";
import { loadProcessConfig, ownEntry } from "../common/config-env.ts";
import { MeridianError } from "../common/errors.ts";
import { createLogger } from "../common/log.ts";
import { configOption, nameOption } from "../common/process-options.ts";
import { dashboardFiles } from "./dashboard/assets.ts";
import { Shipper } from "./shipper.ts";
import { registerMetrics, shipperStatus } from "./status.ts";
import type { ShipperRole } from "./lanes.ts";

/** A shutdown that takes longer than this is ended anyway: nothing here holds data. */
const CLOSE_MS = 3000;

interface Arguments {
  readonly config?: string;
  readonly name?: string;
  readonly role?: ShipperRole;
}

async function main(): Promise<void> {
  const command = new Command("xdr-shipper")
    .description("Ships this datacenter's changes to others and applies theirs.")
    .addOption(configOption("the datacenter's configuration (YAML)"))
    .addOption(nameOption("which of its shippers this is"))
    .addOption(new Option("--role <role>", "only one of the two roles").choices(["ship", "apply"]))
    .parse();
  const { config: file, name: wanted, role } = command.opts<Arguments>();
  const config = loadProcessConfig(file, process.env);
  const own = ownEntry("shipper", config.shippers, wanted);
  const { name } = own;
  const log = createLogger({ datacenter: config.name, shipper: name }, config["log-level"]);
  const shipper = new Shipper({ config, name, roles: role === undefined ? own.roles : [role], log });
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const now = () => shipper.clock.monotonicMs();
  registerMetrics(registry, shipper, now);
  const admin = await startAdminServer({
    address: own.address,
    port: own["admin-port"],
    registry,
    health: () => ({ ok: true, detail: "running" }),
    ready: () => ({ ok: shipper.ready, detail: { nats: shipper.local.connection !== undefined } }),
    routes: {
      "/status": () => shipperStatus(shipper, now()),
      "/overview": () => shipper.desk.overview(),
    },
    files: dashboardFiles(),
    onError: (error, path) => log.error({ err: error, path }, "an admin route failed"),
  });
  log.info({ admin: own["admin-port"] }, "shipper started");
  // Node keeps what it compiled at an orderly end only: the next start must not pay for a kill.
  flushCompileCache();

  let stopping = false;
  const stop = (signal: NodeJS.Signals): void => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, "shipper stops");
    setTimeout(() => process.exit(0), CLOSE_MS).unref();
    Promise.all([shipper.close(), admin.close()]).then(
      () => process.exit(0),
      (error: unknown) => {
        log.warn({ err: error }, "closing failed");
        process.exit(0);
      },
    );
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
}

main().catch((error: unknown) => {
  process.stderr.write(
    `${error instanceof MeridianError ? `${error.code}: ${error.message}` : String(error)}\n`,
  );
  process.exit(1);
});

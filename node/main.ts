/** Entry of a storage node: `node node/main.ts --config dc-a.yaml --name a1`, or all by environment. */
import { flushCompileCache } from "node:module";
import { Command } from "commander";
import { loadProcessConfig, ownEntry } from "../common/config-env.ts";
import { errorMessage, MeridianError } from "../common/errors.ts";
import { createLogger } from "../common/log.ts";
import { configOption, nameOption } from "../common/process-options.ts";
import { keepAdminToken } from "./admin-token.ts";
import { StorageNode } from "./node.ts";

/** Exit codes: 1 wrong use or start impossible, 70 the process cannot be trusted any more. */
const EXIT_START = 1;
const EXIT_FAILED = 70;

const options = new Command("meridian-node")
  .description("A Meridian storage node.")
  .addOption(configOption("the datacenter's configuration (YAML)"))
  .addOption(nameOption("which of its nodes this is"))
  .parse()
  .opts<{ config?: string; name?: string }>();

let log = createLogger({ node: options.name ?? null }, "info");

function fail(error: unknown): never {
  log.fatal(
    { error: errorMessage(error), stack: error instanceof Error ? error.stack : undefined },
    "failed",
  );
  // An exit waits for the engine's threads, and one of them hangs in the kernel.
  if (error instanceof MeridianError && error.code === "STORE_HANGS") process.kill(process.pid, "SIGKILL");
  process.exit(EXIT_FAILED);
}
process.on("uncaughtException", fail);
process.on("unhandledRejection", fail);

try {
  const config = loadProcessConfig(options.config, process.env);
  const node = ownEntry("node", config.nodes, options.name);
  log = createLogger({ dc: config.name, node: node.name }, config["log-level"]);
  // Told before it serves anything it just ends: the first process of a container has no other default.
  let stop = (): void => process.exit(0);
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => stop());
  const adminToken = keepAdminToken(node.data);
  const running = await StorageNode.start({ config, node, adminToken, log, onFailure: fail });
  // Node keeps what it compiled at an orderly end only: the next start must not pay for a kill.
  flushCompileCache();
  stop = () => {
    running.stop().then(() => process.exit(0), fail);
  };
} catch (error) {
  log.fatal({ error: errorMessage(error) }, "node cannot start");
  process.exit(EXIT_START);
}

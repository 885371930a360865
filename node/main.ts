/** Entry of a storage node: `node node/main.ts --config dc-a.yaml --name a1`. */
import { flushCompileCache } from "node:module";
import { Command } from "commander";
import { loadDatacenterConfig } from "../common/config.ts";
import { errorMessage, MeridianError } from "../common/errors.ts";
import { createLogger } from "../common/log.ts";
import { StorageNode } from "./node.ts";

/** Exit codes: 1 wrong use or start impossible, 70 the process cannot be trusted any more. */
const EXIT_START = 1;
const EXIT_FAILED = 70;

const options = new Command("meridian-node")
  .description("A Meridian storage node.")
  .requiredOption("--config <file>", "the datacenter's configuration (YAML)")
  .requiredOption("--name <name>", "which of its nodes this process is")
  .parse()
  .opts<{ config: string; name: string }>();

let log = createLogger({ node: options.name }, "info");

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
  const config = loadDatacenterConfig(options.config);
  log = createLogger({ dc: config.name, node: options.name }, config["log-level"]);
  const node = config.nodes.find((candidate) => candidate.name === options.name);
  if (node === undefined) {
    throw new MeridianError("CONFIG_INVALID", `${options.config} has no node named ${options.name}`);
  }
  const running = await StorageNode.start({ config, node, log, onFailure: fail });
  // Node keeps what it compiled at an orderly end only: the next start must not pay for a kill.
  flushCompileCache();
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.on(signal, () => {
      running.stop().then(() => process.exit(0), fail);
    });
  }
} catch (error) {
  log.fatal({ error: errorMessage(error) }, "node cannot start");
  process.exit(EXIT_START);
}

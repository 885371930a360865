/** `meridian config check` and `meridian config schema`: a datacenter's file, and what may stand in it. */
import type { Command } from "commander";
import { loadDatacenterConfig, publishedSchema } from "../../common/config.ts";
import { MeridianError } from "../../common/errors.ts";
import { EXIT, printJson, printLine, withExamples } from "../command-line.ts";

export function addConfig(program: Command): void {
  const config = program
    .command("config")
    .description("check a datacenter's configuration file, or print the JSON Schema of such files");
  const check = config
    .command("check")
    .description(
      "say what is wrong with a datacenter's file, with line and path, as its processes would at their start",
    )
    .argument("<file>", "YAML or JSON, e.g. dc-a.yaml");
  withExamples(check, [["config check dc-a.yaml", "exit code 0: fine, 1: wrong"]]);
  check.action((file: string) => {
    try {
      const { name, nodes, shippers, namespaces, remotes } = loadDatacenterConfig(file);
      const parts = [
        `${nodes.length} nodes`,
        `${shippers.length} shippers`,
        `${namespaces.length} namespaces`,
        `${remotes.length} other datacenters`,
      ];
      printLine(`${file}: fine: ${name} with ${parts.join(", ")}`);
    } catch (error) {
      if (!(error instanceof MeridianError) || error.code !== "CONFIG_INVALID") throw error;
      printLine(error.message);
      process.exitCode = EXIT.negative;
    }
  });
  const schema = config
    .command("schema")
    .description("print the JSON Schema of a datacenter's file, by which editors complete and check it");
  withExamples(schema, [
    ["config schema > datacenter.schema.json", "the same as docs/datacenter.schema.json"],
  ]);
  schema.action(() => printJson(publishedSchema()));
}

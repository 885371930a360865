/**
 * Makes what the datacenters of a compose file trust each other by, before anything else starts:
 *
 *   init --datacenter dc-a=a-nats --datacenter dc-b=b-nats
 *
 * For each datacenter a folder below /secrets (a volume of its own, so that none holds another's): the
 * certificate of its NATS, who may log in there, and the logins its nodes and shippers use. What is
 * needed to do so again, the authority's key and all passwords, stays in /secrets/authority, a volume
 * that nothing else mounts. Run again, it changes nothing but what is missing or about to expire.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { filesOf, renewed, type Datacenter } from "./secrets.ts";
import { readState, writeFiles, writeState } from "./secrets-files.ts";

/** User and group `node` of the image. */
const OWNER = 1000;

function parseDatacenter(text: string, before: readonly Datacenter[] = []): Datacenter[] {
  const [name = "", servers = ""] = text.split("=");
  if (!/^[\w-]+=[\w-]+(,[\w-]+)*$/.test(text)) {
    throw new InvalidArgumentError("NAME=SERVER[,SERVER...] is needed, as dc-a=a-nats");
  }
  return [...before, { name, servers: servers.split(",") }];
}

const { folder, datacenter: datacenters } = new Command("init")
  .option("--folder <folder>", "where the secrets' folders are", "/secrets")
  .requiredOption<readonly Datacenter[]>(
    "--datacenter <name=servers>",
    "a datacenter and the host names of its NATS servers; once for each",
    parseDatacenter,
  )
  .parse()
  .opts<{ folder: string; datacenter: readonly Datacenter[] }>();

const authority = join(folder, "authority");
mkdirSync(authority, { recursive: true });
const now = Date.now();
const state = renewed(readState(authority), datacenters, now);
writeState(authority, state);
for (const { name } of datacenters) {
  writeFiles(join(folder, name), filesOf(state, name, datacenters), OWNER);
}
console.log(`credentials and certificates of ${datacenters.map(({ name }) => name).join(", ")} are in place`);

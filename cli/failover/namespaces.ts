/** Which namespaces datacenters have. */
import { MeridianError } from "../../common/errors.ts";
import { nodeStatusSchema } from "../overview/process-status.ts";
import type { AdminDatacenter } from "../setup/layout.ts";
import { askNode } from "../verify/ask-partitions.ts";

/** A node that is paused accepts the connection and says nothing. */
const STATUS_MS = 2000;

/** Names of the namespaces, of the first node that answers. */
export async function namespacesOf(datacenters: readonly AdminDatacenter[]): Promise<string[]> {
  const nodes = datacenters.flatMap((datacenter) => datacenter.nodes);
  const answers = await Promise.all(
    nodes.map(({ adminPort }) => askNode(adminPort, "/status", nodeStatusSchema, undefined, STATUS_MS)),
  );
  const found = answers.find((answer) => answer !== undefined);
  if (found !== undefined) return found.namespaces.map(({ name }) => name);
  const names = datacenters.map(({ name }) => name).join(" or ");
  throw new MeridianError("UNAVAILABLE", `no node of ${names} answers`);
}

/**
 * A process with an official client that is closed when it is told so:
 * `closing-client.ts cli|tests PORT`. It ends by itself when the client is
 * gone.
 */
import { once } from "node:events";
import { tmpdir } from "node:os";
import { connectDatacenter, releaseClient } from "../../cli/client/datacenter-client.ts";
import { planLayout, SETUP_DEFAULTS } from "../../cli/setup/layout.ts";
import { type Client, connectClient } from "../process/official-client.ts";

const [kind = "", port = "0"] = process.argv.slice(2);

async function connect(): Promise<Client> {
  if (kind === "tests") return await connectClient(`127.0.0.1:${port}`);
  const [planned] = planLayout(tmpdir(), SETUP_DEFAULTS).datacenters;
  const [node] = planned?.nodes ?? [];
  if (planned === undefined || node === undefined) throw new Error("a set-up without nodes");
  return await connectDatacenter({ ...planned, nodes: [{ ...node, servicePort: Number(port) }] });
}

const client = await connect();
process.send?.("connected");
await once(process, "message");
// Nothing else is done from here on: what the client frees must not be taken by others at once.
process.send?.("closing");
releaseClient(client);

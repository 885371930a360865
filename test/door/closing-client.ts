/**
 * A process with an official client that is closed when it is told so: `closing-client.ts PORT`. It ends
 * by itself when the client is gone.
 */
import { once } from "node:events";
import { tmpdir } from "node:os";
import { closeClient, connectDatacenter } from "../../cli/client/datacenter-client.ts";
import { planLayout, SETUP_DEFAULTS } from "../../cli/setup/layout.ts";

const [datacenter] = planLayout(tmpdir(), SETUP_DEFAULTS).datacenters;
const [node] = datacenter?.nodes ?? [];
if (datacenter === undefined || node === undefined) throw new Error("a set-up without nodes");
const servicePort = Number(process.argv[2]);
const client = await connectDatacenter({ ...datacenter, nodes: [{ ...node, servicePort }] });
process.send?.("connected");
await once(process, "message");
// Nothing else is done from here on: what the client frees must not be taken by others at once.
process.send?.("closing");
await closeClient(client);
process.disconnect?.();

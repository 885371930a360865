/** Where primaries are, as clients see it: each node's own answer to the info request `replicas`. */
import { connect } from "node:net";
import type { DatacenterLayout } from "../../cli/setup/layout.ts";
import { isOk } from "../../cli/setup/admin-client.ts";
import type { Key } from "./official-client.ts";
import { frame, partitionOf } from "./raw-client.ts";
import { until } from "./until.ts";

/** Node names by partition; undefined where no node that answers says that it is primary. */
export type Primaries = readonly (string | undefined)[];

const PROTO_BYTES = 8;
const TIMEOUT_MS = 2000;

const PARTITIONS = 4096;
const SETTLE_MS = 30_000;

/**
 * Every partition's primary, asked of the nodes that run until each has one: a node that waits for a
 * lease claims nothing.
 */
export function primariesOf(datacenter: DatacenterLayout, namespace = "test"): Promise<Primaries> {
  return until("a primary of every partition", { timeoutMs: SETTLE_MS }, async () => {
    const primaries = await askAll(datacenter, namespace);
    return primaries.filter((name) => name !== undefined).length === PARTITIONS ? primaries : undefined;
  });
}

async function askAll(datacenter: DatacenterLayout, namespace: string): Promise<Primaries> {
  const primaries: (string | undefined)[] = [];
  for (const { name, servicePort, adminPort } of datacenter.nodes) {
    if (!(await isOk(`http://127.0.0.1:${adminPort}/healthz`))) continue;
    const bitmap = masterBitmap(await askInfo(servicePort, "replicas"), namespace);
    for (let partition = 0; partition < PARTITIONS; partition++) {
      if (((bitmap[partition >> 3] ?? 0) & (0x80 >> (partition & 7))) !== 0) primaries[partition] = name;
    }
  }
  return primaries;
}

export function primaryOf(primaries: Primaries, key: Key): string {
  const name = primaries[partitionOf(key)];
  if (name === undefined) throw new Error(`no primary of ${key.key}`);
  return name;
}

/** `test:regime,copies,BITMAP,BITMAP;gen:...`: the first bitmap is what the node is primary of. */
function masterBitmap(answer: string, namespace: string): Buffer {
  for (const part of answer.split(";")) {
    const [name, rest] = part.split(":");
    if (name === namespace) return Buffer.from(rest?.split(",")[2] ?? "", "base64");
  }
  return Buffer.alloc(0);
}

/** The value of an info request. */
function askInfo(port: number, name: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(frame(1, Buffer.from(`${name}\n`))));
    let received = Buffer.alloc(0);
    socket.setTimeout(TIMEOUT_MS, () => socket.destroy(new Error(`no answer to info ${name} from ${port}`)));
    socket.on("error", reject);
    socket.on("data", (chunk) => {
      received = Buffer.concat([received, chunk]);
      if (received.length < PROTO_BYTES) return;
      const end = PROTO_BYTES + received.readUIntBE(2, 6);
      if (received.length < end) return;
      socket.destroy();
      const [, value] = received.toString("utf8", PROTO_BYTES, end).trimEnd().split("\t");
      resolve(value ?? "");
    });
  });
}

/** Where primaries are, as clients see it: each node's own answer to the info request `replicas`. */
import { connect } from "node:net";
import type { NodeLayout } from "../../cli/setup/layout.ts";
import { isOk } from "../../cli/setup/admin-client.ts";
import type { Key } from "./official-client.ts";
import { frame, partitionOf } from "./raw-client.ts";
import { until } from "./until.ts";

/** A node, and where it is when that is not this machine. */
export interface NodePlace extends NodeLayout {
  readonly host?: string | undefined;
}
export interface Places {
  readonly nodes: readonly NodePlace[];
}

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
export function primariesOf(datacenter: Places, namespace = "test"): Promise<Primaries> {
  return until("a primary of every partition", { timeoutMs: SETTLE_MS }, async () => {
    const primaries = await askAll(datacenter, namespace);
    return primaries.filter((name) => name !== undefined).length === PARTITIONS ? primaries : undefined;
  });
}

async function askAll({ nodes }: Places, namespace: string): Promise<Primaries> {
  const primaries: (string | undefined)[] = [];
  for (const node of nodes) {
    if (!(await isOk(`http://${hostOf(node)}:${node.adminPort}/healthz`))) continue;
    const [bitmap] = bitmaps(await askInfo(node, "replicas"), namespace);
    for (const partition of partitionsIn(bitmap)) primaries[partition] = node.name;
  }
  return primaries;
}

/** The partitions that a node holds a copy of, as it says itself. */
export async function heldBy(node: NodePlace, namespace = "test"): Promise<ReadonlySet<number>> {
  return new Set(bitmaps(await askInfo(node, "replicas"), namespace).flatMap(partitionsIn));
}

function partitionsIn(bitmap: Buffer | undefined): number[] {
  const isSet = (partition: number): boolean =>
    ((bitmap?.[partition >> 3] ?? 0) & (0x80 >> (partition & 7))) !== 0;
  return Array.from({ length: PARTITIONS }, (_, partition) => partition).filter(isSet);
}

export function primaryOf(primaries: Primaries, key: Key): string {
  const name = primaries[partitionOf(key)];
  if (name === undefined) throw new Error(`no primary of ${key.key}`);
  return name;
}

/** `test:regime,copies,BITMAP,BITMAP;gen:...`: the first bitmap is what the node is primary of. */
function bitmaps(answer: string, namespace: string): Buffer[] {
  for (const part of answer.split(";")) {
    const [name, rest] = part.split(":");
    const fields = rest?.split(",").slice(2) ?? [];
    if (name === namespace) return fields.map((field) => Buffer.from(field, "base64"));
  }
  return [];
}

export function hostOf({ host }: NodePlace): string {
  return host ?? "127.0.0.1";
}

/** The value of an info request. */
function askInfo(node: NodePlace, name: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const ask = frame(1, Buffer.from(`${name}\n`));
    const socket = connect(node.servicePort, hostOf(node), () => socket.write(ask));
    let received = Buffer.alloc(0);
    const fail = (): unknown => socket.destroy(new Error(`no answer to info ${name} from ${node.name}`));
    socket.setTimeout(TIMEOUT_MS, fail);
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

/**
 * What is done to a local datacenter's folders, while none of its processes runs, so that it comes up
 * closed with its changes held; and how its data is moved out of the way.
 */
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { START_FENCED_FILE } from "../../common/config.ts";
import { shipStream } from "../../proto/subjects.ts";
import { asideName } from "./aside.ts";
import type { DatacenterLayout } from "./layout.ts";

/** Makes the node's next start close its datacenter (common/config.ts). */
export function writeFenceMarker(dataFolder: string): void {
  mkdirSync(dataFolder, { recursive: true });
  const file = openSync(join(dataFolder, START_FENCED_FILE), "w");
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/**
 * All nodes start fenced, and the bus has forgotten what was on its way: it would be handed to the
 * other datacenters by nats-server itself, before any node is asked. What is lost there is shipped
 * again once the fence is lifted.
 */
export function holdChanges(datacenter: DatacenterLayout): void {
  for (const node of datacenter.nodes) writeFenceMarker(node.data);
  const streams = join(datacenter.nats.store, "jetstream", "$G", "streams");
  if (!existsSync(streams)) return;
  const shipped = shipStream(datacenter.name, "");
  for (const stream of readdirSync(streams)) {
    if (stream.startsWith(shipped)) rmSync(join(streams, stream), { recursive: true });
  }
}

/** Moves the disks of all nodes and of NATS into a folder beside them, which is returned. */
export function moveAside({ nodes, nats }: DatacenterLayout): string {
  const folder = dirname(nats.store);
  const aside = join(folder, asideName(new Date()));
  // Fails rather than mixes two of them.
  mkdirSync(aside);
  const moved = [...nodes.map(({ name, data }) => ({ name, data })), { name: "nats", data: nats.store }];
  for (const { name, data } of moved) if (existsSync(data)) renameSync(data, join(aside, name));
  return aside;
}

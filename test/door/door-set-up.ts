/** A door over records in memory, and the official client connected to it, for the door's tests. */
import { randomBytes } from "node:crypto";
import pino from "pino";
import { systemClock } from "../../common/clock.ts";
import { datacenterSchema } from "../../common/config.ts";
import { PARTITION_COUNT } from "../../common/limits.ts";
import {
  type ClusterMap,
  type Member,
  NO_FENCE,
  NO_SHUT_OUTS,
  type NodeId,
  type PartitionRow,
} from "../../proto/cluster-map.ts";
import type { DoorContext } from "../../node/door/door-context.ts";
import type { DoorLimits } from "../../node/door/door-limits.ts";
import { createDoor, type Door } from "../../node/door/listener.ts";
import { MemoryRecords } from "./memory-records.ts";

const NAMESPACES = datacenterSchema.shape.namespaces.parse([
  { name: "test" },
  { name: "gen", "conflict-resolution-policy": "generation", "default-ttl": 100 },
]);

export function newNodeId(): NodeId {
  return randomBytes(8).toString("hex").toUpperCase();
}

/** A map in which `primaryOf` says who has a partition; all members are in sync. */
export function mapOf(
  members: readonly Member[],
  version: number,
  primaryOf: (partition: number) => NodeId | null,
): ClusterMap {
  const rows: PartitionRow[] = [];
  for (let partition = 0; partition < PARTITION_COUNT; partition++) {
    const ids = members.map((member) => member.id);
    rows.push({ epoch: 1, primary: primaryOf(partition), inSync: ids, assigned: ids });
  }
  return {
    version,
    clusterId: "test-cluster",
    fence: NO_FENCE,
    shutOuts: NO_SHUT_OUTS,
    members,
    namespaces: NAMESPACES.map((namespace) => ({ name: namespace.name, logId: 1, rows })),
  };
}

export function memberAt(id: NodeId, port: number): Member {
  return {
    id,
    name: "n",
    rackId: 0,
    service: `127.0.0.1:${port}`,
    fabric: "127.0.0.1:1",
    admin: "127.0.0.1:1",
    boot: 1,
    state: "up",
    changedAt: 1,
  };
}

export interface TestDoor {
  readonly id: NodeId;
  readonly door: Door;
  readonly records: MemoryRecords;
  map: ClusterMap | undefined;
  serving: boolean;
}

/** An open door of a node that is a cluster of its own until the test gives it another map. */
export async function openDoor(limits?: Partial<DoorLimits>): Promise<TestDoor> {
  const id = newNodeId();
  const records = new MemoryRecords();
  const context: DoorContext = {
    nodeId: id,
    clusterName: "meridian-test",
    namespaces: NAMESPACES,
    map: () => test.map,
    serving: () => test.serving,
    namespaceStatistics: () => ({ objects: records.images.size }),
    statistics: () => ({ mine: 1 }),
  };
  const log = pino({ level: "silent" });
  const door = createDoor({
    clock: systemClock(),
    address: "127.0.0.1",
    port: 0,
    records,
    context,
    limits,
    log,
  });
  const test: TestDoor = { id, door, records, map: undefined, serving: true };
  await door.start();
  test.map = mapOf([memberAt(id, door.port)], 1, () => id);
  return test;
}

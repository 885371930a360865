/**
 * The cluster map as bytes (control.proto): what the control KV, a node's disk and map pushes hold.
 * Rows are interned: a few distinct (primary, in-sync, assigned) and one small number a row, so
 * that a map of two namespaces takes tens of kilobytes. A format newer than ours is refused.
 */
import { MeridianError } from "../common/errors.ts";
import { PARTITION_COUNT } from "../common/limits.ts";
import type { ClusterMap, Member, NamespaceMap, NodeId, PartitionRow } from "./cluster-map.ts";
import { meridian } from "./gen/control.js";

const wire = meridian.control;

/** Format written and the newest read. */
export const MAP_FORMAT = 1;

const STATES = ["up", "down", "leaving"] as const;

export function encodeMap(map: ClusterMap): Uint8Array {
  const indexes = new Map(map.members.map((member, index) => [member.id, index]));
  return wire.ClusterMap.encode({
    format: MAP_FORMAT,
    version: map.version,
    clusterId: map.clusterId,
    members: map.members.map(memberToWire),
    namespaces: map.namespaces.map((namespace) => namespaceToWire(namespace, indexes)),
  }).finish();
}

/** Throws MAP_UNREADABLE on anything that is not a whole map of a known format. */
export function decodeMap(bytes: Uint8Array): ClusterMap {
  const message = decodeMessage(bytes);
  if (message.format !== MAP_FORMAT) {
    throw new MeridianError(
      "MAP_UNREADABLE",
      `cluster map of format ${message.format}; this release reads 1`,
    );
  }
  const members = message.members.map(memberFromWire);
  return {
    version: message.version,
    clusterId: message.clusterId,
    members,
    namespaces: message.namespaces.map((namespace) => namespaceFromWire(namespace, members)),
  };
}

/** A member as it stands in maps and registrations. */
export function memberToWire(member: Member): meridian.control.Member.$Shape {
  return { ...member, state: STATES.indexOf(member.state) };
}

export function memberFromWire(message: meridian.control.Member.$Properties): Member {
  const state = STATES[message.state ?? 0];
  if (state === undefined) throw unreadable(`member state ${message.state}`);
  return {
    id: message.id ?? "",
    name: message.name ?? "",
    rackId: message.rackId ?? 0,
    service: message.service ?? "",
    fabric: message.fabric ?? "",
    admin: message.admin ?? "",
    boot: message.boot ?? 0,
    state,
    changedAt: message.changedAt ?? 0,
  };
}

function unreadable(what: string): MeridianError {
  return new MeridianError("MAP_UNREADABLE", `cluster map cannot be read: ${what}`);
}

function decodeMessage(bytes: Uint8Array): meridian.control.ClusterMap {
  try {
    return wire.ClusterMap.decode(bytes);
  } catch (error) {
    throw new MeridianError("MAP_UNREADABLE", "cluster map cannot be read: not a map", { cause: error });
  }
}

function namespaceToWire(
  namespace: NamespaceMap,
  indexes: ReadonlyMap<NodeId, number>,
): meridian.control.NamespaceMap.$Shape {
  const indexOf = (id: NodeId): number => {
    const index = indexes.get(id);
    if (index === undefined) throw unreadable(`${namespace.name}: ${id} is no member`);
    return index;
  };
  const known = new Map<string, number>();
  const placements: number[] = [];
  const rows: number[] = [];
  for (const row of namespace.rows) {
    const flat = [
      row.primary === null ? 0 : indexOf(row.primary) + 1,
      row.inSync.length,
      ...row.inSync.map(indexOf),
      row.assigned.length,
      ...row.assigned.map(indexOf),
    ];
    const key = flat.join(",");
    let index = known.get(key);
    if (index === undefined) {
      index = known.size;
      known.set(key, index);
      placements.push(...flat);
    }
    rows.push(index);
  }
  const epochs = namespace.rows.map((row) => row.epoch);
  return { name: namespace.name, logId: namespace.logId, placements, rows, epochs };
}

type Placement = Omit<PartitionRow, "epoch">;

function namespaceFromWire(
  message: meridian.control.NamespaceMap.$Properties,
  members: readonly Member[],
): NamespaceMap {
  const name = message.name ?? "";
  const placements = readPlacements(message.placements ?? [], members);
  const indexes = message.rows ?? [];
  const epochs = message.epochs ?? [];
  if (indexes.length !== PARTITION_COUNT || epochs.length !== PARTITION_COUNT) {
    throw unreadable(`${name} has ${indexes.length} rows and ${epochs.length} epochs`);
  }
  const rows = indexes.map((index, partition): PartitionRow => {
    const placement = placements[index];
    if (placement === undefined) throw unreadable(`${name} row ${partition}`);
    return { epoch: epochs[partition] ?? 0, ...placement };
  });
  return { name, logId: message.logId ?? 0, rows };
}

function readPlacements(flat: readonly number[], members: readonly Member[]): Placement[] {
  let at = 0;
  const next = (): number => {
    const value = flat[at++];
    if (value === undefined) throw unreadable("placements end early");
    return value;
  };
  const nextMember = (): NodeId => {
    const member = members[next()];
    if (member === undefined) throw unreadable("placement of no member");
    return member.id;
  };
  const nextMembers = (): NodeId[] => {
    const count = next();
    if (count > members.length) throw unreadable("placement of more members than there are");
    return Array.from({ length: count }, nextMember);
  };
  const placements: Placement[] = [];
  while (at < flat.length) {
    const primary = next();
    const holder = primary === 0 ? null : members[primary - 1]?.id;
    if (holder === undefined) throw unreadable("primary of no member");
    placements.push({ primary: holder, inSync: nextMembers(), assigned: nextMembers() });
  }
  return placements;
}

/**
 * The cluster map as bytes (control.proto): what the control KV, a node's disk and map pushes hold.
 * Rows are interned: a few distinct (primary, in-sync, assigned) and one small number a row, so
 * that a map of two namespaces takes tens of kilobytes. A format newer than ours is refused.
 */
import { MeridianError } from "../common/errors.ts";
import { PARTITION_COUNT } from "../common/limits.ts";
import { type FeedOrders, tellsBefore } from "../common/feeds/feed-orders.ts";
import type { XdrOrders } from "../common/xdr/xdr-orders.ts";
import {
  type ClusterMap,
  FENCE_STATES,
  type Fence,
  type LossDeclaration,
  type Member,
  type NamespaceMap,
  NO_FENCE,
  NO_SHUT_OUTS,
  type NodeId,
  type PartitionRow,
  type ShutOut,
  type ShutOuts,
} from "./cluster-map.ts";
import { meridian } from "./gen/control.js";

const wire = meridian.control;

/**
 * Formats of a map: of a datacenter that was never fenced, of one with a fence, of one that knows of a
 * declared failover, of one with settings of shipping that were ordered, of one with change feeds that were
 * declared at run time, of one with such feeds that tell images of before. A map is written in the lowest
 * that says all; all are read.
 */
const MAP_FORMAT = 1;
const MAP_FORMAT_FENCED = 2;
const MAP_FORMAT_FAILOVER = 3;
const MAP_FORMAT_XDR = 4;
const MAP_FORMAT_FEEDS = 5;
const MAP_FORMAT_BEFORE = 6;

const STATES = ["up", "down", "leaving"] as const;

export function encodeMap(map: ClusterMap): Uint8Array {
  const indexes = new Map(map.members.map((member, index) => [member.id, index]));
  return wire.ClusterMap.encode({
    format: formatOf(map),
    ...(map.fence.order === 0 ? {} : { fence: fenceToWire(map.fence) }),
    ...(map.xdr === undefined ? {} : { xdr: xdrOrdersToWire(map.xdr) }),
    ...(map.feeds === undefined ? {} : { feeds: feedOrdersToWire(map.feeds) }),
    ...(map.shutOuts.order === 0 ? {} : { shutOuts: shutOutsToWire(map.shutOuts) }),
    version: map.version,
    clusterId: map.clusterId,
    members: map.members.map(memberToWire),
    namespaces: map.namespaces.map((namespace) => namespaceToWire(namespace, indexes)),
  }).finish();
}

/** Throws MAP_UNREADABLE on anything that is not a whole map of a known format. */
export function decodeMap(bytes: Uint8Array): ClusterMap {
  const message = decodeMessage(bytes);
  const { format, fence, shutOuts, xdr, feeds } = message;
  if (format < MAP_FORMAT || format > MAP_FORMAT_BEFORE) {
    throw new MeridianError(
      "MAP_UNREADABLE",
      `cluster map of format ${format}; this release reads up to ${MAP_FORMAT_BEFORE}`,
    );
  }
  if (format === MAP_FORMAT_FENCED && !fence) throw unreadable("no fence");
  const members = message.members.map(memberFromWire);
  return {
    version: message.version,
    clusterId: message.clusterId,
    fence: fence ? fenceFromWire(fence) : NO_FENCE,
    shutOuts: shutOuts ? shutOutsFromWire(shutOuts) : NO_SHUT_OUTS,
    ...(xdr ? { xdr: xdrOrdersFromWire(xdr) } : {}),
    ...(feeds ? { feeds: feedOrdersFromWire(feeds) } : {}),
    members,
    namespaces: message.namespaces.map((namespace) => namespaceFromWire(namespace, members)),
  };
}

function formatOf({ fence, shutOuts, xdr, feeds }: ClusterMap): number {
  if (feeds !== undefined) return tellsBefore(feeds) ? MAP_FORMAT_BEFORE : MAP_FORMAT_FEEDS;
  if (xdr !== undefined) return MAP_FORMAT_XDR;
  const knowsFailover = fence.because !== undefined || (fence.admitted ?? []).length > 0;
  if (shutOuts.order > 0 || knowsFailover) return MAP_FORMAT_FAILOVER;
  return fence.order > 0 ? MAP_FORMAT_FENCED : MAP_FORMAT;
}

/** An order as the control KV holds it. */
export function encodeFence(fence: Fence): Uint8Array {
  return wire.Fence.encode(fenceToWire(fence)).finish();
}

/** Throws MAP_UNREADABLE on anything that is not an order. */
export function decodeFence(bytes: Uint8Array): Fence {
  try {
    return fenceFromWire(wire.Fence.decode(bytes));
  } catch (error) {
    throw new MeridianError("MAP_UNREADABLE", "order of a fence cannot be read", { cause: error });
  }
}

/** An order as the control KV holds it. */
export function encodeShutOuts(shutOuts: ShutOuts): Uint8Array {
  return wire.ShutOuts.encode(shutOutsToWire(shutOuts)).finish();
}

/** Throws MAP_UNREADABLE on anything that is not an order. */
export function decodeShutOuts(bytes: Uint8Array): ShutOuts {
  try {
    return shutOutsFromWire(wire.ShutOuts.decode(bytes));
  } catch (error) {
    throw new MeridianError("MAP_UNREADABLE", "order of shut-outs cannot be read", { cause: error });
  }
}

/** An order as the control KV holds it. */
export function encodeXdrOrders(orders: XdrOrders): Uint8Array {
  return wire.XdrOrders.encode(xdrOrdersToWire(orders)).finish();
}

/** Throws MAP_UNREADABLE on anything that is not an order. */
export function decodeXdrOrders(bytes: Uint8Array): XdrOrders {
  try {
    return xdrOrdersFromWire(wire.XdrOrders.decode(bytes));
  } catch (error) {
    throw new MeridianError("MAP_UNREADABLE", "order of settings cannot be read", { cause: error });
  }
}

/** An order as the control KV holds it. */
export function encodeFeedOrders(orders: FeedOrders): Uint8Array {
  return wire.FeedOrders.encode(feedOrdersToWire(orders)).finish();
}

/** Throws MAP_UNREADABLE on anything that is not an order. */
export function decodeFeedOrders(bytes: Uint8Array): FeedOrders {
  try {
    return feedOrdersFromWire(wire.FeedOrders.decode(bytes));
  } catch (error) {
    throw new MeridianError("MAP_UNREADABLE", "order of feeds cannot be read", { cause: error });
  }
}

function feedOrdersToWire(orders: FeedOrders): meridian.control.FeedOrders.$Shape {
  const { order, feeds, consumers, removed } = orders;
  return { order, feeds: [...feeds], consumers: [...consumers], removed: [...removed] };
}

function feedOrdersFromWire(message: meridian.control.FeedOrders.$Properties): FeedOrders {
  const order = message.order ?? 0;
  if (order < 1) throw unreadable(`feeds ${order}`);
  const consumers = (message.consumers ?? []).map(({ feed, consumer, since }) => {
    return { feed: feed ?? "", consumer: consumer ?? "", since: since ?? 0 };
  });
  return { order, feeds: message.feeds ?? [], consumers, removed: message.removed ?? [] };
}

function xdrOrdersToWire({ order, settings }: XdrOrders): meridian.control.XdrOrders.$Shape {
  return { order, settings: [...settings] };
}

function xdrOrdersFromWire(message: meridian.control.XdrOrders.$Properties): XdrOrders {
  const order = message.order ?? 0;
  if (order < 1) throw unreadable(`settings ${order}`);
  const settings = (message.settings ?? []).map(({ dc, namespace, name, value }) => {
    return { dc: dc ?? "", namespace: namespace ?? "", name: name ?? "", value: value ?? "" };
  });
  return { order, settings };
}

function fenceToWire({ order, state, because, admitted }: Fence): meridian.control.Fence.$Shape {
  return {
    order,
    state: FENCE_STATES.indexOf(state),
    ...(because === undefined ? {} : { because }),
    admitted: [...(admitted ?? [])],
  };
}

function fenceFromWire(message: meridian.control.Fence.$Properties): Fence {
  const state = FENCE_STATES[message.state ?? 0];
  const order = message.order ?? 0;
  if (state === undefined || order < 1) throw unreadable(`fence ${order} ${message.state}`);
  const { because, admitted } = message;
  return {
    order,
    state,
    ...(because ? { because: declarationFromWire(because) } : {}),
    ...(admitted && admitted.length > 0 ? { admitted: [...admitted] } : {}),
  };
}

function declarationFromWire(message: meridian.control.LossDeclaration.$Properties): LossDeclaration {
  return { id: message.id ?? 0, sinceMs: message.sinceMs ?? 0, by: message.by ?? 0 };
}

function shutOutsToWire({ order, origins }: ShutOuts): meridian.control.ShutOuts.$Shape {
  return { order, origins: [...origins] };
}

function shutOutsFromWire(message: meridian.control.ShutOuts.$Properties): ShutOuts {
  const order = message.order ?? 0;
  if (order < 1) throw unreadable(`shut-outs ${order}`);
  return { order, origins: (message.origins ?? []).map(shutOutFromWire) };
}

function shutOutFromWire(message: meridian.control.ShutOut.$Properties): ShutOut {
  const sourceId = message.sourceId ?? 0;
  if (sourceId < 1) throw unreadable(`shut-out of ${sourceId}`);
  return { sourceId, id: message.id ?? 0, sinceMs: message.sinceMs ?? 0 };
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
    ...(message.alternate ? { alternate: message.alternate } : {}),
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
  const lists = new Lists(namespace.name, indexes);
  const known = new Map<number, number>();
  const placements: number[] = [];
  const rows = new Uint32Array(namespace.rows.length);
  const epochs = new Uint32Array(namespace.rows.length);
  for (const [partition, row] of namespace.rows.entries()) {
    const primary = row.primary === null ? 0 : lists.indexOf(row.primary) + 1;
    const inSync = lists.number(row.inSync);
    const assigned = lists.number(row.assigned);
    // Lists are numbered per namespace, so there are at most two for each of 4096 rows.
    const key = (primary * 8192 + inSync) * 8192 + assigned;
    let index = known.get(key);
    if (index === undefined) {
      index = known.size;
      known.set(key, index);
      placements.push(primary, ...lists.flat(inSync), ...lists.flat(assigned));
    }
    rows[partition] = index;
    epochs[partition] = row.epoch;
  }
  const { name, logId } = namespace;
  return { name, logId, placements, rows: encodeVarints(rows), epochs: encodeVarints(epochs) };
}

/** Numbers lists of members: by identity where rows share them, else by content. */
class Lists {
  readonly #namespace: string;
  readonly #indexes: ReadonlyMap<NodeId, number>;
  readonly #byIdentity = new Map<readonly NodeId[], number>();
  readonly #byContent = new Map<string, number>();
  readonly #flat: number[][] = [];

  constructor(namespace: string, indexes: ReadonlyMap<NodeId, number>) {
    this.#namespace = namespace;
    this.#indexes = indexes;
  }

  indexOf(id: NodeId): number {
    const index = this.#indexes.get(id);
    if (index === undefined) throw unreadable(`${this.#namespace}: ${id} is no member`);
    return index;
  }

  number(list: readonly NodeId[]): number {
    const seen = this.#byIdentity.get(list);
    if (seen !== undefined) return seen;
    const content = list.join();
    let number = this.#byContent.get(content);
    if (number === undefined) {
      number = this.#flat.length;
      this.#byContent.set(content, number);
      this.#flat.push([list.length, ...list.map((id) => this.indexOf(id))]);
    }
    this.#byIdentity.set(list, number);
    return number;
  }

  /** The list as written: its length, then its members. */
  flat(number: number): readonly number[] {
    return this.#flat[number] ?? [];
  }
}

function encodeVarints(values: Uint32Array): Uint8Array {
  const bytes = Buffer.allocUnsafe(values.length * 5);
  let at = 0;
  for (const value of values) {
    let rest = value;
    while (rest > 127) {
      bytes[at++] = (rest & 127) | 128;
      rest >>>= 7;
    }
    bytes[at++] = rest;
  }
  return bytes.subarray(0, at);
}

/** Exactly `count` varints of at most 32 bits. */
function decodeVarints(bytes: Uint8Array, count: number): Uint32Array {
  const values = new Uint32Array(count);
  let at = 0;
  for (let index = 0; index < count; index++) {
    let value = 0;
    let shift = 0;
    let byte = 128;
    while (byte > 127) {
      byte = bytes[at++] ?? 256;
      if (byte > 255 || shift > 28) throw unreadable("rows end early");
      value |= (byte & 127) << shift;
      shift += 7;
    }
    values[index] = value >>> 0;
  }
  if (at !== bytes.length) throw unreadable("more rows than partitions");
  return values;
}

type Placement = Omit<PartitionRow, "epoch">;

function namespaceFromWire(
  message: meridian.control.NamespaceMap.$Properties,
  members: readonly Member[],
): NamespaceMap {
  const name = message.name ?? "";
  const placements = readPlacements(message.placements ?? [], members);
  const indexes = decodeVarints(message.rows ?? new Uint8Array(0), PARTITION_COUNT);
  const epochs = decodeVarints(message.epochs ?? new Uint8Array(0), PARTITION_COUNT);
  const rows: PartitionRow[] = [];
  for (let partition = 0; partition < PARTITION_COUNT; partition++) {
    const placement = placements[indexes[partition] ?? 0];
    if (placement === undefined) throw unreadable(`${name} row ${partition}`);
    const { primary, inSync, assigned } = placement;
    rows.push({ epoch: epochs[partition] ?? 0, primary, inSync, assigned });
  }
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

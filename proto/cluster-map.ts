/**
 * The partition map of a datacenter: who is primary, who is in sync, who should hold a replica.
 * The controller computes it, the control KV holds it, nodes keep the highest version on disk,
 * clients and shippers are told from it. Immutable values.
 */
import { PARTITION_COUNT } from "../common/limits.ts";
import type { FeedOrders } from "../common/feeds/feed-orders.ts";
import type { XdrOrders } from "../common/xdr/xdr-orders.ts";

/**
 * A member's id: 16 upper-case hex digits, made at random when its disk is first used and kept
 * there. A wiped disk is a new member; the name (`a1`) is only for people.
 */
export type NodeId = string;

/**
 * A partition of a namespace: namespace id * 4096 + partition id. Namespace ids are positions in
 * the datacenter's configuration and never leave the datacenter.
 */
export type Slot = number;

export function slotOf(namespaceId: number, partitionId: number): Slot {
  return namespaceId * PARTITION_COUNT + partitionId;
}
export function slotNamespaceId(slot: Slot): number {
  return Math.floor(slot / PARTITION_COUNT);
}
export function slotPartitionId(slot: Slot): number {
  return slot % PARTITION_COUNT;
}
/** The partition of a digest: its first two bytes, little-endian, and 4095. */
export function partitionOfDigest(digest: Uint8Array): number {
  return ((digest[0] as number) | ((digest[1] as number) << 8)) & (PARTITION_COUNT - 1);
}

export interface Member {
  readonly id: NodeId;
  readonly name: string;
  readonly rackId: number;
  /** `host:port` of the client service as published to clients. */
  readonly service: string;
  /** The same for clients that ask for alternate addresses; `service` when absent. */
  readonly alternate?: string;
  /** `host:port` of the fabric listener. */
  readonly fabric: string;
  /** `host:port` of the admin HTTP listener. */
  readonly admin: string;
  /** Raised by the node at every start; a primary that restarted gets a new epoch. */
  readonly boot: number;
  readonly state: "up" | "down" | "leaving";
  /**
   * Version of the map in which `state` or `boot` last changed, or in which the member lost a place
   * (in sync or assigned) in some row: what was asked for it before is void.
   */
  readonly changedAt: number;
}

export interface PartitionRow {
  /** Raised whenever the primary changes or restarts. */
  readonly epoch: number;
  /** Null when no in-sync member is up: unavailable. */
  readonly primary: NodeId | null;
  /** Members whose log holds every committed entry; the primary is one. Never empty once made. */
  readonly inSync: readonly NodeId[];
  /** Members that should hold a replica, in order of preference; those not in sync are learners. */
  readonly assigned: readonly NodeId[];
}

export interface NamespaceMap {
  readonly name: string;
  /** Identity of this namespace's logs, below 2^53; new when the namespace starts from nothing. */
  readonly logId: number;
  /** 4096 rows by partition id. */
  readonly rows: readonly PartitionRow[];
}

/**
 * What an operator has closed of a datacenter, each state more than the one before: `writes` of
 * clients are refused; `all`, their reads as well; `held`, the datacenter's own changes are not
 * shipped either. Changes of other datacenters are applied in every state.
 */
export const FENCE_STATES = ["open", "writes", "all", "held"] as const;
export type FenceState = (typeof FENCE_STATES)[number];

export interface Fence {
  /** Number of the order that it follows; 0 = there was none yet. Orders with a lower one are void. */
  readonly order: number;
  readonly state: FenceState;
  /** Another datacenter's word that this one is lost, where that has closed it. */
  readonly because?: LossDeclaration;
  /** Ids of declarations after which an operator has let this datacenter in: they close it no more. */
  readonly admitted?: readonly number[];
}

/** An operator's word that a datacenter is lost, as this datacenter was told it. */
export interface LossDeclaration {
  /** Made at random, below 2^48. */
  readonly id: number;
  /** Unix milliseconds. */
  readonly sinceMs: number;
  /** Source id of the datacenter that has declared it. */
  readonly by: number;
}

/** Nobody has ever ordered a fence. */
export const NO_FENCE: Fence = { order: 0, state: "open" };

/** A datacenter that was declared lost: none of its changes is applied here until it is let in. */
export interface ShutOut {
  readonly sourceId: number;
  /** Of the declaration, made at random, below 2^48. */
  readonly id: number;
  /** Unix milliseconds. */
  readonly sinceMs: number;
}

export interface ShutOuts {
  /** Number of the order that they follow; 0 = there was none yet. Orders with a lower one are void. */
  readonly order: number;
  /** All that are in force, one a datacenter. */
  readonly origins: readonly ShutOut[];
}

/** Nobody was ever declared lost. */
export const NO_SHUT_OUTS: ShutOuts = { order: 0, origins: [] };

/** The shut-out of a datacenter, if it is shut out. */
export function shutOutOf(shutOuts: ShutOuts, sourceId: number): ShutOut | undefined {
  return shutOuts.origins.find((origin) => origin.sourceId === sourceId);
}

export interface ClusterMap {
  /** Rises by one a change; nodes refuse to go back. */
  readonly version: number;
  /** Identity of the cluster, made when it is first formed. */
  readonly clusterId: string;
  readonly fence: Fence;
  /** Datacenters whose changes are not applied. */
  readonly shutOuts: ShutOuts;
  /** Settings of shipping that were ordered at run time; absent as long as none was. */
  readonly xdr?: XdrOrders | undefined;
  /** Change feeds that were declared at run time; absent as long as none was. */
  readonly feeds?: FeedOrders | undefined;
  readonly members: readonly Member[];
  /** By namespace id (the order of the configuration). */
  readonly namespaces: readonly NamespaceMap[];
}

export function rowOf(map: ClusterMap, slot: Slot): PartitionRow | undefined {
  return map.namespaces[slotNamespaceId(slot)]?.rows[slotPartitionId(slot)];
}
export function memberOf(map: ClusterMap, id: NodeId): Member | undefined {
  return map.members.find((member) => member.id === id);
}

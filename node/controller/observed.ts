/**
 * All that a decision about the cluster map may depend on, as plain values. Collected by
 * `controller.ts`; times are monotonic milliseconds of the controller that decides.
 */
import type { FeedOrders } from "../../common/feeds/feed-orders.ts";
import type { XdrOrders } from "../../common/xdr/xdr-orders.ts";
import type { ClusterMap, Fence, Member, NodeId, ShutOuts, Slot } from "../../proto/cluster-map.ts";
import type { LinkState } from "./control-plane.ts";

/** A member's own description of itself, as registered in the control KV. */
export interface Registered {
  /** `state` and `changedAt` mean nothing here: the controller decides them. */
  readonly member: Member;
  /** Names by namespace id. */
  readonly namespaces: readonly string[];
  /**
   * Whether the datacenter is to be closed, its changes held, before this start of the member takes
   * part: `always`, or `alone`: unless a member that was there before still serves.
   */
  readonly startFenced: StartFenced;
}

export const START_FENCED = ["no", "alone", "always"] as const;
export type StartFenced = (typeof START_FENCED)[number];

/** The latest report of a member. */
export interface MemberReport {
  readonly from: NodeId;
  readonly boot: number;
  readonly leaving: boolean;
  /** Its process is about to exit. */
  readonly stopping: boolean;
  /** The highest map it holds; 0 = none. */
  readonly mapVersion: number;
  /** Of that map; empty without one. */
  readonly clusterId: string;
  readonly links: readonly LinkState[];
  readonly receivedAtMs: number;
}

/** An in-sync change asked for by `from`. */
export interface InSyncAsk {
  readonly from: NodeId;
  readonly slot: Slot;
  readonly epoch: number;
  readonly member: NodeId;
  /** Count the member out instead of in. */
  readonly remove: boolean;
  /** Version of the map that `from` had; of no meaning when removing. */
  readonly mapVersion: number;
}

export interface NamespaceRule {
  readonly name: string;
  readonly replicationFactor: number;
}

export interface TimingRule {
  readonly beaconIntervalMs: number;
  readonly deadAfterMs: number;
  readonly migrateFillDelayMs: number;
}

export interface Observed {
  /** The member that runs the controller. */
  readonly self: NodeId;
  /** The map as it stands in the control KV; undefined when the cluster is to be formed. */
  readonly map: ClusterMap | undefined;
  readonly registered: readonly Registered[];
  readonly reports: ReadonlyMap<NodeId, MemberReport>;
  /** Since when this controller has heard reports without a break. */
  readonly listeningSinceMs: number;
  /** Since when each member that the map calls down has been so, as far as this controller knows. */
  readonly downSinceMs: ReadonlyMap<NodeId, number>;
  /** How many times `deadAfterMs` a member may be silent (member-history.ts); without an entry: once. */
  readonly patience: ReadonlyMap<NodeId, number>;
  readonly asks: readonly InSyncAsk[];
  /** Members declared gone for good by an operator. */
  readonly forgotten: ReadonlySet<NodeId>;
  /** An operator's order to close or open the datacenter; it counts if it is above the map's. */
  readonly fenceOrder: Fence | undefined;
  /** An operator's order which datacenters are shut out; it counts if it is above the map's. */
  readonly shutOutOrder: ShutOuts | undefined;
  /** The latest order of settings of shipping; it counts if it is above the map's. */
  readonly xdrOrder: XdrOrders | undefined;
  /** The latest order of change feeds; it counts if it is above the map's. */
  readonly feedOrder: FeedOrders | undefined;
  /** Names of the nodes in the configuration. */
  readonly configured: readonly string[];
  readonly namespaces: readonly NamespaceRule[];
  readonly timing: TimingRule;
  /** Rows whose replicas or primaries may be moved for balance by this decision. */
  readonly moveBudget: number;
  /** Randomness for a cluster that is formed, or a namespace that is added, by this decision. */
  readonly fresh: { readonly clusterId: string; readonly logIds: readonly number[] };
}

export interface Decision {
  /** The next map, one version up; absent when nothing changes. */
  readonly map?: ClusterMap | undefined;
  /** What was decided and why, for the log. */
  readonly reasons: readonly string[];
  /** The other members agree that this controller's node is cut off: it must let go of the lease. */
  readonly abdicate?: boolean | undefined;
}

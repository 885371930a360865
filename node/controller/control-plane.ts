/**
 * What a node's replication shell asks of the control plane, and nothing else of it. Implemented by
 * `nats-control-plane.ts` over the datacenter's NATS. Losing NATS stops changes of the map, never
 * the data plane.
 */
import type { ClusterMap, NodeId, Slot } from "../../proto/cluster-map.ts";

/** What a node sees of a peer over their replication link. */
export interface LinkState {
  readonly peer: NodeId;
  /** The link is open and the peer answered a beacon within `dead-after-ms`. */
  readonly up: boolean;
  /** Milliseconds (monotonic) since the peer's last answer. */
  readonly silentMs: number;
  /** The last attempt to connect was refused outright: nobody listens there. */
  readonly refused: boolean;
}

/**
 * A primary asks that a learner which holds everything be counted as in sync. The controller grants
 * it only if the row has this epoch, the member is up, and `mapVersion` is not below the member's
 * `changedAt`: so a request that was overtaken by the member's death can never be granted later,
 * and the primary may stop waiting for the member once it sees a map in which it went down.
 */
export interface InSyncRequest {
  readonly slot: Slot;
  readonly epoch: number;
  /** Version of the map the primary had when it asked. */
  readonly mapVersion: number;
  readonly add: NodeId;
}

/**
 * A primary asks that an in-sync member be counted out although it is up: its log has a tail that
 * the primary does not have (it must become a learner before it may truncate), or its disk hangs.
 * Granted if the row has this epoch, `remove` is in sync and is not the primary.
 */
export interface OutOfSyncRequest {
  readonly slot: Slot;
  readonly epoch: number;
  readonly remove: NodeId;
}

export interface ControlPlane {
  /** Registers the member, joins the election, watches the map. Resolves once registered. */
  start(): Promise<void>;
  /** Called with every newer map, in order of version; once at once if there is one. */
  onMap(listener: (map: ClusterMap) => void): void;
  /**
   * A map learned from a peer. Taken as one from the KV if it is newer and of this cluster: comes
   * back through `onMap`, and is what this node stands for when the KV has lost it.
   */
  offerMap(map: ClusterMap): void;
  /**
   * Asks for in-sync changes. Fire and forget: the outcome is seen in the map; ask again after a
   * while if it is not.
   */
  requestInSync(requests: readonly InSyncRequest[]): void;
  requestOutOfSync(requests: readonly OutOfSyncRequest[]): void;
  /** Tells what this node sees of its peers: periodically, and at once when a link breaks. */
  reportLinks(states: readonly LinkState[]): void;
  /**
   * Says that this node wants to leave (SIGTERM): primaries are handed over. Resolves when the map
   * gives this node no primary any more, or no other member could take them, or after `timeoutMs`.
   */
  leave(timeoutMs: number): Promise<void>;
  /** Whether this node holds the controller's lease now (for status). */
  readonly isController: boolean;
  /** Whether NATS answers (for health). */
  readonly connected: boolean;
  stop(): Promise<void>;
}

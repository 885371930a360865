/** What the replicas of a node are given. */
import type { Clock } from "../../common/clock.ts";
import type { DatacenterConfig } from "../../common/config.ts";
import type { Logger } from "../../common/log.ts";
import type { ClusterMap, NodeId } from "../../proto/cluster-map.ts";
import type { ControlPlane } from "../controller/control-plane.ts";
import type { Storage } from "../store/storage.ts";
import type { ClockSkews } from "../xdr/clock-skews.ts";
import type { FeedHolds } from "../xdr/feed-holds.ts";
import type { ShipRoutes } from "../xdr/xdr-settings.ts";

export interface ReplicaSetOptions {
  readonly config: DatacenterConfig;
  readonly self: NodeId;
  readonly boot: number;
  readonly storage: Storage;
  readonly clock: Clock;
  /** What is measured of other datacenters' clocks. */
  readonly skews: ClockSkews;
  readonly log: Logger;
  readonly control: () => ControlPlane;
  /** There is too little space left for writes. */
  readonly diskLow: () => boolean;
  /** The first map that knows this start is on disk, and acted on. */
  readonly onFirstMap: () => void;
  /** Whether a namespace takes no changes of other datacenters. */
  readonly rejectsXdr?: ((namespaceId: number) => boolean) | undefined;
  /** What is shipped where; without it everything to all, and nothing is forwarded. */
  readonly routes?: ShipRoutes | undefined;
  /** Declared consumers of change feeds; those of the configuration when absent. */
  readonly holds?: FeedHolds | undefined;
  /** A map is followed from now on, and on disk. */
  readonly onMap?: ((map: ClusterMap) => void) | undefined;
  readonly onProxied: (message: Buffer, done: (reply: Buffer) => void) => void;
  /** Something the node cannot go on after: the process must end. */
  readonly onFailure: (error: unknown) => void;
}

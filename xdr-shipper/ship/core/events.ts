/**
 * What goes into and comes out of the ship core (ship.ts): one destination's shipping as events and
 * effects. Slots are the shipper's own numbering: position of the namespace in its configuration
 * * 4096 + partition. Columns of one event run in parallel. Times are monotonic milliseconds.
 */
import type { Slot } from "../../../proto/cluster-map.ts";

/** A connection to a local node; the shell hands out a new number for every connection made. */
export type NodeRef = number;

/** What is published on one subject in one order: a namespace's lane. namespace * LANES + lane. */
export type Channel = number;

export interface RunsEvent {
  readonly kind: "runs";
  readonly node: NodeRef;
  /** The last seek the node had carried out. */
  readonly seek: number;
  readonly slots: readonly Slot[];
  readonly from: readonly number[];
  readonly span: readonly number[];
  readonly counts: readonly number[];
  readonly bytes: readonly number[];
  /** When the oldest of it was committed, as far as known. */
  readonly bornAt: number;
}

export interface ScanChunkEvent {
  readonly kind: "scan-chunk";
  readonly node: NodeRef;
  readonly scan: number;
  readonly slot: Slot;
  readonly chunk: number;
  readonly last: boolean;
  readonly to: number;
  readonly records: number;
  /** Number of the last own change in the scan's view. */
  readonly changes: number;
  readonly bytes: number;
}

export interface Report {
  readonly reporter: number;
  readonly number: number;
  readonly lanes: readonly number[];
  readonly sections: readonly {
    readonly namespace: number;
    readonly logId: number;
    readonly partitions: readonly number[];
    readonly positions: readonly number[];
  }[];
  readonly progress: readonly {
    readonly namespace: number;
    readonly lane: number;
    readonly publisher: number;
    readonly received: number;
    readonly finished: number;
  }[];
  /** Lanes of which the destination holds messages that it has not dealt with. */
  readonly busyLanes: readonly number[];
  readonly fullPart: number;
  readonly fullParts: number;
  /** Of a full report: which of our namespaces the destination serves, by namespace id. */
  readonly served: readonly boolean[];
  /** And its own log ids of them, 0 = not known. */
  readonly servedLogIds: readonly number[];
  /** The destination has declared this datacenter lost: it applies nothing of it. */
  readonly shutOut: boolean;
}

/** What the settings say of a namespace's shipping. */
export interface ShipMode {
  /** It is shipped at all. */
  readonly enabled: boolean;
  /** Changes of other datacenters are shipped on: then sequences alone tell how much is missing. */
  readonly forward: boolean;
  /** Unix seconds from which on records are to be shipped again, from a scan; -1: none. */
  readonly rewind: number;
  /** Changes a second; 0: paused. */
  readonly "max-throughput": number;
}

export type ShipEvent =
  | { readonly kind: "tick" }
  /** By namespace. */
  | { readonly kind: "modes"; readonly modes: readonly ShipMode[] }
  /** The lanes this instance ships from now on. */
  | { readonly kind: "lanes"; readonly lanes: readonly number[] }
  /** A node is connected, or its log ids (by namespace, 0 = unknown) changed. */
  | { readonly kind: "node-up"; readonly node: NodeRef; readonly logIds: readonly number[] }
  | { readonly kind: "node-down"; readonly node: NodeRef }
  | {
      readonly kind: "primaries";
      readonly node: NodeRef;
      readonly gained: readonly Slot[];
      readonly lost: readonly Slot[];
    }
  | RunsEvent
  | {
      readonly kind: "status";
      readonly node: NodeRef;
      readonly seek: number;
      readonly slots: readonly Slot[];
      readonly next: readonly number[];
      readonly committed: readonly number[];
      /** Number of the last own change up to there, -1: not known now. Empty: never told. */
      readonly changes: readonly number[];
    }
  | {
      readonly kind: "trimmed";
      readonly node: NodeRef;
      readonly seek: number;
      readonly slots: readonly Slot[];
    }
  | ScanChunkEvent
  | { readonly kind: "scan-failed"; readonly node: NodeRef; readonly scan: number; readonly slot: Slot }
  | { readonly kind: "report"; readonly report: Report }
  /** A message is known not to be on the bus. */
  | { readonly kind: "lost"; readonly channel: Channel; readonly number: number }
  /** Whether the bus takes messages; `forgotten`: all that was published before is gone. */
  | { readonly kind: "bus"; readonly open: boolean; readonly forgotten: boolean };

export type ShipEffect =
  /** Append the event's runs to their channels' messages (-1: leave out), closing where said. */
  | { readonly kind: "pack"; readonly channels: readonly Channel[]; readonly close: readonly boolean[] }
  /** Append the event's scan chunk to the channel's message. */
  | { readonly kind: "pack-chunk"; readonly channel: Channel; readonly close: boolean }
  /** Publish the channel's message; its number is the channel's next one. */
  | { readonly kind: "publish"; readonly channel: Channel }
  | {
      readonly kind: "seek";
      readonly node: NodeRef;
      readonly number: number;
      readonly slots: readonly Slot[];
      readonly bases: readonly number[];
      readonly covered: readonly number[];
      readonly dropped: readonly Slot[];
      /** Of these, what is recovered. */
      readonly recovering: readonly Slot[];
      /** By namespace; a destination with another log than before has started from nothing. */
      readonly destinationLogIds: readonly number[];
    }
  | { readonly kind: "credit"; readonly node: NodeRef; readonly bytes: number }
  | {
      readonly kind: "scan";
      readonly node: NodeRef;
      readonly scan: number;
      readonly slot: Slot;
      readonly chunk: number;
      /** As in ShipMode: then the node marks the end of the view in the log. */
      readonly rewind: number;
      /** If only some records are asked for, the log must hold nothing behind this sequence. */
      readonly base: number;
    }
  | { readonly kind: "scan-drop"; readonly node: NodeRef; readonly scan: number }
  /** Tell all nodes what the destination has applied. */
  | {
      readonly kind: "shipped";
      readonly slots: readonly Slot[];
      readonly bases: readonly number[];
      readonly covered: readonly number[];
    }
  /** Ask the destination for a full report. */
  | { readonly kind: "ask" };

export interface ShipOptions {
  /** Identity of this process on the bus, below 2^48. */
  readonly publisher: number;
  readonly namespaces: number;
  readonly lanes: number;
  /** Bound of the bytes published (or on their way into a message) and not applied. */
  readonly windowBytes: number;
  /** Bytes at which a message is closed. */
  readonly messageBytes: number;
  /** How long a message stays open for more. */
  readonly messageDelayMs: number;
  readonly scansMax: number;
  /** No progress for this long although reports come: ship again. */
  readonly stallMs: number;
}

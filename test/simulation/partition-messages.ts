/** What simulated nodes say to each other: the messages of proto/peer.proto, as plain objects. */
import type { NodeId, PartitionRow } from "../../proto/cluster-map.ts";
import type { JoinAnswer, JoinRequest } from "../../node/partition/effects.ts";
import type { SlotState } from "../../node/store/storage.ts";

export interface SimMember {
  readonly id: NodeId;
  readonly machine: number;
  readonly boot: number;
  readonly state: "up" | "down";
  readonly changedAt: number;
}

/** A cluster map without what does not matter here; a row per slot. */
export interface SimMap {
  readonly version: number;
  readonly members: readonly SimMember[];
  readonly rows: readonly PartitionRow[];
}

export interface SimRecord {
  readonly key: string;
  readonly value: string | undefined;
}

export interface JoinRow {
  readonly slot: number;
  readonly request: JoinRequest;
}

export type Message =
  | { readonly type: "hello"; readonly id: NodeId }
  | { readonly type: "beacon"; readonly sentAtMs: number; readonly mapVersion: number }
  | { readonly type: "beacon-reply"; readonly sentAtMs: number; readonly mapVersion: number }
  | { readonly type: "map-push"; readonly map: SimMap }
  | { readonly type: "append"; readonly meta: Uint8Array; readonly bodies: readonly Buffer[] }
  | {
      readonly type: "append-ack";
      readonly frameId: number;
      readonly rejectedFrames: readonly number[];
      readonly rejectedSlots: readonly number[];
    }
  | { readonly type: "join"; readonly rows: readonly JoinRow[] }
  | {
      readonly type: "join-answer";
      readonly slot: number;
      readonly epoch: number;
      readonly answer: JoinAnswer;
    }
  | { readonly type: "handover"; readonly slots: readonly number[]; readonly epochs: readonly number[] }
  | Question
  | Answer;

export type Question =
  | {
      readonly type: "snapshot-pull";
      readonly requestId: number;
      readonly slot: number;
      readonly epoch: number;
      readonly cursor: number;
    }
  | {
      readonly type: "fetch-records";
      readonly requestId: number;
      readonly slot: number;
      readonly epoch: number;
      readonly keys: readonly string[];
    };

export interface Answer {
  readonly type: "answer";
  readonly requestId: number;
  readonly slot: number;
  readonly failure: boolean;
  readonly records: readonly SimRecord[];
  /** Of snapshots. */
  readonly cursor: number;
  readonly last: boolean;
  readonly state: SlotState;
  readonly whole: readonly Buffer[];
}

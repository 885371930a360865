/**
 * The key-value store of a datacenter's control state, as the controller needs it: reads through
 * the leader, writes by compare-and-set on the revision, and an outcome that is never a guess. The
 * KV is not trusted alone: it may lose its latest writes, or everything (K4, K5).
 */
import type { BucketWatchHandlers } from "../../common/nats/bucket-watch.ts";

export interface ControlEntry {
  readonly value: Uint8Array;
  readonly revision: number;
}

/**
 * `written`: stands, or stood until somebody wrote on top of it. `refused`: the key was not at the
 * expected revision, and this write will never take effect. `in-doubt`: neither could be found out.
 */
export type WriteOutcome =
  | { readonly kind: "written"; readonly revision: number }
  | { readonly kind: "refused" }
  | { readonly kind: "in-doubt" };

/** Every method throws NATS_UNREACHABLE when nothing was sent, or nothing could be read. */
export interface ControlKv {
  /** The latest value by the leader; undefined when there is none or it was deleted. */
  get(key: string): Promise<ControlEntry | undefined>;
  /** Writes if the key has no value. */
  create(key: string, value: Uint8Array): Promise<WriteOutcome>;
  /** Writes if the key is at `revision`. */
  update(key: string, value: Uint8Array, revision: number): Promise<WriteOutcome>;
  /** Deletes if the key is at `revision`. */
  delete(key: string, revision: number): Promise<WriteOutcome>;
  /** All keys, now and later; see BucketWatch for what a session means. */
  watch(handlers: BucketWatchHandlers): { restart(): void; stop(): void };
}

/** What a store must offer for `ReliableKv` to make a ControlKv of it. */
export interface RawKv {
  /**
   * One try to write (`undefined`: a delete marker). `lost` when no answer came. Throws
   * NATS_UNREACHABLE when it certainly was not sent or not stored.
   */
  attempt(key: string, value: Uint8Array | undefined, expected: number, nonce: string): Promise<RawOutcome>;
  /** The latest entry by the leader, delete markers included. */
  last(key: string): Promise<RawEntry | undefined>;
  /** The first entry of the key that is still kept at or after `revision`. */
  first(key: string, revision: number): Promise<RawEntry | undefined>;
  /** Entries of a key that are kept. */
  readonly history: number;
  watch(handlers: BucketWatchHandlers): { restart(): void; stop(): void };
}

export type RawOutcome =
  | { readonly kind: "written"; readonly revision: number }
  | { readonly kind: "refused" }
  | { readonly kind: "lost" };

export interface RawEntry {
  readonly value: Uint8Array;
  readonly revision: number;
  readonly deleted: boolean;
  readonly nonce: string;
}

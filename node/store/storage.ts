/**
 * Records and change log at rest: the one interface between the replication core's shell and the
 * disk. One atomic, flushed write puts records, log entries and, through them, applied positions.
 *
 * The log is kept in blocks, one per atomic write, in the node's commit order; an in-memory index
 * gives the block of every (slot, sequence). What is a function of the log (last sequence, epoch
 * history, applied positions, record counts) is not written per record: it is rebuilt at open from
 * the last checkpoint and the log after it, and checkpointed when blocks are trimmed.
 */
import type { Slot } from "../../proto/cluster-map.ts";
import type { Ledger } from "../../proto/ledger.ts";
import type { NoteType } from "../../proto/note.ts";

/** Start of an epoch in a slot's log. */
export interface EpochStart {
  readonly epoch: number;
  /** First sequence of the epoch. */
  readonly firstSequence: number;
}

/** How far an origin's changes are applied to a slot. */
export interface AppliedPosition {
  readonly originId: number;
  readonly originLogId: number;
  readonly sequence: number;
}

/** The same, with the number of the last change that it covers; 0: it was not counted. */
export interface CountedPosition extends AppliedPosition {
  readonly changes: number;
}

/** The same, with how the changes that it covers have ended. */
export interface LedgerPosition extends AppliedPosition {
  readonly ledger: Ledger;
}

/** Everything of a slot that a snapshot hands over besides the records. */
export interface SlotState {
  /** Last sequence whose effect is in the records; the log goes on with the next one. */
  readonly sequence: number;
  readonly epochHistory: readonly EpochStart[];
  readonly applied: readonly LedgerPosition[];
  /** Number of the last own change: of this datacenter, and one that is shipped. */
  readonly changes: number;
  /** Conflicts that were noted, whether their notes are still kept or not. */
  readonly conflicts: number;
}

/** A note that is kept: the entry that brought it can be read by `Storage.note`. */
export interface NoteRef {
  /** Of its entry in the slot's log. */
  readonly sequence: number;
  readonly type: NoteType;
  /** Of its entry. */
  readonly bytes: number;
}

/** One atomic, flushed write. Parts take effect in the order of the fields. */
export interface StorageGroup {
  /** Slots whose records, log and state are removed. */
  readonly clear?: readonly Slot[];
  /** Log entries above `sequence` are dropped; the caller repairs the records they touched. */
  readonly truncate?: readonly { readonly slot: Slot; readonly sequence: number }[];
  /** The slot's log restarts, empty, after `state.sequence`. */
  readonly install?: readonly {
    readonly slot: Slot;
    readonly state: SlotState;
    /** Entries of the notes that the slot keeps. */
    readonly notes?: readonly Buffer[];
  }[];
  /** Records written without an entry (snapshot, repair); undefined deletes. */
  readonly records?: readonly {
    readonly slot: Slot;
    readonly digest: Buffer;
    readonly image: Buffer | undefined;
  }[];
  /**
   * Entries appended to the log and their effect on the records (`put` stores the image, `remove`
   * deletes the record, `note` keeps the entry beside them). Contiguous per slot: anything else is an
   * AssertionError.
   */
  readonly entries?: readonly { readonly slot: Slot; readonly bytes: Buffer }[];
  /** Small values of the node itself (cluster map, boot count); undefined deletes. */
  readonly meta?: readonly { readonly key: string; readonly value: Buffer | undefined }[];
}

export interface RecordRow {
  readonly digest: Buffer;
  readonly image: Buffer;
}

/** A consistent read view of one slot, in digest order. Must be closed; expires after a deadline. */
export interface SlotSnapshot {
  /** State at the moment of the snapshot. */
  readonly state: SlotState;
  /** Next records of about `bytesMax` bytes, empty at the end. Throws once expired. */
  next(bytesMax: number): Promise<RecordRow[]>;
  /** Entries of the slot's notes at that moment, in the order of the log. */
  notes(): Promise<Buffer[]>;
  close(): Promise<void>;
}

export interface SlotCounts {
  /** Records that are no tombstones, expired ones included until they are removed. */
  readonly records: number;
  readonly tombstones: number;
}

export interface Storage {
  /**
   * Writes a group: resolves once it is on disk (when `sync`, flushed). Groups take effect in the
   * order of the calls. A rejection means the disk cannot be trusted any more: the caller ends the
   * process. `get` sees a group's records only once it has resolved.
   */
  write(group: StorageGroup, sync: boolean): Promise<void>;

  /**
   * Calls back for every damaged record that a read meets, also one of a snapshot, before that read
   * throws RECORD_CORRUPT.
   */
  onDamaged(listener: (slot: Slot, digest: Buffer) => void): void;

  /** The stored image, its checksum verified (RECORD_CORRUPT); undefined when there is none. */
  get(slot: Slot, digest: Buffer): Buffer | undefined;

  /**
   * False when there surely is no record of the digest at `offset` of `source`: told from memory, for
   * those who mostly meet records that are new.
   */
  mayHold(slot: Slot, source: Buffer, offset: number): boolean;

  /** Sequence of the slot's last log entry on disk, 0 when it never had one. */
  lastSequence(slot: Slot): number;
  /** Sequence of the oldest entry still in the log; lastSequence + 1 when it holds none. */
  firstSequence(slot: Slot): number;
  epochHistory(slot: Slot): readonly EpochStart[];
  applied(slot: Slot): readonly LedgerPosition[];
  /** Number of the slot's last own change. */
  changes(slot: Slot): number;
  /** Conflicts of the slot that were noted; those whose notes are gone by their bound, too. */
  conflicts(slot: Slot): number;
  /** Notes that the slot keeps, oldest first. */
  notes(slot: Slot): readonly NoteRef[];
  /** The note's entry, verified (ENTRY_CORRUPT); undefined when it is not kept. */
  note(slot: Slot, sequence: number): Buffer | undefined;
  counts(slot: Slot): SlotCounts;
  /** Slots that hold anything at all. */
  slots(): Iterable<Slot>;
  meta(key: string): Buffer | undefined;

  /**
   * Entries of one slot from `sequence` on, in order, about `bytesMax` bytes (at least one if there
   * is any), each verified. Throws LOG_TRIMMED when `sequence` is below firstSequence.
   */
  readLog(slot: Slot, sequence: number, bytesMax: number): Promise<Buffer[]>;

  /** A consistent view of a slot as of the last resolved write. */
  snapshot(slot: Slot, deadlineMs: number): Promise<SlotSnapshot>;

  /** Bytes of the change log kept now. */
  logBytes(): number;
  /**
   * Frees the oldest blocks while the log is above `keepBytes` and every entry of the block is at
   * or below `safe(slot)`, or, above `maxBytes`, whatever `safe` says. Returns the slots from which
   * entries above `safe` were freed (declared gaps).
   */
  trim(options: { keepBytes: number; maxBytes: number; safe: (slot: Slot) => number }): Promise<Slot[]>;

  close(): Promise<void>;
}

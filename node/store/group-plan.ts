/**
 * Turns a group into one engine batch: record images, the entries cut into log blocks, and the
 * blocks' index values, from which LogState later takes over the group's effect. Checks what the
 * caller owes (contiguous sequences) before anything is written.
 */
import { assert } from "../../common/assert.ts";
import { DIGEST_BYTES } from "../../common/limits.ts";
import { type Slot, slotPartitionId } from "../../proto/cluster-map.ts";
import { DIGEST_OFFSET, ENTRY_HEADER_BYTES, Entry, EntryKind, hasBeforeAt } from "../../proto/entry.ts";
import { DELTA_BYTES, decodeDelta, type Ledger, readDelta } from "../../proto/ledger.ts";
import { NoteType, noteTarget, noteTypeOf } from "../../proto/note.ts";
import { isShippable } from "../change-log/change-tail.ts";
import {
  BlockIndex,
  changesPresence,
  encodeChange,
  FORMAT_BEFORE,
  formatOf,
  INDEX_HEADER_BYTES,
  type IndexRow,
  ROW_BYTES_MAX,
  recordsOfChange,
  sealIndex,
  tombstonesOfChange,
  writeRow,
} from "./block-index.ts";
import type { EngineBatch } from "./engine.ts";
import {
  blockKey,
  foldDigest,
  indexKey,
  metaKey,
  noteKey,
  RECORD_KEY_BYTES,
  writeRecordKey,
} from "./keys.ts";
import type { LogState } from "./log-state.ts";
import type { NoteIndex } from "./note-index.ts";
import { imageState, RecordState } from "./record-state.ts";
import type { SlotLog } from "./slot-log.ts";
import { type ControlRow, encodeControl } from "./slot-state-codec.ts";
import type { NoteRef, SlotState, StorageGroup } from "./storage.ts";

/**
 * A block is closed at this size: large enough that its fixed costs vanish, small enough that
 * reading one entry of one slot (catch-up) does not read a megabyte.
 */
const BLOCK_BYTES = 16 * 1024;

/** What had to be read from disk before the group could be planned. */
export interface GroupNeeds {
  /** Keys of all records of the slots to clear. */
  readonly clearedKeys: readonly Buffer[];
  /** States that the slots to truncate have afterwards. */
  readonly truncated: ReadonlyMap<Slot, SlotState>;
}

export interface PlannedBlock {
  readonly block: number;
  readonly index: BlockIndex;
  readonly entries: Buffer;
}

/** What a plan is written into. */
export interface PlanTarget {
  readonly batch: EngineBatch;
  /** Which notes slots keep: as the group being planned leaves it. */
  readonly notes: NoteIndex;
  /** Notes what becomes of a record; returns what it was before. */
  exchange(slot: Slot, key: Buffer, state: RecordState): RecordState;
  /** Notes that a slot loses all records. */
  clearRecords(slot: Slot): void;
  /** Memory for the group's blocks; the one of the group before is written by then. */
  reserve(bytes: number): Buffer;
}

export class GroupPlanner {
  readonly #log: LogState;
  readonly #target: PlanTarget;
  #stamp = 0;

  constructor(log: LogState, target: PlanTarget) {
    this.#log = log;
    this.#target = target;
  }

  /** Puts the group's operations into the batch; returns the blocks to take into the log. */
  plan(group: StorageGroup, needs: GroupNeeds): readonly PlannedBlock[] {
    this.#stamp++;
    const plan = new Draft(this.#log, this.#target, this.#stamp);
    plan.clear(group.clear ?? [], needs.clearedKeys);
    plan.truncate(needs.truncated);
    plan.install(group.install ?? []);
    plan.records(group.records ?? []);
    plan.entries(group.entries ?? []);
    plan.meta(group.meta ?? []);
    return plan.blocks;
  }
}

/** One group on its way into operations. */
class Draft {
  readonly blocks: PlannedBlock[] = [];
  readonly #log: LogState;
  readonly #target: PlanTarget;
  readonly #stamp: number;
  readonly #control: ControlRow[] = [];
  /** The engine copies it, so one serves all. */
  readonly #key = Buffer.allocUnsafe(RECORD_KEY_BYTES);
  readonly #row: IndexRow = {
    entryBytes: 0,
    slot: 0,
    kind: EntryKind.put,
    epoch: 0,
    sequence: 0,
    change: 0,
    originId: 0,
    foldedDigest: 0,
    originLogId: 0,
    originSequence: 0,
    previous: 0,
    isOwn: false,
    outcome: 0,
    delta: undefined,
  };

  constructor(log: LogState, target: PlanTarget, stamp: number) {
    this.#log = log;
    this.#target = target;
    this.#stamp = stamp;
  }

  clear(slots: readonly Slot[], keys: readonly Buffer[]): void {
    for (const slot of slots) {
      this.#target.clearRecords(slot);
      this.#dropNotes(slot, this.#target.notes.cut(slot));
      this.#control.push({ type: "clear", slot });
      this.#expect(slot, { sequence: 0, epochHistory: [], applied: [] });
    }
    for (const key of keys) this.#target.batch.del(key);
  }

  truncate(truncated: ReadonlyMap<Slot, SlotState>): void {
    for (const [slot, state] of truncated) {
      this.#dropNotes(slot, this.#target.notes.cut(slot, state.sequence));
      this.#control.push({ type: "truncate", slot, state });
      this.#expect(slot, state);
    }
  }

  install(installed: NonNullable<StorageGroup["install"]>): void {
    for (const { slot, state, notes } of installed) {
      this.#dropNotes(slot, this.#target.notes.cut(slot));
      for (const bytes of notes ?? []) this.#keepNote(slot, new Entry(bytes));
      this.#control.push({ type: "install", slot, state });
      this.#expect(slot, state);
    }
  }

  records(rows: NonNullable<StorageGroup["records"]>): void {
    const counts = new Map<Slot, { records: number; tombstones: number; digests: number }>();
    for (const { slot, digest, image } of rows) {
      assert(digest.length === DIGEST_BYTES, "a digest has 20 bytes");
      writeRecordKey(this.#key, 0, slot, digest, 0);
      const change = this.#putRecord(slot, image);
      let sum = counts.get(slot);
      if (sum === undefined) {
        sum = { records: 0, tombstones: 0, digests: 0 };
        counts.set(slot, sum);
      }
      sum.records += recordsOfChange(change);
      sum.tombstones += tombstonesOfChange(change);
      if (changesPresence(change)) sum.digests = (sum.digests ^ foldDigest(this.#key)) >>> 0;
    }
    for (const [slot, change] of counts) this.#control.push({ type: "counts", slot, ...change });
  }

  /** Also when there is none: every group gets a block, so that a lost one leaves a gap. */
  entries(entries: NonNullable<StorageGroup["entries"]>): void {
    let bytes = 0;
    for (const entry of entries) bytes += entry.bytes.length;
    const control = encodeControl(this.#control);
    const blocksMax = Math.floor(bytes / BLOCK_BYTES) + 1;
    const indexBytes = control.length + blocksMax * INDEX_HEADER_BYTES + entries.length * ROW_BYTES_MAX;
    const room = this.#target.reserve(bytes + indexBytes);
    const body = room.subarray(0, bytes);
    const index = room.subarray(bytes);

    let rows = 0;
    let format = 0;
    let controlBytes = control.length;
    let bodyStart = 0;
    let bodyEnd = 0;
    let indexStart = 0;
    control.copy(index, INDEX_HEADER_BYTES);
    let indexEnd = INDEX_HEADER_BYTES + controlBytes;
    const close = (): void => {
      const needed = format === 0 ? undefined : format;
      sealIndex(index.subarray(indexStart, indexEnd), rows, bodyEnd - bodyStart, controlBytes, needed);
      this.#addBlock(index.subarray(indexStart, indexEnd), body.subarray(bodyStart, bodyEnd));
      rows = 0;
      format = 0;
      controlBytes = 0;
      bodyStart = bodyEnd;
      indexStart = indexEnd;
      indexEnd += INDEX_HEADER_BYTES;
    };
    for (let at = 0; at < entries.length; at++) {
      const given = entries[at];
      if (given === undefined) break;
      body.set(given.bytes, bodyEnd);
      bodyEnd += given.bytes.length;
      const row = this.#planEntry(given.slot, given.bytes);
      indexEnd = writeRow(index, indexEnd, row);
      format = Math.max(format, hasBeforeAt(given.bytes, 0) ? FORMAT_BEFORE : formatOf(row));
      rows++;
      if (bodyEnd - bodyStart >= BLOCK_BYTES) close();
    }
    if (rows > 0 || this.blocks.length === 0) close();
  }

  meta(values: NonNullable<StorageGroup["meta"]>): void {
    for (const { key, value } of values) {
      const name = metaKey(key);
      if (value === undefined) this.#target.batch.del(name);
      else this.#target.batch.put(name, value);
    }
  }

  /** Adds the entry's effect on the record; returns its index row, valid until the next call. */
  #planEntry(slot: Slot, bytes: Buffer): IndexRow {
    assert(bytes.length >= ENTRY_HEADER_BYTES, "an entry has a whole header");
    const entry = new Entry(bytes);
    const log = this.#pending(slot);
    const row = this.#row;
    row.entryBytes = bytes.length;
    row.slot = slot;
    row.kind = entry.kind;
    row.epoch = entry.epoch;
    row.sequence = entry.sequence;
    row.change = UNCHANGED;
    row.foldedDigest = 0;
    row.originId = entry.originId;
    row.originLogId = 0;
    row.originSequence = 0;
    row.isOwn = isShippable(row.kind, row.originId, entry.operation);
    row.outcome = row.kind === EntryKind.put ? entry.countedOutcome : 0;
    row.delta = deltaOf(entry);
    assert(entry.partitionId === slotPartitionId(slot), "an entry belongs to its slot's partition");
    if (row.sequence !== log.pendingSequence + 1) {
      assert(false, `slot ${slot} takes entry ${log.pendingSequence + 1} next, not ${row.sequence}`);
    }
    assert(row.epoch >= log.pendingEpoch, "epochs of a log never fall");
    log.pendingSequence = row.sequence;
    log.pendingEpoch = row.epoch;
    if (row.originId !== 0) this.#planPosition(log, entry);
    if (row.kind === EntryKind.put || row.kind === EntryKind.remove) {
      writeRecordKey(this.#key, 0, slot, bytes, DIGEST_OFFSET);
      row.foldedDigest = foldDigest(this.#key);
      row.change = this.#putRecord(slot, row.kind === EntryKind.put ? entry.imageBytes : undefined);
    } else if (row.kind === EntryKind.note) {
      row.outcome = noteTypeOf(entry);
      this.#takeNote(slot, entry, row.outcome);
    }
    return row;
  }

  #takeNote(slot: Slot, entry: Entry, type: number): void {
    if (type !== NoteType.settled) {
      this.#keepNote(slot, entry);
      return;
    }
    const settled = this.#target.notes.remove(slot, noteTarget(entry));
    if (settled !== undefined) this.#dropNotes(slot, [settled]);
  }

  #keepNote(slot: Slot, entry: Entry): void {
    const { sequence, bytes } = entry;
    const note = { sequence, type: noteTypeOf(entry), bytes: bytes.length };
    this.#target.batch.put(noteKey(slot, note), bytes);
    this.#dropNotes(slot, this.#target.notes.add(slot, note));
  }

  #dropNotes(slot: Slot, notes: readonly NoteRef[]): void {
    for (const note of notes) this.#target.batch.del(noteKey(slot, note));
  }

  #planPosition(log: SlotLog, entry: Entry): void {
    const row = this.#row;
    row.originLogId = entry.originLogId;
    row.originSequence = entry.originSequence;
    if (row.originLogId === 0 || row.originSequence === 0) return;
    const position = log.position(row.originId, row.originLogId);
    row.previous = position.stamp === this.#stamp ? position.pending : position.sequence;
    position.stamp = this.#stamp;
    position.pending = Math.max(row.previous, row.originSequence);
  }

  /** Adds the operation of the record of `#key`; returns the change of counts. */
  #putRecord(slot: Slot, image: Buffer | undefined): number {
    const { batch } = this.#target;
    const state = image === undefined ? RecordState.absent : imageState(image);
    if (image === undefined) batch.del(this.#key);
    else batch.put(this.#key, image);
    const before = this.#target.exchange(slot, this.#key, state);
    return CHANGES[before * 3 + state] ?? UNCHANGED;
  }

  #addBlock(index: Buffer, entries: Buffer): void {
    const block = this.#log.nextBlock + this.blocks.length;
    this.#target.batch.put(indexKey(block), index);
    if (entries.length > 0) this.#target.batch.put(blockKey(block), entries);
    this.blocks.push({ block, index: new BlockIndex(index), entries });
  }

  /** The slot with its pending fields valid. */
  #pending(slot: Slot): SlotLog {
    const log = this.#log.obtain(slot);
    if (log.stamp !== this.#stamp) {
      log.stamp = this.#stamp;
      log.pendingSequence = log.sequence;
      log.pendingEpoch = log.lastEpoch;
    }
    return log;
  }

  /** Entries of this group go on after `state`. */
  #expect(slot: Slot, state: Pick<SlotState, "sequence" | "epochHistory" | "applied">): void {
    const log = this.#pending(slot);
    log.pendingSequence = state.sequence;
    log.pendingEpoch = state.epochHistory.at(-1)?.epoch ?? 0;
    for (const position of log.positions) {
      position.stamp = this.#stamp;
      position.pending = 0;
    }
    for (const { originId, originLogId, sequence } of state.applied) {
      const position = log.position(originId, originLogId);
      position.stamp = this.#stamp;
      position.pending = sequence;
    }
  }
}

/** What the entry adds to a ledger besides the one change it may carry. */
function deltaOf({ kind, imageBytes }: Entry): Ledger | undefined {
  if (kind === EntryKind.position) return decodeDelta(imageBytes);
  return kind === EntryKind.note && imageBytes.length >= DELTA_BYTES ? readDelta(imageBytes, 0) : undefined;
}

const UNCHANGED = encodeChange(0, 0);
/** Change of counts by state before * 3 + state after. */
const CHANGES = [0, 1, 2].flatMap((before) =>
  [0, 1, 2].map((after) =>
    encodeChange(
      Number(after === RecordState.record) - Number(before === RecordState.record),
      Number(after === RecordState.tombstone) - Number(before === RecordState.tombstone),
    ),
  ),
);

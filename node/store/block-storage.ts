/**
 * `Storage` over an ordered key-value engine: records by (slot, digest), the change log in blocks,
 * slot states as a fold over the blocks' index values. One engine batch a group, so a crash leaves
 * a group whole or not at all; in memory a group takes effect when its batch is on disk.
 */
import { assert } from "../../common/assert.ts";
import { errorMessage, MeridianError } from "../../common/errors.ts";
import type { Slot } from "../../proto/cluster-map.ts";
import { DIGEST_OFFSET, Entry, EntryKind } from "../../proto/entry.ts";
import { RecordImage } from "../../proto/record.ts";
import type { BlockLog } from "../change-log/block-log.ts";
import { writeHead, writePage } from "./checkpoint.ts";
import { type BlockIndex, checkIndex } from "./block-index.ts";
import { DigestIndex } from "./digest-index.ts";
import type { Engine } from "./engine.ts";
import { type GroupNeeds, GroupPlanner, type PlannedBlock } from "./group-plan.ts";
import {
  blockKey,
  indexKey,
  noteKey,
  recordKey,
  recordKeyRange,
  RECORD_KEY_BYTES,
  writeRecordKey,
} from "./keys.ts";
import { LogReader } from "./log-reader.ts";
import type { LogState } from "./log-state.ts";
import type { NoteIndex } from "./note-index.ts";
import { RecentBlocks } from "./recent-blocks.ts";
import { type Opened, rangeOf, rebuild } from "./rebuild.ts";
import { RecordCache } from "./record-cache.ts";
import { imageState, RecordState } from "./record-state.ts";
import { EngineSlotSnapshot } from "./slot-snapshot.ts";
import type { EpochStart, LedgerPosition, NoteRef, SlotCounts, SlotState } from "./storage.ts";
import type { SlotSnapshot, Storage, StorageGroup } from "./storage.ts";
import { undoRows } from "./undo-rows.ts";
import { WriteQueue } from "./write-queue.ts";

export interface BlockStorageOptions {
  /** Bytes of the newest log blocks kept in memory. */
  readonly recentBlockBytes: number;
  /** Bytes of the in-memory index of digests at most; about 20 a record. */
  readonly digestIndexBytes: number;
  /** Bytes of the cache of record images. */
  readonly recordCacheBytes: number;
  /** A write that has not settled after this time fails the storage. */
  readonly writeDeadlineMs: number;
}

/** A storage whose change log can be tailed (change-log/block-tail.ts). */
export interface LoggedStorage extends Storage {
  readonly log: BlockLog;
}

/**
 * Blocks that one batch of a trim looks at and deletes at most: writes wait for it, also for one that
 * frees nothing since a destination lags.
 */
const TRIM_BLOCKS = 128;
const EMPTY_STATE: SlotState = { sequence: 0, epochHistory: [], applied: [], changes: 0, conflicts: 0 };
const NO_NEEDS: GroupNeeds = { clearedKeys: [], truncated: new Map() };

export class BlockStorage implements LoggedStorage {
  readonly log: BlockLog;
  readonly #engine: Engine;
  readonly #state: LogState;
  readonly #recent: RecentBlocks;
  readonly #reader: LogReader;
  readonly #queue: WriteQueue;
  readonly #planner: GroupPlanner;
  readonly #meta: Map<string, Buffer>;
  readonly #notes: NoteIndex;
  readonly #digests: DigestIndex;
  readonly #cache: RecordCache;
  /** For looks into the index of digests. */
  readonly #key = Buffer.allocUnsafeSlow(RECORD_KEY_BYTES);
  /** The background scan that fills the digest index. */
  readonly #scan: Promise<void>;
  #closing = false;
  /** The write under way removes records. */
  #removing = false;
  readonly #snapshots = new Set<EngineSlotSnapshot>();
  #onDamaged: (slot: Slot, digest: Buffer) => void = () => undefined;
  #checkpointBlock: number;
  #closed: Promise<void> | undefined;

  private constructor(engine: Engine, options: BlockStorageOptions, opened: Opened) {
    this.#engine = engine;
    this.#state = opened.state;
    this.#meta = opened.meta;
    this.#notes = opened.notes;
    this.#checkpointBlock = opened.checkpointBlock;
    this.#recent = new RecentBlocks(options.recentBlockBytes);
    this.#reader = new LogReader(engine, opened.state, this.#recent);
    this.log = this.#reader;
    this.#queue = new WriteQueue(options.writeDeadlineMs);
    const occupied = [...opened.state.all()].filter((log) => log.records + log.tombstones > 0);
    this.#digests = new DigestIndex(
      options.digestIndexBytes,
      occupied.map((log) => log.slot),
    );
    this.#cache = new RecordCache(options.recordCacheBytes);
    this.#planner = new GroupPlanner(opened.state, {
      batch: engine.batch,
      notes: this.#notes,
      exchange: (slot, key, state) => this.#exchange(slot, key, state),
      clearRecords: (slot) => {
        this.#removing = true;
        this.#digests.clear(slot);
      },
      reserve: (bytes) => this.#recent.reserve(bytes),
    });
    this.#scan = this.#scanDigests();
  }

  /** Rebuilds the states from checkpoint and log. The engine is the storage's, also if it fails. */
  static async open(engine: Engine, options: BlockStorageOptions): Promise<BlockStorage> {
    const view = engine.view();
    try {
      const opened = await rebuild(engine, view);
      await view.close();
      return new BlockStorage(engine, options, opened);
    } catch (error) {
      await view.close();
      await engine.close();
      throw error;
    }
  }

  write(group: StorageGroup, sync: boolean): Promise<void> {
    return this.#queue.write(async () => {
      const { clear, truncate } = group;
      const simple = (clear?.length ?? 0) === 0 && (truncate?.length ?? 0) === 0;
      const needs = simple ? NO_NEEDS : await this.#gather(group);
      const blocks = this.#planner.plan(group, needs);
      await this.#engine.commit(sync);
      this.#takeEffect(blocks, group);
    });
  }

  get(slot: Slot, digest: Buffer): Buffer | undefined {
    this.#queue.assertUsable();
    try {
      const cached = this.#cache.get(slot, digest);
      if (cached !== undefined) return RecordImage.checked(cached).bytes;
      if (!this.mayHold(slot, digest, 0)) return undefined;
      const image = this.#read(recordKey(slot, digest));
      if (image === undefined) return undefined;
      this.#cache.add(slot, digest, RecordImage.checked(image).bytes);
      return image;
    } catch (error) {
      if (isDamage(error)) this.#onDamaged(slot, digest);
      throw error;
    }
  }

  onDamaged(listener: (slot: Slot, digest: Buffer) => void): void {
    this.#onDamaged = listener;
  }

  mayHold(slot: Slot, source: Buffer, offset: number): boolean {
    this.#queue.assertUsable();
    writeRecordKey(this.#key, 0, slot, source, offset);
    // While a removal is on its way to the disk, the index is ahead of it.
    return this.#removing || this.#digests.stateOf(slot, this.#key) !== RecordState.absent;
  }

  #read(key: Buffer): Buffer | undefined {
    try {
      return this.#engine.get(key);
    } catch (cause) {
      throw new MeridianError("RECORD_CORRUPT", `a record cannot be read: ${errorMessage(cause)}`, { cause });
    }
  }

  lastSequence(slot: Slot): number {
    return this.#reader.lastSequence(slot);
  }
  firstSequence(slot: Slot): number {
    return this.#reader.firstSequence(slot);
  }
  epochHistory(slot: Slot): readonly EpochStart[] {
    return this.#state.find(slot)?.epochs ?? [];
  }
  applied(slot: Slot): readonly LedgerPosition[] {
    return this.#state.find(slot)?.applied() ?? [];
  }
  changes(slot: Slot): number {
    return this.#state.find(slot)?.changes ?? 0;
  }
  conflicts(slot: Slot): number {
    return this.#state.find(slot)?.conflicts ?? 0;
  }
  notes(slot: Slot): readonly NoteRef[] {
    return this.#notes.of(slot);
  }
  note(slot: Slot, sequence: number): Buffer | undefined {
    const note = this.#notes.find(slot, sequence);
    const bytes = note === undefined ? undefined : this.#read(noteKey(slot, note));
    return bytes === undefined ? undefined : Entry.checked(bytes).bytes;
  }
  counts(slot: Slot): SlotCounts {
    const log = this.#state.find(slot);
    return { records: log?.records ?? 0, tombstones: log?.tombstones ?? 0 };
  }
  *slots(): Iterable<Slot> {
    for (const log of this.#state.all()) if (log.holdsAnything) yield log.slot;
  }
  meta(key: string): Buffer | undefined {
    return this.#meta.get(key);
  }
  logBytes(): number {
    return this.#state.logBytes;
  }

  async readLog(slot: Slot, sequence: number, bytesMax: number): Promise<Buffer[]> {
    this.#queue.assertUsable();
    return this.#reader.read(slot, sequence, bytesMax);
  }

  /** Taken between writes, so that records and state are of the same moment. */
  snapshot(slot: Slot, deadlineMs: number): Promise<SlotSnapshot> {
    return this.#queue.between(async () => {
      const state = this.#state.find(slot)?.state() ?? EMPTY_STATE;
      const forget = (closed: EngineSlotSnapshot): void => {
        this.#snapshots.delete(closed);
      };
      const snapshot = new EngineSlotSnapshot(this.#engine.view(), slot, state, deadlineMs, {
        onDamaged: (digest) => this.#onDamaged(slot, digest),
        onClosed: forget,
      });
      this.#snapshots.add(snapshot);
      return snapshot;
    });
  }

  async trim(options: {
    keepBytes: number;
    maxBytes: number;
    safe: (slot: Slot) => number;
  }): Promise<Slot[]> {
    const gaps = new Set<Slot>();
    let more = true;
    // A batch a job, so that writes get their turn in between.
    while (more) more = await this.#queue.write(() => this.#trimSome(options, gaps));
    return [...gaps];
  }

  close(): Promise<void> {
    this.#closing = true;
    this.#closed ??= this.#queue.failed ? this.#closeFailed() : this.#closeWhole();
    return this.#closed;
  }

  async #closeWhole(): Promise<void> {
    await this.#scan;
    return this.#queue.write(async () => {
      this.#checkpoint(this.#state.firstBlock);
      await this.#engine.commit(true);
      this.#state.dirtyPages.clear();
      for (const snapshot of [...this.#snapshots]) await snapshot.close();
      await this.#engine.close();
      this.#queue.stop(new MeridianError("SHUTTING_DOWN", "the storage is closed"));
    });
  }

  /** Lets go of the files, unless a hanging write holds them, and rejects all the same. */
  async #closeFailed(): Promise<void> {
    if (this.#queue.idle) await this.#scan;
    for (const snapshot of [...this.#snapshots]) await snapshot.close();
    if (this.#queue.idle) await this.#engine.close();
    this.#queue.assertUsable();
  }

  /** A failure ends the storage: it means that records are lost or cannot be read. */
  async #scanDigests(): Promise<void> {
    try {
      for (const slot of this.#digests.incomplete()) {
        if (this.#closing || this.#queue.failed || this.#digests.full) return;
        const start = await this.#queue.between(async () => {
          const { records, tombstones, digests } = this.#state.obtain(slot);
          return { slot, view: this.#engine.view(), records, tombstones, digests };
        });
        await this.#digests.load(start);
      }
    } catch (error) {
      this.#queue.fail(error);
    }
  }

  #takeEffect(blocks: readonly PlannedBlock[], group: StorageGroup): void {
    for (const block of blocks) {
      assert(block.block === this.#state.nextBlock, "blocks take effect in their order");
      this.#state.fold(block.index);
      this.#recent.add(block);
    }
    this.#digests.settle();
    this.#removing = false;
    this.#refreshCache(blocks, group);
    for (const { key, value } of group.meta ?? []) {
      if (value === undefined) this.#meta.delete(key);
      else this.#meta.set(key, Buffer.from(value));
    }
  }

  /** Makes cached images those that the group wrote. */
  #refreshCache(blocks: readonly PlannedBlock[], group: StorageGroup): void {
    if (this.#cache.unused) return;
    if ((group.clear?.length ?? 0) > 0) this.#cache.clear();
    for (const { slot, digest, image } of group.records ?? []) {
      const cell = this.#cache.find(slot, digest, 0);
      if (cell >= 0) this.#cache.replace(cell, slot, digest, image);
    }
    for (const { index, entries } of blocks) {
      const rows = index.rows();
      while (rows.advance()) {
        const { slot, kind, entryOffset } = rows;
        if (kind !== EntryKind.put && kind !== EntryKind.remove) continue;
        const cell = this.#cache.find(slot, entries, entryOffset + DIGEST_OFFSET);
        if (cell < 0) continue;
        const entry = new Entry(entries.subarray(entryOffset, entryOffset + rows.entryBytes));
        this.#cache.replace(cell, slot, entry.digest, kind === EntryKind.put ? entry.imageBytes : undefined);
      }
    }
  }

  /** Notes what the group being planned makes of a record; returns what it was before. */
  #exchange(slot: Slot, key: Buffer, state: RecordState): RecordState {
    if (state === RecordState.absent) this.#removing = true;
    const known = this.#digests.exchange(slot, key, state);
    if (known !== undefined) return known;
    const image = this.#engine.get(key);
    return image === undefined ? RecordState.absent : imageState(image);
  }

  async #gather(group: StorageGroup): Promise<GroupNeeds> {
    const clearedKeys: Buffer[] = [];
    const view = this.#engine.view();
    try {
      for (const slot of group.clear ?? []) {
        for await (const [key] of rangeOf(view, recordKeyRange(slot), false)) clearedKeys.push(key);
      }
    } finally {
      await view.close();
    }
    const truncated = new Map<Slot, SlotState>();
    for (const { slot, sequence } of group.truncate ?? []) {
      truncated.set(slot, await this.#stateAt(slot, sequence));
    }
    return { clearedKeys, truncated };
  }

  /** The slot's state as of an earlier sequence: undoes the entries above it. */
  async #stateAt(slot: Slot, sequence: number): Promise<SlotState> {
    const log = this.#state.obtain(slot);
    assert(sequence <= log.sequence, "a log is cut to less than it holds");
    assert(sequence + 1 >= log.firstSequence, "what is trimmed cannot be dropped");
    const cut = { positions: log.applied(), changes: log.changes, conflicts: log.conflicts };
    for (let last = log.sequence; last > sequence; ) {
      const number = this.#state.blockOf(slot, last);
      const block = (await this.#reader.load([number])).get(number);
      if (block === undefined) throw new MeridianError("ENTRY_CORRUPT", `log block ${number} is missing`);
      last = undoRows(block.index, slot, sequence, last, cut);
    }
    return {
      sequence,
      epochHistory: log.epochs.filter((start) => start.firstSequence <= sequence),
      applied: cut.positions.filter((position) => position.sequence > 0),
      changes: cut.changes,
      conflicts: cut.conflicts,
    };
  }

  /** Frees the next blocks; false when there is nothing more to free. */
  async #trimSome(
    { keepBytes, maxBytes, safe }: { keepBytes: number; maxBytes: number; safe: (slot: Slot) => number },
    gaps: Set<Slot>,
  ): Promise<boolean> {
    const first = this.#state.firstBlock;
    const below = Math.min(first + TRIM_BLOCKS, this.#state.nextBlock);
    let bytes = this.#state.logBytes;
    if (bytes <= keepBytes || first === below) return false;
    const candidates: number[] = [];
    for (let block = first; block < below; block++) candidates.push(block);
    const indexes = await this.#loadIndexes(candidates);
    const freed: BlockIndex[] = [];
    for (const [at, index] of indexes.entries()) {
      if (bytes <= keepBytes) break;
      const unsafe = this.#state.unsafeSlots(first + at, index, safe);
      if (unsafe.size > 0 && bytes <= maxBytes) break;
      for (const slot of unsafe) gaps.add(slot);
      bytes -= this.#state.bytesOf(first + at);
      freed.push(index);
    }
    if (freed.length === 0) return false;
    await this.#free(freed);
    return freed.length === candidates.length;
  }

  /** Deletes the oldest blocks, in one batch with a checkpoint that covers them. */
  async #free(freed: readonly BlockIndex[]): Promise<void> {
    const first = this.#state.firstBlock;
    const newFirst = first + freed.length;
    const covered = newFirst - 1 <= this.#checkpointBlock;
    const { batch } = this.#engine;
    if (covered) writeHead(batch, { firstBlock: newFirst, checkpointBlock: this.#checkpointBlock });
    else this.#checkpoint(newFirst);
    for (const [at, index] of freed.entries()) {
      batch.del(indexKey(first + at));
      if (index.entriesBytes > 0) batch.del(blockKey(first + at));
    }
    await this.#engine.commit(true);
    if (!covered) {
      this.#checkpointBlock = this.#state.nextBlock - 1;
      this.#state.dirtyPages.clear();
    }
    for (const index of freed) this.#state.free(index);
    this.#recent.dropBelow(newFirst);
  }

  #checkpoint(firstBlock: number): void {
    const { batch } = this.#engine;
    for (const page of this.#state.dirtyPages) writePage(batch, page, (slot) => this.#state.find(slot));
    writeHead(batch, { firstBlock, checkpointBlock: this.#state.nextBlock - 1 });
  }

  async #loadIndexes(blocks: readonly number[]): Promise<BlockIndex[]> {
    const values = await this.#engine.getMany(blocks.map(indexKey));
    return blocks.map((block, at) => checkIndex(values[at] ?? Buffer.alloc(0), block));
  }
}

function isDamage(error: unknown): boolean {
  return error instanceof MeridianError && error.code === "RECORD_CORRUPT";
}

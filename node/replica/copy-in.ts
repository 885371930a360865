/**
 * The learner's side of being brought up to date: cutting a divergent tail off (together, in one
 * write, with the primary's copies of the records it touched), copying a whole partition, removing
 * one. A few partitions at a time; each job ends in `partition.repaired`.
 */
import { errorMessage, MeridianError } from "../../common/errors.ts";
import type { Logger } from "../../common/log.ts";
import type { NodeId } from "../../proto/cluster-map.ts";
import { Entry, EntryKind } from "../../proto/entry.ts";
import type { Frame } from "../../proto/frame.ts";
import { meridian } from "../../proto/gen/peer.js";
import { MessageType } from "../../proto/message-types.ts";
import { emptyLedger, type Ledger, PLAIN_FIELDS } from "../../proto/ledger.ts";
import { decodeRecordRows, type RecordRowBytes } from "../../proto/record-rows.ts";
import type { Partition } from "../partition/partition.ts";
import type { SlotState, Storage } from "../store/storage.ts";
import type { GroupCommit } from "./group-commit.ts";

const { FetchedRecords, FetchRecords, SnapshotChunk, SnapshotPull } = meridian.peer;

/** Partitions copied at the same time: the throttle of background copying. */
const COPIES_MAX = 8;
const ANSWER_TIMEOUT_MS = 10_000;
const LOG_READ_BYTES = 1024 * 1024;

export interface CopyInOptions {
  readonly storage: Storage;
  readonly commit: GroupCommit;
  readonly log: Logger;
  /** Sends on the connection that `primary` has opened to this node; false when there is none. */
  readonly send: (
    primary: NodeId,
    type: MessageType,
    meta: Uint8Array,
    ...bodies: readonly Buffer[]
  ) => boolean;
}

interface Expected {
  readonly primary: NodeId;
  readonly done: (frame: Frame | undefined) => void;
}

export class CopyIn {
  readonly #options: CopyInOptions;
  readonly #queue: (() => Promise<void>)[] = [];
  /** By request id: an answer that comes after its job was given up belongs to nobody. */
  readonly #answers = new Map<number, Expected>();
  #running = 0;
  #nextRequestId = 1;

  constructor(options: CopyInOptions) {
    this.#options = options;
  }

  /** Jobs under way or waiting, for status. */
  get pending(): number {
    return this.#running + this.#queue.length;
  }

  truncate(partition: Partition, primary: NodeId, sequence: number): void {
    this.#enqueue(partition, "truncate", () => this.#truncate(partition, primary, sequence));
  }

  install(partition: Partition, primary: NodeId): void {
    this.#enqueue(partition, "install", () => this.#install(partition, primary));
  }

  drop(partition: Partition): void {
    this.#enqueue(partition, "drop", () => this.#options.commit.write({ clear: [partition.slot] }));
  }

  /** A SnapshotChunk or FetchedRecords. */
  answered(frame: Frame): void {
    const { requestId } =
      frame.type === MessageType.snapshotChunk
        ? SnapshotChunk.decode(frame.meta)
        : FetchedRecords.decode(frame.meta);
    this.#settle(requestId, frame);
  }

  /** The primary's connection broke: what was asked on it will not be answered any more. */
  connectionLost(primary: NodeId): void {
    for (const [requestId, expected] of [...this.#answers]) {
      if (expected.primary === primary) this.#settle(requestId, undefined);
    }
  }

  #enqueue(partition: Partition, what: string, job: () => Promise<void>): void {
    this.#queue.push(async () => {
      try {
        await job();
      } catch (error) {
        if (!(error instanceof MeridianError)) throw error;
        const reason = errorMessage(error);
        this.#options.log.info({ slot: partition.slot, what, reason }, "copy given up; joins again");
      }
      const { slot } = partition;
      const { storage } = this.#options;
      partition.repaired({ last: storage.lastSequence(slot), history: storage.epochHistory(slot) });
    });
    this.#pump();
  }

  #pump(): void {
    while (this.#running < COPIES_MAX) {
      const job = this.#queue.shift();
      if (job === undefined) return;
      this.#running++;
      // Anything but a MeridianError is a broken invariant: the unhandled rejection ends the process.
      void job().finally(() => {
        this.#running--;
        this.#pump();
      });
    }
  }

  async #truncate(partition: Partition, primary: NodeId, sequence: number): Promise<void> {
    const { slot } = partition;
    const { storage, commit } = this.#options;
    // Which records the tail touched is not known any more: all are copied.
    if (storage.firstSequence(slot) > sequence + 1) return this.#install(partition, primary);
    const touched = new Map<string, Buffer>();
    for (let next = sequence + 1; next <= storage.lastSequence(slot); ) {
      const entries = await storage.readLog(slot, next, LOG_READ_BYTES);
      for (const bytes of entries) {
        const entry = new Entry(bytes);
        const hasRecord = entry.kind === EntryKind.put || entry.kind === EntryKind.remove;
        if (hasRecord) touched.set(entry.digest.toString("latin1"), entry.digest);
      }
      next += entries.length;
    }
    const records = touched.size === 0 ? [] : await this.#fetch(partition, primary, [...touched.values()]);
    const count = storage.lastSequence(slot) - sequence;
    // A restart does this to thousands of partitions; only records that were taken back are news.
    const level = records.length > 0 ? "info" : "debug";
    this.#options.log[level]({ slot, sequence, dropped: count, records: records.length }, "log truncated");
    await commit.write({
      truncate: [{ slot, sequence }],
      records: records.map(({ digest, image }) => ({ slot, digest, image })),
    });
  }

  async #fetch(partition: Partition, primary: NodeId, digests: readonly Buffer[]): Promise<RecordRowBytes[]> {
    const requestId = this.#nextRequestId++;
    const { slot, epoch } = partition;
    const meta = FetchRecords.encode({ slot, epoch, requestId }).finish();
    const body = Buffer.concat(digests);
    const frame = await this.#ask(requestId, primary, MessageType.fetchRecords, meta, body);
    const { failure } = FetchedRecords.decode(frame.meta);
    if (failure !== "") throw new MeridianError("LINK_DOWN", failure);
    return decodeRecordRows(frame.body);
  }

  async #install(partition: Partition, primary: NodeId): Promise<void> {
    const { slot, epoch } = partition;
    const { commit } = this.#options;
    await commit.write({ clear: [slot] });
    for (let cursor = 0; ; ) {
      const requestId = this.#nextRequestId++;
      const meta = SnapshotPull.encode({ slot, epoch, cursor, requestId }).finish();
      const frame = await this.#ask(requestId, primary, MessageType.snapshotPull, meta);
      const chunk = SnapshotChunk.decode(frame.meta);
      if (chunk.failure !== "") throw new MeridianError("LINK_DOWN", chunk.failure);
      cursor = chunk.cursor;
      const records = decodeRecordRows(frame.body).map(({ digest, image }) => ({ slot, digest, image }));
      if (records.length > 0) await commit.write({ records });
      if (!chunk.last) continue;
      const notes = chunk.notes.map((note) => Entry.checked(Buffer.from(note)).bytes);
      await commit.write({ install: [{ slot, state: stateOf(chunk), notes }] });
      return;
    }
  }

  /** Sends a question and waits for its answer. Throws LINK_DOWN when none comes. */
  #ask(
    requestId: number,
    primary: NodeId,
    type: MessageType,
    meta: Uint8Array,
    ...bodies: readonly Buffer[]
  ): Promise<Frame> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#settle(requestId, undefined), ANSWER_TIMEOUT_MS);
      const done = (frame: Frame | undefined): void => {
        clearTimeout(timer);
        if (frame === undefined) reject(new MeridianError("LINK_DOWN", "the primary did not answer"));
        else resolve(frame);
      };
      this.#answers.set(requestId, { primary, done });
      if (!this.#options.send(primary, type, meta, ...bodies)) this.#settle(requestId, undefined);
    });
  }

  #settle(requestId: number, frame: Frame | undefined): void {
    const expected = this.#answers.get(requestId);
    this.#answers.delete(requestId);
    expected?.done(frame);
  }
}

function stateOf(chunk: InstanceType<typeof SnapshotChunk>): SlotState {
  return {
    sequence: chunk.sequence,
    epochHistory: chunk.historyEpochs.map((epoch, index) => ({
      epoch,
      firstSequence: chunk.historyFirsts[index] as number,
    })),
    applied: chunk.appliedOrigins.map((originId, index) => ({
      originId,
      originLogId: chunk.appliedLogIds[index] as number,
      sequence: chunk.appliedSequences[index] as number,
      ledger: {
        ...ledgerOf(chunk.ledgers, index),
        filtered: chunk.filtered[index] ?? 0,
        forwarded: chunk.forwarded[index] ?? 0,
      },
    })),
    changes: chunk.changes,
    conflicts: chunk.conflicts,
  };
}

/** An older release tells none. */
function ledgerOf(columns: readonly number[], position: number): Ledger {
  const first = position * PLAIN_FIELDS.length;
  const fields = PLAIN_FIELDS.map((field, index) => [field, columns[first + index] ?? 0] as const);
  return { ...emptyLedger(), ...Object.fromEntries(fields) };
}

/**
 * The primary's side of bringing a peer up to date: ranges of the log, snapshots pulled chunk by
 * chunk, and single records for a peer that truncates. Bounded in what it reads at a time, so that
 * copying in the background never crowds out the foreground.
 *
 * I7: records leave this node only when everything they may show is committed. The disk is ahead of
 * that: a copy of an uncommitted write would outlive the write, when its entry is lost by a failover.
 */
import { rethrowBroken } from "../../common/assert.ts";
import { errorMessage, MeridianError } from "../../common/errors.ts";
import type { Logger } from "../../common/log.ts";
import { DIGEST_BYTES } from "../../common/limits.ts";
import type { NodeId } from "../../proto/cluster-map.ts";
import type { Frame } from "../../proto/frame.ts";
import { meridian } from "../../proto/gen/peer.js";
import { PLAIN_FIELDS } from "../../proto/ledger.ts";
import { MessageType } from "../../proto/message-types.ts";
import { encodeRecordRows, type RecordRowBytes } from "../../proto/record-rows.ts";
import type { Partition } from "../partition/partition.ts";
import type { SlotSnapshot, Storage } from "../store/storage.ts";
import type { PeerLink } from "./peer-link.ts";

const { FetchedRecords, FetchRecords, SnapshotChunk, SnapshotPull } = meridian.peer;

const CATCH_UP_BYTES = 256 * 1024;
const SNAPSHOT_CHUNK_BYTES = 256 * 1024;
/** Log ranges read at the same time. */
const CATCH_UPS_MAX = 16;
/** Bytes on their way to a peer above which catch-up waits. */
const OUTSTANDING_BYTES_MAX = 16 * 1024 * 1024;
const SNAPSHOT_DEADLINE_MS = 60_000;

interface CatchUp {
  readonly partition: Partition;
  readonly peer: NodeId;
  readonly epoch: number;
  readonly sequence: number;
}

/** An answer that shows the slot up to `sequence`. */
interface Uncommitted {
  readonly partition: Partition;
  readonly epoch: number;
  readonly sequence: number;
  /** `stands`: it is committed; else this node is not primary of that epoch any more. */
  readonly go: (stands: boolean) => void;
}

export interface CopyOutOptions {
  readonly storage: Storage;
  readonly log: Logger;
  readonly link: (peer: NodeId) => PeerLink | undefined;
  readonly partition: (slot: number) => Partition | undefined;
}

export class CopyOut {
  readonly #options: CopyOutOptions;
  readonly #waiting: CatchUp[] = [];
  readonly #snapshots = new Map<number, { readonly peer: NodeId; readonly view: SlotSnapshot }>();
  #uncommitted: Uncommitted[] = [];
  #running = 0;
  #nextCursor = 1;

  constructor(options: CopyOutOptions) {
    this.#options = options;
  }

  /** Sends a peer the slot's durable entries from `sequence` on, in its turn. */
  catchUp(partition: Partition, peer: NodeId, sequence: number): void {
    this.#waiting.push({ partition, peer, epoch: partition.epoch, sequence });
    this.pump();
  }

  /** Goes on with what waited for room on a link. */
  pump(): void {
    while (this.#running < CATCH_UPS_MAX) {
      const index = this.#waiting.findIndex((item) => this.#hasRoom(item.peer));
      if (index < 0) return;
      const [item] = this.#waiting.splice(index, 1);
      if (item === undefined) return;
      this.#running++;
      this.#run(item)
        .catch((error: unknown) => this.#failed(item, error))
        .finally(() => {
          this.#running--;
          this.pump();
        });
    }
  }

  /** Something was committed, or the node is primary of something no more: sends what waited for it. */
  settled(): void {
    if (this.#uncommitted.length === 0) return;
    const waiting = this.#uncommitted;
    this.#uncommitted = [];
    for (const item of waiting) {
      const { partition, epoch, sequence, go } = item;
      const stands = partition.role === "primary" && partition.epoch === epoch;
      if (!stands || partition.committed >= sequence) go(stands);
      else this.#uncommitted.push(item);
    }
  }

  /** Whether everything up to `sequence` gets committed by this primary in this epoch. */
  #committed(partition: Partition, sequence: number): Promise<boolean> {
    return new Promise((resolve) => {
      this.#uncommitted.push({ partition, epoch: partition.epoch, sequence, go: resolve });
      this.settled();
    });
  }

  /** A peer went away: its snapshots are closed. */
  async peerLost(peer: NodeId): Promise<void> {
    for (const [cursor, open] of this.#snapshots) {
      if (open.peer !== peer) continue;
      this.#snapshots.delete(cursor);
      await open.view.close();
    }
  }

  async close(): Promise<void> {
    for (const open of this.#snapshots.values()) await open.view.close();
    this.#snapshots.clear();
  }

  /** Answers a SnapshotPull. */
  async pulled(peer: NodeId, frame: Frame): Promise<void> {
    const { slot, epoch, cursor, requestId } = SnapshotPull.decode(frame.meta);
    try {
      const partition = this.#options.partition(slot);
      if (partition?.role !== "primary" || partition.epoch !== epoch) throw notPrimary(slot, epoch);
      const opened = cursor === 0 ? await this.#open(peer, partition) : cursor;
      const open = this.#snapshots.get(opened);
      if (open === undefined) throw new MeridianError("NOT_FOUND", `snapshot ${opened} is closed`);
      const rows = await open.view.next(SNAPSHOT_CHUNK_BYTES);
      const last = rows.length === 0;
      const notes = last ? await open.view.notes() : [];
      if (last) {
        this.#snapshots.delete(opened);
        await open.view.close();
      }
      this.#sendChunk(peer, { slot, epoch, requestId, cursor: opened, last, notes }, open.view, rows);
    } catch (error) {
      rethrowBroken(error);
      const head = { slot, epoch, cursor, requestId, failure: errorMessage(error) };
      this.#options.link(peer)?.send(MessageType.snapshotChunk, SnapshotChunk.encode(head).finish());
    }
  }

  /** Answers a FetchRecords: the records as they are now, once that is committed. */
  async fetched(peer: NodeId, frame: Frame): Promise<void> {
    const { slot, epoch, requestId } = FetchRecords.decode(frame.meta);
    const { storage } = this.#options;
    const partition = this.#options.partition(slot);
    try {
      if (partition?.role !== "primary" || partition.epoch !== epoch) throw notPrimary(slot, epoch);
      // The log may be ahead of the disk, and the peer keeps its own log up to somewhere in there: a
      // record read before that is flushed would lack entries that the peer never gets again.
      if (!(await this.#committed(partition, partition.last))) throw notPrimary(slot, epoch);
      const rows: RecordRowBytes[] = [];
      for (let offset = 0; offset < frame.body.length; offset += DIGEST_BYTES) {
        const digest = frame.body.subarray(offset, offset + DIGEST_BYTES);
        rows.push({ digest, image: storage.get(slot, digest) });
      }
      if (!(await this.#committed(partition, storage.lastSequence(slot)))) throw notPrimary(slot, epoch);
      const meta = FetchedRecords.encode({ slot, requestId }).finish();
      this.#options.link(peer)?.send(MessageType.fetchedRecords, meta, ...encodeRecordRows(rows));
    } catch (error) {
      if (!(error instanceof MeridianError)) throw error;
      const meta = FetchedRecords.encode({ slot, requestId, failure: error.message }).finish();
      this.#options.link(peer)?.send(MessageType.fetchedRecords, meta);
    }
  }

  #hasRoom(peer: NodeId): boolean {
    const link = this.#options.link(peer);
    return link === undefined || link.outstandingBytes < OUTSTANDING_BYTES_MAX;
  }

  async #run({ partition, peer, epoch, sequence }: CatchUp): Promise<void> {
    const entries = await this.#options.storage.readLog(partition.slot, sequence, CATCH_UP_BYTES);
    const link = this.#options.link(peer);
    const wanted = partition.epoch === epoch && partition.peer(peer)?.state === "catching-up";
    if (link === undefined || !wanted) return;
    entries.forEach((entry, index) => {
      link.append(partition.slot, epoch, sequence + index, entry);
    });
    partition.caughtUpTo(peer, epoch, sequence + entries.length - 1);
  }

  #failed({ partition, peer, sequence }: CatchUp, error: unknown): void {
    rethrowBroken(error);
    const reason = errorMessage(error);
    this.#options.log.warn({ slot: partition.slot, sequence, reason }, "catch-up from the log failed");
    // All streams of the peer are opened again; the next join finds what the log still holds.
    this.#options.link(peer)?.reset("catch-up failed");
  }

  async #open(peer: NodeId, partition: Partition): Promise<number> {
    const view = await this.#options.storage.snapshot(partition.slot, SNAPSHOT_DEADLINE_MS);
    const cursor = this.#nextCursor++;
    this.#snapshots.set(cursor, { peer, view });
    if (await this.#committed(partition, view.state.sequence)) return cursor;
    if (this.#snapshots.delete(cursor)) await view.close();
    throw notPrimary(partition.slot, partition.epoch);
  }

  #sendChunk(
    peer: NodeId,
    head: Pick<meridian.peer.SnapshotChunk, "slot" | "epoch" | "cursor" | "requestId" | "last" | "notes">,
    view: SlotSnapshot,
    rows: readonly RecordRowBytes[],
  ): void {
    const { state } = view;
    const meta = SnapshotChunk.encode({
      ...head,
      sequence: state.sequence,
      historyEpochs: state.epochHistory.map((start) => start.epoch),
      historyFirsts: state.epochHistory.map((start) => start.firstSequence),
      appliedOrigins: state.applied.map((position) => position.originId),
      appliedLogIds: state.applied.map((position) => position.originLogId),
      appliedSequences: state.applied.map((position) => position.sequence),
      ledgers: state.applied.flatMap(({ ledger }) => PLAIN_FIELDS.map((field) => ledger[field])),
      filtered: state.applied.map(({ ledger }) => ledger.filtered),
      forwarded: state.applied.map(({ ledger }) => ledger.forwarded),
      changes: state.changes,
      conflicts: state.conflicts,
    }).finish();
    this.#options.link(peer)?.send(MessageType.snapshotChunk, meta, ...encodeRecordRows(rows));
  }
}

function notPrimary(slot: number, epoch: number): MeridianError {
  return new MeridianError("NOT_PRIMARY", `slot ${slot} has no primary of epoch ${epoch} here`);
}

/**
 * Serves recovery scans: the current records of a slot, tombstones included, in chunks the shipper
 * asks for one by one.
 *
 * Must guarantee: nothing leaves that could still be taken back. A view may hold records whose
 * entries are not committed; the first chunk waits until the slot's commit has reached the view's
 * last sequence, and a slot that stops being ours meanwhile ends the scan.
 */
import { rethrowBroken } from "../../common/assert.ts";
import { errorMessage, MeridianError } from "../../common/errors.ts";
import type { Slot } from "../../proto/cluster-map.ts";
import type { FrameConnection } from "../../proto/frame-connection.ts";
import { meridian } from "../../proto/gen/tail.js";
import { MessageType } from "../../proto/message-types.ts";
import { writtenMsAt } from "../../proto/record.ts";
import { encodeRecordRows } from "../../proto/record-rows.ts";
import type { RecordRow, SlotSnapshot, Storage } from "../store/storage.ts";
import type { ShipGate } from "./ship-gate.ts";
import type { RemoteApply } from "./remote-apply.ts";
import type { WireSlots } from "./wire-slots.ts";
import type { XdrMetrics } from "./xdr-metrics.ts";

const { ScanPull, ScanDrop, ScanChunk } = meridian.tail;

const SCANS_MAX = 64;
const CHUNK_BYTES = 128 * 1024;
const VIEW_DEADLINE_MS = 120_000;
const COMMIT_WAIT_MS = 10_000;
/** How often it is looked whether a chunk's turn has come. */
const TURN_INTERVAL_MS = 50;

/** What of a slot is wanted, as ScanPull says. */
interface Wanted {
  readonly mark: boolean;
  readonly since: number;
  readonly base: number;
}

interface OpenScan {
  readonly slot: Slot;
  /** Unix milliseconds: older records are left out. */
  readonly sinceMs: number;
  /** Where the view ends, in sequences and changes, when it does not stand for all that it holds. */
  readonly end: { readonly sequence: number; readonly changes: number } | undefined;
  snapshot: SlotSnapshot | undefined;
  /** Rows read ahead, so that the last chunk is known to be the last. */
  ahead: RecordRow[];
  nextChunk: number;
  closed: boolean;
}

interface TurnWaiter {
  readonly slot: Slot;
  settle(error: Error | undefined): void;
}

interface CommitWaiter {
  readonly slot: Slot;
  readonly sequence: number;
  readonly timer: NodeJS.Timeout;
  settle(error: Error | undefined): void;
}

export interface ScanServerOptions {
  readonly connection: FrameConnection;
  readonly slots: WireSlots;
  readonly remoteApply: RemoteApply;
  readonly storage: Pick<Storage, "snapshot">;
  /** The datacenter's changes are held back by a fence; records may be such changes. */
  readonly held: () => boolean;
  /** Of the tail on this connection: what may leave, and when. */
  readonly gate: () => ShipGate | undefined;
  readonly metrics: XdrMetrics;
}

export class ScanServer {
  readonly #options: ScanServerOptions;
  readonly #scans = new Map<number, OpenScan>();
  readonly #waiters = new Set<CommitWaiter>();
  readonly #unsubscribe: (() => void)[];
  readonly #turns = new Set<TurnWaiter>();
  #turnTimer: NodeJS.Timeout | undefined;

  constructor(options: ScanServerOptions) {
    this.#options = options;
    this.#unsubscribe = [
      options.remoteApply.onCommitted(() => this.#checkWaiters()),
      options.remoteApply.onPrimaryChanged(() => this.#checkWaiters()),
    ];
  }

  pull(meta: Buffer): void {
    const { scan, slot: wireSlot, chunk, mark, since, base } = ScanPull.decode(meta);
    this.#answer(scan, wireSlot, chunk, { mark, since, base }).catch((error: unknown) => {
      rethrowBroken(error);
      this.#close(scan);
      const refusal = ScanChunk.encode({ scan, slot: wireSlot, chunk, error: errorMessage(error) }).finish();
      this.#options.connection.send(MessageType.scanChunk, refusal);
    });
  }

  drop(meta: Buffer): void {
    this.#close(ScanDrop.decode(meta).scan);
  }

  close(): void {
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    for (const scan of [...this.#scans.keys()]) this.#close(scan);
    const gone = new MeridianError("LINK_DOWN", "the shipper's connection is closed");
    clearTimeout(this.#turnTimer);
    for (const waiter of [...this.#waiters, ...this.#turns]) waiter.settle(gone);
  }

  async #answer(scanId: number, wireSlot: number, chunk: number, wanted: Wanted): Promise<void> {
    if (this.#options.held()) throw new MeridianError("UNAVAILABLE", "changes are held by a fence");
    const slot = this.#options.slots.local(wireSlot);
    const scan = chunk === 0 ? await this.#open(scanId, slot, wanted) : this.#scans.get(scanId);
    if (scan?.snapshot === undefined || scan.closed) throw new MeridianError("NOT_FOUND", "no such scan");
    if (scan.nextChunk !== chunk) throw new MeridianError("NOT_FOUND", "scan chunks are asked for in order");
    scan.nextChunk++;
    if (this.#options.gate() !== undefined) await this.#turn(scan.slot);
    const read =
      scan.sinceMs === 0
        ? scan.ahead
        : scan.ahead.filter(({ image }) => writtenMsAt(image, 0) >= scan.sinceMs);
    const rows = this.#options.gate()?.scanned(scan.slot, read) ?? read;
    scan.ahead = scan.ahead.length === 0 ? [] : await scan.snapshot.next(CHUNK_BYTES);
    const end = scan.end ?? scan.snapshot.state;
    const last = scan.ahead.length === 0;
    const { connection, metrics } = this.#options;
    metrics.scanRecords.inc(rows.length);
    const meta = ScanChunk.encode({
      scan: scanId,
      slot: wireSlot,
      chunk,
      last,
      to: end.sequence,
      records: rows.length,
      changes: end.changes,
    }).finish();
    connection.send(MessageType.scanChunk, meta, Buffer.concat(encodeRecordRows(rows)));
    if (last) this.#close(scanId);
  }

  async #open(scanId: number, slot: Slot, wanted: Wanted): Promise<OpenScan> {
    const { remoteApply, storage, metrics } = this.#options;
    if (this.#scans.size >= SCANS_MAX) throw new MeridianError("BUSY", "too many scans are open");
    if (slot < 0 || !remoteApply.isPrimary(slot))
      throw new MeridianError("NOT_PRIMARY", "not primary of the slot");
    // Each try would put another mark into the log.
    if (wanted.mark && this.#options.gate()?.isPaused(slot) === true) throw paused();
    const mark = this.#mark(slot, wanted);
    const sinceMs = wanted.mark ? wanted.since * 1000 : 0;
    const end = sinceMs === 0 ? undefined : mark;
    const scan: OpenScan = {
      slot,
      sinceMs,
      end,
      snapshot: undefined,
      ahead: [],
      nextChunk: 0,
      closed: false,
    };
    this.#scans.set(scanId, scan);
    metrics.scans.inc();
    // The view must hold the mark, or the destination's position could not tell that it has the view.
    if (mark !== undefined) await this.#committed(slot, mark.sequence);
    const snapshot = await storage.snapshot(slot, VIEW_DEADLINE_MS);
    if (scan.closed) {
      await snapshot.close();
      throw new MeridianError("NOT_FOUND", "the scan was dropped");
    }
    scan.snapshot = snapshot;
    await this.#committed(slot, snapshot.state.sequence);
    scan.ahead = await snapshot.next(CHUNK_BYTES);
    return scan;
  }

  /**
   * Marks the log for a rewind. A scan of some records stands for the mark alone, so nothing but what the
   * destination has may lie before it; one of all records stands for all that it holds.
   */
  #mark(slot: Slot, { mark, since, base }: Wanted): OpenScan["end"] {
    if (!mark) return undefined;
    const { remoteApply } = this.#options;
    if (since > 0 && remoteApply.lastSequence(slot) !== base) {
      throw new MeridianError("BUSY", "the partition is written to: all of it must be sent");
    }
    return remoteApply.mark(slot);
  }

  /** Resolves once the pace lets another chunk leave. Throws UNAVAILABLE while nothing is shipped. */
  #turn(slot: Slot): Promise<void> {
    return new Promise((resolve, reject) => {
      const waiter: TurnWaiter = {
        slot,
        settle: (error) => {
          this.#turns.delete(waiter);
          if (error === undefined) resolve();
          else reject(error);
        },
      };
      this.#turns.add(waiter);
      this.#checkTurns();
    });
  }

  #checkTurns(): void {
    const gate = this.#options.gate();
    for (const waiter of [...this.#turns]) {
      if (gate?.isPaused(waiter.slot)) {
        waiter.settle(paused());
      } else if (gate?.mayScan(waiter.slot) !== false) waiter.settle(undefined);
    }
    clearTimeout(this.#turnTimer);
    if (this.#turns.size > 0) this.#turnTimer = setTimeout(() => this.#checkTurns(), TURN_INTERVAL_MS);
  }

  /** Resolves once the slot's commit has reached `sequence` with this node primary throughout. */
  #committed(slot: Slot, sequence: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const waiter: CommitWaiter = {
        slot,
        sequence,
        timer: setTimeout(
          () => waiter.settle(new MeridianError("UNAVAILABLE", "the view's last write does not commit")),
          COMMIT_WAIT_MS,
        ),
        settle: (error) => {
          clearTimeout(waiter.timer);
          this.#waiters.delete(waiter);
          if (error === undefined) resolve();
          else reject(error);
        },
      };
      this.#waiters.add(waiter);
      this.#checkWaiters();
    });
  }

  #checkWaiters(): void {
    const { remoteApply } = this.#options;
    for (const waiter of [...this.#waiters]) {
      if (!remoteApply.isPrimary(waiter.slot)) {
        waiter.settle(new MeridianError("NOT_PRIMARY", "the slot's primary changed"));
      } else if (remoteApply.committedSequence(waiter.slot) >= waiter.sequence) {
        waiter.settle(undefined);
      }
    }
  }

  #close(scanId: number): void {
    const scan = this.#scans.get(scanId);
    if (scan === undefined) return;
    this.#scans.delete(scanId);
    scan.closed = true;
    scan.snapshot?.close().catch((error: unknown) => {
      this.#options.connection.destroy(error instanceof Error ? error : new Error(String(error)));
    });
  }
}

function paused(): MeridianError {
  return new MeridianError("UNAVAILABLE", "nothing is shipped (max-throughput 0, or not enabled)");
}

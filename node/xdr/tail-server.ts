/**
 * Serves one shipper's tail for one destination: runs of entries, flow-controlled by the bytes the
 * shipper has granted, from where each slot was sought.
 *
 * Must guarantee: runs of a slot leave in order and without a hole; a frame names the last seek it
 * honours, and seeks are carried out only between two reads, so that the shipper can tell stale
 * runs from wanted ones. What came by XDR is never handed out to a destination (no echo), only to a
 * change feed. While the datacenter's changes are held, none is read; what the gate keeps back waits its
 * turn, and what it filters is told as such.
 */
import { rethrowBroken } from "../../common/assert.ts";
import type { FrameConnection } from "../../proto/frame-connection.ts";
import { meridian } from "../../proto/gen/tail.js";
import type { Slot } from "../../proto/cluster-map.ts";
import { MessageType } from "../../proto/message-types.ts";
import type { ChangeTail, ChangeTailOptions } from "../change-log/change-tail.ts";
import type { RunBatch } from "../change-log/run-batch.ts";
import type { RemoteApply } from "./remote-apply.ts";
import type { ShipGate } from "./ship-gate.ts";
import type { ShippedMemory } from "./shipped-memory.ts";
import type { ServedNamespace, WireSlots } from "./wire-slots.ts";
import type { XdrMetrics } from "./xdr-metrics.ts";
import { slotNamespaceId } from "../../proto/cluster-map.ts";

const { TailSeek, TailRuns, TailTrimmed, TailStatus } = meridian.tail;

/** Bytes of entries of one TailRuns frame. */
const RUNS_BYTES = 128 * 1024;
/**
 * Bytes of one read at most. Writes are spread over thousands of slots, and what is done for a run
 * costs more than an entry: in a backlog reads grow, so that a slot's entries come in one run.
 */
const READ_BYTES_MAX = 8 * 1024 * 1024;
const READ_GROWTH = 4;
const STATUS_INTERVAL_MS = 200;
/** How often it is looked whether a turn has come. */
const GATE_INTERVAL_MS = 50;

/** A read on its way out, in frames. */
interface Reading {
  readonly batch: RunBatch;
  /** The last seek it honours. */
  readonly seek: number;
  /** Runs that have left. */
  sent: number;
}

export interface TailServerOptions {
  readonly connection: FrameConnection;
  readonly slots: WireSlots;
  /** Source id of the destination; 0 of a change feed. */
  readonly destinationId: number;
  readonly wanted: ChangeTailOptions["wanted"];
  readonly remoteApply: RemoteApply;
  readonly openTail: (options: ChangeTailOptions) => ChangeTail;
  readonly namespaces: () => readonly ServedNamespace[];
  /** The datacenter's changes are held back by a fence. */
  readonly held: () => boolean;
  /** What may leave, and when; a change feed has none. */
  readonly gate: ShipGate | undefined;
  readonly memory: ShippedMemory;
  readonly metrics: XdrMetrics;
  /** The tail failed (log unreadable): the connection must go. */
  readonly onError: (error: Error) => void;
}

export class TailServer {
  readonly #options: TailServerOptions;
  readonly #tail: ChangeTail;
  readonly #unsubscribe: () => void;
  readonly #statusTimer: NodeJS.Timeout;
  #gateTimer: NodeJS.Timeout | undefined;
  /** Slots of a paused namespace whose log was trimmed: told when it goes on. */
  #trimmed: { readonly slot: Slot; readonly firstSequence: number }[] = [];
  /** Slots that are followed. */
  readonly #followed = new Set<Slot>();
  /** Slots that are scanned instead, or wait for it: they have their part of the pace, too. */
  readonly #recovering = new Set<Slot>();
  /** Where the next run of a slot must begin, when the tail itself starts later. */
  readonly #rebase = new Map<Slot, number>();
  readonly #moved = new Set<Slot>();
  readonly #seeks: ReturnType<typeof TailSeek.decode>[] = [];
  /** Followed by scan instead: the destination has started from nothing. */
  readonly #reborn: Slot[] = [];
  #seekNumber = 0;
  #credit = 0;
  #readBytes = RUNS_BYTES;
  #reading: Reading | undefined;
  #ready = true;
  #statusDue = false;
  #heldBack = false;
  #pumping = false;
  #wokenAgain = false;
  #closed = false;

  constructor(options: TailServerOptions) {
    this.#options = options;
    this.#tail = options.openTail({
      wanted: options.wanted,
      judge: options.gate?.judge,
      onReady: () => {
        this.#ready = true;
        this.#wake();
      },
    });
    this.#unsubscribe = options.remoteApply.onCommitted((slots) => this.#committed(slots));
    this.#statusTimer = setInterval(() => {
      this.#statusDue = this.#moved.size > 0;
      // A fence that is lifted tells nobody: it is looked at now and then.
      if (this.#statusDue || this.#heldBack) this.#wake();
    }, STATUS_INTERVAL_MS);
  }

  /** Settings have changed: what waited by the old ones is looked at again. */
  settingsChanged(): void {
    this.#turn();
  }

  #turn(): void {
    const { gate } = this.#options;
    if (gate === undefined || this.#closed) return;
    this.#tail.release(gate.due());
    if (this.#trimmed.some(({ slot }) => !gate.isPaused(slot))) this.#wake();
    this.#awaitTurn();
  }

  /** Looks again in a while, as long as somebody waits for a turn. */
  #awaitTurn(): void {
    if (this.#closed || this.#gateTimer !== undefined || this.#options.gate?.isHolding !== true) return;
    this.#gateTimer = setTimeout(() => {
      this.#gateTimer = undefined;
      this.#turn();
    }, GATE_INTERVAL_MS);
  }

  seek(meta: Buffer): void {
    this.#seeks.push(TailSeek.decode(meta));
    this.#ready = true;
    this.#wake();
  }

  credit(bytes: number): void {
    this.#credit += bytes;
    this.#wake();
  }

  /** The socket took what it had: go on. */
  drained(): void {
    this.#wake();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearInterval(this.#statusTimer);
    clearTimeout(this.#gateTimer);
    this.#unsubscribe();
    this.#tail.close();
  }

  #committed(slots: readonly Slot[]): void {
    for (const slot of slots) {
      if (!this.#followed.has(slot)) continue;
      this.#moved.add(slot);
      this.#tail.committed(slot, this.#options.remoteApply.committedSequence(slot));
    }
  }

  /** Also while it is just ending: what came then must not wait for the next wake. */
  #wake(): void {
    if (this.#closed) return;
    this.#wokenAgain = this.#pumping;
    if (this.#pumping) return;
    this.#pumping = true;
    this.#pump().then(
      () => {
        this.#pumping = false;
        if (this.#wokenAgain) this.#wake();
      },
      (error: unknown) => {
        rethrowBroken(error);
        this.#pumping = false;
        if (!this.#closed) this.#options.onError(error instanceof Error ? error : new Error(String(error)));
      },
    );
  }

  async #pump(): Promise<void> {
    const { connection } = this.#options;
    while (!this.#closed) {
      if (this.#reading !== undefined && !this.#sendRuns(this.#reading)) return;
      this.#reading = undefined;
      this.#carryOutSeeks();
      this.#sendTrimmed();
      if (this.#statusDue) this.#sendStatus();
      this.#heldBack = this.#options.held();
      if (this.#heldBack || !this.#ready || this.#credit <= 0 || connection.blocked) return;
      this.#ready = false;
      const seek = this.#seekNumber;
      const bytes = Math.min(this.#credit, this.#readBytes);
      const batch = await this.#tail.next(bytes);
      this.#awaitTurn();
      const full = batch.totalBytes >= this.#readBytes;
      this.#readBytes = full ? Math.min(READ_BYTES_MAX, this.#readBytes * READ_GROWTH) : RUNS_BYTES;
      if (batch.size === 0) continue;
      this.#ready = true;
      this.#credit -= batch.totalBytes;
      this.#reading = { batch, seek, sent: 0 };
    }
  }

  #carryOutSeeks(): void {
    const { slots, remoteApply, memory, destinationId, namespaces, gate } = this.#options;
    if (this.#seeks.length === 0) return;
    const served = namespaces();
    for (const seek of this.#seeks.splice(0)) {
      for (const wireSlot of seek.dropped) {
        const slot = slots.local(wireSlot);
        if (slot >= 0) this.#unfollow(slot);
      }
      for (const wireSlot of seek.recovering) {
        const slot = slots.local(wireSlot);
        if (slot >= 0) this.#recovering.add(slot);
      }
      for (let index = 0; index < seek.slots.length; index++) {
        const wireSlot = seek.slots[index] ?? -1;
        const slot = slots.local(wireSlot);
        if (slot < 0) continue;
        const base = seek.bases[index] ?? 0;
        const logId = served[slotNamespaceId(slot)]?.logId ?? 0;
        const lacksOthers = gate?.forwards(slot) === true && remoteApply.appliedPositions(slot).length > 0;
        const itsLogId = seek.destinationLogIds[slotNamespaceId(wireSlot)] ?? 0;
        // What it made itself before it started from nothing, the log would pass over.
        if (base === 0 && (lacksOthers || this.#isReborn(slot, itsLogId))) {
          this.#unfollow(slot);
          this.#reborn.push(slot);
          continue;
        }
        const covered = memory.coveredFrom(destinationId, slot, logId, base, seek.covered[index] ?? base);
        this.#followed.add(slot);
        this.#recovering.delete(slot);
        this.#moved.add(slot);
        if (covered > base) this.#rebase.set(slot, base + 1);
        else this.#rebase.delete(slot);
        this.#tail.seek(slot, covered + 1);
        this.#tail.committed(slot, remoteApply.committedSequence(slot));
      }
      this.#seekNumber = seek.number;
    }
    const counts = served.map(() => 0);
    for (const slot of [...this.#followed, ...this.#recovering]) {
      const namespaceId = slotNamespaceId(slot);
      counts[namespaceId] = (counts[namespaceId] ?? 0) + 1;
    }
    gate?.follow(counts);
  }

  #unfollow(slot: Slot): void {
    this.#followed.delete(slot);
    this.#recovering.delete(slot);
    this.#options.gate?.forget(slot);
    this.#trimmed = this.#trimmed.filter((one) => one.slot !== slot);
    this.#moved.delete(slot);
    this.#rebase.delete(slot);
    this.#tail.drop(slot);
  }

  /**
   * Whether a destination that has applied nothing of this slot is not the one whose changes we hold:
   * then it lacks those, too, and our log, which ships only our own, is no help.
   */
  #isReborn(slot: Slot, destinationLogId: number): boolean {
    if (destinationLogId === 0) return false;
    return this.#options.remoteApply
      .appliedPositions(slot)
      .some(
        ({ originId, originLogId }) =>
          originId === this.#options.destinationId && originLogId !== destinationLogId,
      );
  }

  #sendTrimmed(): void {
    const reborn = this.#reborn.splice(0).map((slot) => ({ slot, firstSequence: 1 }));
    const { connection, slots, gate } = this.#options;
    const all = [...this.#trimmed, ...this.#tail.takeTrimmed(), ...reborn];
    // A scan that would wait keeps others from theirs.
    const trimmed = all.filter(({ slot }) => gate?.isPaused(slot) !== true);
    this.#trimmed = all.filter(({ slot }) => gate?.isPaused(slot) === true);
    if (trimmed.length === 0) return;
    const known = trimmed.filter(({ slot }) => slots.wire(slot) >= 0);
    const meta = TailTrimmed.encode({
      seek: this.#seekNumber,
      slots: known.map(({ slot }) => slots.wire(slot)),
      firsts: known.map(({ firstSequence }) => firstSequence),
    }).finish();
    connection.send(MessageType.tailTrimmed, meta);
  }

  /** Sends a read in frames; false when the socket has enough for now. */
  #sendRuns(reading: Reading): boolean {
    const { connection, metrics } = this.#options;
    const { batch, seek } = reading;
    while (reading.sent < batch.size) {
      if (connection.blocked) return false;
      const first = reading.sent;
      let end = first;
      let total = 0;
      let entries = 0;
      while (end < batch.size && total < RUNS_BYTES) {
        total += batch.bytes[end] ?? 0;
        entries += batch.counts[end] ?? 0;
        end++;
      }
      reading.sent = end;
      metrics.tailEntries.inc(entries);
      metrics.tailBytes.inc(total);
      this.#sendFrame(batch, seek, first, end, total);
    }
    return true;
  }

  #sendFrame(batch: RunBatch, seek: number, first: number, end: number, bytes: number): void {
    const { connection, slots } = this.#options;
    const table = { seek, slots: [], from: [], span: [], counts: [], bytes: [] } as {
      seek: number;
      slots: number[];
      from: number[];
      span: number[];
      counts: number[];
      bytes: number[];
    };
    const body = Buffer.allocUnsafeSlow(bytes);
    let offset = 0;
    for (let run = first; run < end; run++) {
      const slot = batch.slots[run] ?? -1;
      const own = batch.from[run] ?? 0;
      const from = this.#rebase.size === 0 ? own : (this.#rebase.get(slot) ?? own);
      if (from !== own) this.#rebase.delete(slot);
      table.slots.push(slots.wire(slot));
      table.from.push(from);
      table.span.push((batch.to[run] ?? 0) - from);
      table.counts.push(batch.counts[run] ?? 0);
      table.bytes.push(batch.bytes[run] ?? 0);
      this.#moved.add(slot);
      offset = batch.copyRun(run, body, offset);
    }
    connection.send(MessageType.tailRuns, TailRuns.encode(table).finish(), body);
  }

  #sendStatus(): void {
    const { connection, slots, remoteApply, gate, destinationId } = this.#options;
    this.#statusDue = false;
    const status = {
      seek: this.#seekNumber,
      slots: [] as number[],
      next: [] as number[],
      committed: [] as number[],
      changes: [] as number[],
      throttled: (gate?.throttled ?? []).flatMap((id) => slots.wireNamespace(id)),
    };
    for (const slot of this.#moved) {
      const next = this.#tail.nextSequence(slot);
      const committed = remoteApply.committedSequence(slot);
      status.slots.push(slots.wire(slot));
      status.next.push(next);
      status.committed.push(committed);
      // What is numbered and not committed yet must not count.
      const settled = remoteApply.lastSequence(slot) === committed;
      if (destinationId !== 0) status.changes.push(settled ? remoteApply.changes(slot) : -1);
      // Entries that are not handed out move the tail without a run: told again until it is through.
      if (next > committed && settled) this.#moved.delete(slot);
    }
    connection.send(MessageType.tailStatus, TailStatus.encode(status).finish());
  }
}

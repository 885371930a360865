/**
 * Serves one shipper's tail for one destination: runs of entries, flow-controlled by the bytes the
 * shipper has granted, from where each slot was sought.
 *
 * Must guarantee: runs of a slot leave in order and without a hole; a frame names the last seek it
 * honours, and seeks are carried out only between two reads, so that the shipper can tell stale
 * runs from wanted ones. What came by XDR is never handed out (no echo).
 */
import type { FrameConnection } from "../../proto/frame-connection.ts";
import { meridian } from "../../proto/gen/tail.js";
import type { Slot } from "../../proto/cluster-map.ts";
import { EntryKind, Operation } from "../../proto/entry.ts";
import { MessageType } from "../../proto/message-types.ts";
import type { ChangeTail, ChangeTailOptions, TailRun } from "../change-log/change-tail.ts";
import type { RemoteApply } from "./remote-apply.ts";
import type { ShippedMemory } from "./shipped-memory.ts";
import type { ServedNamespace, WireSlots } from "./wire-slots.ts";
import type { XdrMetrics } from "./xdr-metrics.ts";
import { slotNamespaceId } from "../../proto/cluster-map.ts";

const { TailSeek, TailRuns, TailTrimmed, TailStatus } = meridian.tail;

/** Bytes of entries of one TailRuns frame. */
const RUNS_BYTES = 128 * 1024;
const STATUS_INTERVAL_MS = 200;

/** Local changes are shipped; what arrived by XDR, and what stores no record, is not. */
function isShippable(entry: Buffer): boolean {
  // Expiry follows from the void time in every datacenter alike: it is no change to ship.
  return entry[8] === EntryKind.put && entry[24] === 0 && entry[9] !== Operation.expire;
}

export interface TailServerOptions {
  readonly connection: FrameConnection;
  readonly slots: WireSlots;
  readonly destinationId: number;
  readonly remoteApply: RemoteApply;
  readonly openTail: (options: ChangeTailOptions) => ChangeTail;
  readonly namespaces: () => readonly ServedNamespace[];
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
  /** Slots that are followed. */
  readonly #followed = new Set<Slot>();
  /** Where the next run of a slot must begin, when the tail itself starts later. */
  readonly #rebase = new Map<Slot, number>();
  readonly #moved = new Set<Slot>();
  readonly #seeks: ReturnType<typeof TailSeek.decode>[] = [];
  /** Followed by scan instead: the destination has started from nothing. */
  readonly #reborn: Slot[] = [];
  #seekNumber = 0;
  #credit = 0;
  #ready = true;
  #statusDue = false;
  #pumping = false;
  #closed = false;

  constructor(options: TailServerOptions) {
    this.#options = options;
    this.#tail = options.openTail({
      wanted: isShippable,
      onReady: () => {
        this.#ready = true;
        this.#wake();
      },
    });
    this.#unsubscribe = options.remoteApply.onCommitted((slots) => this.#committed(slots));
    this.#statusTimer = setInterval(() => {
      this.#statusDue = this.#moved.size > 0;
      if (this.#statusDue) this.#wake();
    }, STATUS_INTERVAL_MS);
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

  #wake(): void {
    if (this.#pumping || this.#closed) return;
    this.#pumping = true;
    this.#pump().then(
      () => {
        this.#pumping = false;
      },
      (error: unknown) => {
        this.#pumping = false;
        if (!this.#closed) this.#options.onError(error instanceof Error ? error : new Error(String(error)));
      },
    );
  }

  async #pump(): Promise<void> {
    const { connection } = this.#options;
    while (!this.#closed) {
      this.#carryOutSeeks();
      this.#sendTrimmed();
      if (this.#statusDue) this.#sendStatus();
      if (!this.#ready || this.#credit <= 0 || connection.blocked) return;
      this.#ready = false;
      const seek = this.#seekNumber;
      const runs = await this.#tail.next(Math.min(this.#credit, RUNS_BYTES));
      if (this.#closed) return;
      if (runs.length > 0) {
        this.#ready = true;
        this.#sendRuns(runs, seek);
      }
    }
  }

  #carryOutSeeks(): void {
    const { slots, remoteApply, memory, destinationId, namespaces } = this.#options;
    const served = namespaces();
    for (const seek of this.#seeks.splice(0)) {
      for (const wireSlot of seek.dropped) {
        const slot = slots.local(wireSlot);
        if (slot >= 0) this.#unfollow(slot);
      }
      for (let index = 0; index < seek.slots.length; index++) {
        const wireSlot = seek.slots[index] ?? -1;
        const slot = slots.local(wireSlot);
        if (slot < 0) continue;
        const base = seek.bases[index] ?? 0;
        const logId = served[slotNamespaceId(slot)]?.logId ?? 0;
        if (base === 0 && this.#isReborn(slot, seek.destinationLogIds[slotNamespaceId(wireSlot)] ?? 0)) {
          this.#unfollow(slot);
          this.#reborn.push(slot);
          continue;
        }
        const covered = memory.coveredFrom(destinationId, slot, logId, base, seek.covered[index] ?? base);
        this.#followed.add(slot);
        this.#moved.add(slot);
        if (covered > base) this.#rebase.set(slot, base + 1);
        else this.#rebase.delete(slot);
        this.#tail.seek(slot, covered + 1);
        this.#tail.committed(slot, remoteApply.committedSequence(slot));
      }
      this.#seekNumber = seek.number;
    }
  }

  #unfollow(slot: Slot): void {
    this.#followed.delete(slot);
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
    const trimmed = [...this.#tail.takeTrimmed().map(({ slot }) => slot), ...this.#reborn.splice(0)];
    if (trimmed.length === 0) return;
    const { connection, slots } = this.#options;
    const wire = trimmed.map((slot) => slots.wire(slot)).filter((slot) => slot >= 0);
    const meta = TailTrimmed.encode({ seek: this.#seekNumber, slots: wire }).finish();
    connection.send(MessageType.tailTrimmed, meta);
  }

  #sendRuns(runs: readonly TailRun[], seek: number): void {
    const { connection, slots, metrics } = this.#options;
    const table = {
      seek,
      slots: new Array<number>(runs.length),
      from: new Array<number>(runs.length),
      span: new Array<number>(runs.length),
      counts: new Array<number>(runs.length),
      bytes: new Array<number>(runs.length),
    };
    const entries: Buffer[] = [];
    let total = 0;
    for (let index = 0; index < runs.length; index++) {
      const run = runs[index];
      if (run === undefined) continue;
      let bytes = 0;
      for (const entry of run.entries) {
        bytes += entry.length;
        entries.push(entry);
      }
      const from = this.#rebase.get(run.slot) ?? run.from;
      if (from !== run.from) this.#rebase.delete(run.slot);
      table.slots[index] = slots.wire(run.slot);
      table.from[index] = from;
      table.span[index] = run.to - from;
      table.counts[index] = run.entries.length;
      table.bytes[index] = bytes;
      this.#moved.add(run.slot);
      total += bytes;
    }
    this.#credit -= total;
    metrics.tailEntries.inc(entries.length);
    metrics.tailBytes.inc(total);
    // One copy of the batch is cheaper than a socket write of hundreds of small pieces.
    connection.send(MessageType.tailRuns, TailRuns.encode(table).finish(), Buffer.concat(entries, total));
  }

  #sendStatus(): void {
    const { connection, slots, remoteApply } = this.#options;
    this.#statusDue = false;
    const status = { seek: this.#seekNumber, slots: [], next: [], committed: [] } as {
      seek: number;
      slots: number[];
      next: number[];
      committed: number[];
    };
    for (const slot of this.#moved) {
      const next = this.#tail.nextSequence(slot);
      const committed = remoteApply.committedSequence(slot);
      status.slots.push(slots.wire(slot));
      status.next.push(next);
      status.committed.push(committed);
      // Entries that are not handed out move the tail without a run: told again until it is through.
      if (next > committed) this.#moved.delete(slot);
    }
    connection.send(MessageType.tailStatus, TailStatus.encode(status).finish());
  }
}

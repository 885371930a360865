/**
 * Replication frames on their way to one peer: entries of all slots are collected into one frame a
 * turn, and what a frame held is remembered until it is acknowledged.
 */
import type { Slot } from "../../proto/cluster-map.ts";
import { meridian } from "../../proto/gen/peer.js";

const { Append } = meridian.peer;

/** What an acknowledged row proves: the peer has the slot's log up to `last` on disk. */
export interface AckedRow {
  readonly slot: Slot;
  readonly epoch: number;
  readonly last: number;
}

interface Rows {
  readonly frameId: number;
  readonly slots: number[];
  readonly epochs: number[];
  readonly firsts: number[];
  readonly counts: number[];
  readonly bodies: Buffer[];
  bytes: number;
}

export class AppendFrames {
  #nextFrameId = 1;
  #open: Rows | undefined;
  #unacked: Rows[] = [];
  #unackedBytes = 0;

  /** Bytes of entries sent or collected and not yet acknowledged. */
  get outstandingBytes(): number {
    return this.#unackedBytes + (this.#open?.bytes ?? 0);
  }
  get openBytes(): number {
    return this.#open?.bytes ?? 0;
  }

  add(slot: Slot, epoch: number, sequence: number, entry: Buffer): void {
    this.#open ??= emptyRows(this.#nextFrameId++);
    const open = this.#open;
    const row = open.slots.length - 1;
    if (
      row >= 0 &&
      open.slots[row] === slot &&
      open.epochs[row] === epoch &&
      (open.firsts[row] as number) + (open.counts[row] as number) === sequence
    ) {
      open.counts[row] = (open.counts[row] as number) + 1;
    } else {
      open.slots.push(slot);
      open.epochs.push(epoch);
      open.firsts.push(sequence);
      open.counts.push(1);
    }
    open.bodies.push(entry);
    open.bytes += entry.length;
  }

  /** The collected frame, if there is one; from now on it waits for its acknowledgement. */
  take(): { readonly meta: Uint8Array; readonly bodies: readonly Buffer[] } | undefined {
    const open = this.#open;
    if (open === undefined) return undefined;
    this.#open = undefined;
    this.#unacked.push({ ...open, bodies: [] });
    this.#unackedBytes += open.bytes;
    const { frameId, slots, epochs, firsts, counts } = open;
    return { meta: Append.encode({ frameId, slots, epochs, firsts, counts }).finish(), bodies: open.bodies };
  }

  /** Rows that frames up to `frameId` prove, without the rejected ones. */
  acked(frameId: number, rejectedFrames: readonly number[], rejectedSlots: readonly number[]): AckedRow[] {
    const rejected = new Set(rejectedFrames.map((frame, index) => `${frame}:${rejectedSlots[index]}`));
    const rows: AckedRow[] = [];
    let done = 0;
    for (const frame of this.#unacked) {
      if (frame.frameId > frameId) break;
      done++;
      this.#unackedBytes -= frame.bytes;
      frame.slots.forEach((slot, index) => {
        if (rejected.size > 0 && rejected.has(`${frame.frameId}:${slot}`)) return;
        const last = (frame.firsts[index] as number) + (frame.counts[index] as number) - 1;
        rows.push({ slot, epoch: frame.epochs[index] as number, last });
      });
    }
    this.#unacked.splice(0, done);
    return rows;
  }
}

function emptyRows(frameId: number): Rows {
  return { frameId, slots: [], epochs: [], firsts: [], counts: [], bodies: [], bytes: 0 };
}

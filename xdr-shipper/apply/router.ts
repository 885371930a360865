/**
 * Hands runs and chunks to the primaries of their slots, in order per slot. What a node refuses for
 * now (not primary any more, busy, gone) is held and tried again at the slot's next primary; held
 * for too long it is given up, and the origin ships it again. What is refused because its origin was
 * declared lost is over at once: nothing here can make it welcome.
 */
import { MeridianError } from "../../common/errors.ts";
import { PARTITION_COUNT } from "../../common/limits.ts";
import type { Slot } from "../../proto/cluster-map.ts";
import type { Frame } from "../../proto/frame.ts";
import { meridian } from "../../proto/gen/apply.js";
import type { NodeLink } from "../tail/node-links.ts";
import type { Intake, ShipMessage } from "./intake.ts";
import { type ApplyRequest, NodeQueue } from "./node-queue.ts";
import type { PositionBook } from "./position-book.ts";

const { ApplyReply } = meridian.apply;

const OUTCOME_APPLIED = 0;
const OUTCOME_GAP = 1;
const OUTCOME_SHUT_OUT = 6;
/** Longer than a failover takes; what is held counts in the bound of what is taken from the bus. */
const HOLD_MS = 8000;
const RETRY_MS = 100;
/** A node that answers nothing for this long is given up; sooner when its slots have moved on. */
const SILENT_MS = 10_000;
const SILENT_MOVED_MS = 500;

interface HeldItem {
  readonly message: ShipMessage;
  readonly index: number;
  readonly since: number;
}

interface Held {
  readonly items: HeldItem[];
  triedAt: number;
}

/** Changes by how they ended, since the start; the sums balance. */
export interface OutcomeCounts {
  /** Entries and records of runs and chunks that were applied: what the states below sum up to. */
  handed: number;
  applied: number;
  superseded: number;
  conflictWon: number;
  conflictLost: number;
  duplicate: number;
  parked: number;
  /** Entries that stand for changes which were not shipped. */
  filtered: number;
  /** Runs or chunks answered with a gap, and given up after refusals: shipped again. */
  gaps: number;
  givenUp: number;
  /** Runs or chunks refused because the origin was declared lost. */
  shutOut: number;
}

export class Router {
  readonly counts: readonly OutcomeCounts[];
  readonly #originId: number;
  readonly #book: PositionBook;
  readonly #queues = new Map<number, NodeQueue>();
  readonly #primary: (NodeQueue | undefined)[] = [];
  #claimed = 0;
  readonly #held = new Map<Slot, Held>();
  #intake: Intake | undefined;
  #flushing = false;
  #now: () => number;

  constructor(originId: number, namespaces: number, book: PositionBook, now: () => number) {
    this.#originId = originId;
    this.#book = book;
    this.#now = now;
    this.counts = Array.from({ length: namespaces }, () => ({
      handed: 0,
      applied: 0,
      superseded: 0,
      conflictWon: 0,
      conflictLost: 0,
      duplicate: 0,
      parked: 0,
      filtered: 0,
      gaps: 0,
      givenUp: 0,
      shutOut: 0,
    }));
  }

  /** Where finished runs and chunks are told. */
  attach(intake: Intake): void {
    this.#intake = intake;
  }

  get heldSlots(): number {
    return this.#held.size;
  }

  /** Sends a message's chunks, then its runs, on their way. */
  route(message: ShipMessage): void {
    const { table } = message;
    const runs = table.partitions.length;
    let offset = 0;
    for (let index = 0; index < table.chunkPartitions.length; index++) {
      this.#place(message, runs + index, offset);
      offset += table.chunkBytes[index] ?? 0;
    }
    for (let index = 0; index < runs; index++) {
      this.#place(message, index, offset);
      offset += table.bytes[index] ?? 0;
    }
    this.#flushSoon();
  }

  nodeOpened(link: NodeLink): void {
    if (!this.#queues.has(link.ref)) {
      this.#queues.set(link.ref, new NodeQueue(link.ref, link.connection, this.#originId));
    }
  }

  primaries(link: NodeLink, gained: readonly Slot[], lost: readonly Slot[]): void {
    const queue = this.#queues.get(link.ref);
    if (queue === undefined) return;
    const before = new Set<NodeQueue>();
    for (const slot of lost) queue.claims.delete(slot);
    for (const slot of gained) queue.claims.set(slot, ++this.#claimed);
    for (const slot of [...lost, ...gained]) {
      const old = this.#primary[slot];
      this.#primary[slot] = this.#claimant(slot);
      if (old !== undefined && old !== queue && this.#primary[slot] === queue) before.add(old);
    }
    for (const old of before) this.#giveUpSilent(old, SILENT_MOVED_MS);
    this.retry();
  }

  /** The node that claimed the slot last: news of two nodes may overtake each other. */
  #claimant(slot: Slot): NodeQueue | undefined {
    let found: NodeQueue | undefined;
    let newest = 0;
    for (const queue of this.#queues.values()) {
      const claim = queue.claims.get(slot) ?? 0;
      if (claim > newest) [found, newest] = [queue, claim];
    }
    return found;
  }

  nodeClosed(link: NodeLink): void {
    const queue = this.#queues.get(link.ref);
    if (queue === undefined) return;
    this.#queues.delete(link.ref);
    for (const slot of queue.claims.keys()) this.#primary[slot] = this.#claimant(slot);
    for (const request of queue.drain(this.#now())) {
      for (const [row, message] of request.messages.entries()) this.#hold(message, request.indexes[row] ?? 0);
    }
  }

  reply(link: NodeLink, frame: Frame): void {
    const reply = ApplyReply.decode(frame.meta);
    const request = this.#queues.get(link.ref)?.answered(reply.request, this.#now());
    if (request === undefined) throw new MeridianError("FRAME_CORRUPT", `no request ${reply.request}`);
    const counts = this.counts[request.namespace];
    if (counts !== undefined) {
      counts.applied += reply.applied;
      counts.superseded += reply.superseded;
      counts.conflictWon += reply.conflictWon;
      counts.conflictLost += reply.conflictLost;
      counts.duplicate += reply.duplicate;
      counts.parked += reply.parked;
      counts.filtered += reply.filtered;
    }
    for (let row = 0; row < request.messages.length; row++) {
      this.#outcome(request, row, reply.outcomes[row] ?? OUTCOME_GAP, reply.positions[row] ?? 0);
    }
  }

  /** Tries what is held again, gives up what was held too long, and nodes that are silent. */
  retry(): void {
    const now = this.#now();
    for (const queue of this.#queues.values()) this.#giveUpSilent(queue, SILENT_MS);
    for (const [slot, held] of this.#held) {
      const [first] = held.items;
      if (first === undefined || now - first.since > HOLD_MS) {
        this.#held.delete(slot);
        this.#giveUp(held);
      } else if (this.#primary[slot] !== undefined && now - held.triedAt >= RETRY_MS) {
        this.#held.delete(slot);
        for (const { message, index } of held.items) this.#place(message, index, offsetOf(message, index));
      }
    }
    this.#flush();
  }

  #place(message: ShipMessage, index: number, offset: number): void {
    const runs = message.table.partitions.length;
    const slot = slotOfItem(message, index);
    const queue = this.#primary[slot];
    if (queue === undefined || this.#held.has(slot)) {
      this.#hold(message, index);
    } else if (index < runs) {
      queue.addRun(message, index, offset, this.#now());
    } else {
      queue.addChunk(message, index - runs, offset, this.#now());
    }
  }

  #hold(message: ShipMessage, index: number): void {
    const now = this.#now();
    const slot = slotOfItem(message, index);
    const held = this.#held.get(slot);
    const item = { message, index, since: message.heldSince ?? now };
    message.heldSince = item.since;
    if (held === undefined) this.#held.set(slot, { items: [item], triedAt: now });
    else held.items.push(item);
  }

  #outcome(request: ApplyRequest, row: number, outcome: number, position: number): void {
    const message = request.messages[row];
    if (message === undefined) return;
    const index = request.indexes[row] ?? 0;
    const partition = request.partitions[row] ?? 0;
    if (outcome === OUTCOME_APPLIED || outcome === OUTCOME_GAP) {
      this.#book.raise(request.namespace, partition, request.logId, position);
    }
    const counts = this.counts[request.namespace];
    if (outcome === OUTCOME_SHUT_OUT) {
      if (counts !== undefined) counts.shutOut++;
      this.#intake?.finishOne(message);
      return;
    }
    const gap = outcome === OUTCOME_GAP;
    // A gap behind something held is no gap: it goes again after it.
    const behind = gap && this.#held.has(request.namespace * PARTITION_COUNT + partition);
    if (outcome > OUTCOME_GAP || behind) {
      this.#hold(message, index);
      return;
    }
    if (gap && counts !== undefined) counts.gaps++;
    if (!gap && counts !== undefined) counts.handed += entriesOf(message, index);
    this.#intake?.finishOne(message);
  }

  #giveUp(held: Held): void {
    for (const { message } of held.items) {
      const counts = this.counts[message.namespace];
      if (counts !== undefined) counts.givenUp++;
      this.#intake?.finishOne(message);
    }
  }

  #giveUpSilent(queue: NodeQueue, limitMs: number): void {
    const silentMs = queue.silentMs(this.#now());
    if (silentMs > limitMs) queue.destroy(new MeridianError("LINK_DOWN", `no answer for ${silentMs | 0} ms`));
  }

  /** Messages that arrive together leave together. */
  #flushSoon(): void {
    if (this.#flushing) return;
    this.#flushing = true;
    setImmediate(() => {
      this.#flushing = false;
      this.#flush();
    });
  }

  #flush(): void {
    const now = this.#now();
    for (const queue of this.#queues.values()) queue.flush(now);
  }
}

/** `handed` less everything a change can end in; anything but 0 is a bug. */
export function unaccounted(counts: OutcomeCounts): number {
  const { handed, applied, superseded, conflictWon, conflictLost, duplicate, parked, filtered } = counts;
  return handed - applied - superseded - conflictWon - conflictLost - duplicate - parked - filtered;
}

/** How many entries or records an item holds. */
function entriesOf(message: ShipMessage, index: number): number {
  const { table } = message;
  const runs = table.partitions.length;
  return (index < runs ? table.counts[index] : table.chunkRecords[index - runs]) ?? 0;
}

function slotOfItem(message: ShipMessage, index: number): Slot {
  const { table, namespace } = message;
  const runs = table.partitions.length;
  const partition = index < runs ? table.partitions[index] : table.chunkPartitions[index - runs];
  return namespace * PARTITION_COUNT + (partition ?? 0);
}

/** Where an item's bytes lie: chunks first, then runs. */
function offsetOf(message: ShipMessage, index: number): number {
  const { table } = message;
  const runs = table.partitions.length;
  const chunks = index < runs ? table.chunkBytes.length : index - runs;
  let offset = 0;
  for (let chunk = 0; chunk < chunks; chunk++) offset += table.chunkBytes[chunk] ?? 0;
  for (let run = 0; index < runs && run < index; run++) offset += table.bytes[run] ?? 0;
  return offset;
}

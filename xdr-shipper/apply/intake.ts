/**
 * Turns bus deliveries into ship messages and keeps, per publisher and subject, how far they are
 * dealt with. What cannot be decoded is counted, named in the log and passed over: the origin sees
 * by the progress that it was not applied.
 */
import { errorMessage, MeridianError } from "../../common/errors.ts";
import type { Logger } from "../../common/log.ts";
import { meridian } from "../../proto/gen/bus.js";
import type { BusDelivery } from "../bus/bus.ts";
import { decodeFragment, type Fragment, Reassembler } from "../pack/envelope.ts";

const { ShipTable } = meridian.bus;
type ShipTable = ReturnType<typeof ShipTable.decode>;

/** A message on its way to the nodes. */
export interface ShipMessage {
  readonly table: ShipTable;
  readonly body: Buffer;
  /** Position of our namespace, -1 when this datacenter does not serve it. */
  readonly namespace: number;
  /** Runs and chunks without an outcome. */
  remaining: number;
  readonly progress: SubjectProgress;
  readonly number: number;
  readonly delivery: BusDelivery;
  /** When part of it was first refused. */
  heldSince: number | undefined;
}

/** One publisher's messages on one subject, in order of arrival. */
export interface SubjectProgress {
  readonly namespace: string;
  readonly lane: number;
  readonly publisher: number;
  received: number;
  finished: number;
  usedAt: number;
  readonly open: ShipMessage[];
}

/** A publisher that is silent for this long is not reported on any more. */
const FORGET_MS = 60_000;

export interface IntakeOptions {
  readonly originId: number;
  readonly destinationId: number;
  readonly namespaces: readonly string[];
  readonly onMessage: (message: ShipMessage) => void;
  readonly log: Logger;
}

export class Intake {
  readonly #options: IntakeOptions;
  readonly #progress = new Map<string, SubjectProgress>();
  readonly #reassemblers = new Map<string, Reassembler>();
  /** Bytes taken and not finished. */
  pendingBytes = 0;
  /** Messages that could not be decoded or were meant for somebody else. */
  poisoned = 0;
  readonly missingNamespaces = new Set<string>();
  /** Something in the progress changed since it was last reported. */
  changed = false;

  constructor(options: IntakeOptions) {
    this.#options = options;
  }

  take(delivery: BusDelivery, now: number): void {
    let message: ShipMessage | undefined;
    try {
      message = this.#decode(delivery, now);
    } catch (error) {
      this.poisoned++;
      this.#options.log.error(
        { namespace: delivery.namespace, lane: delivery.lane, reason: errorMessage(error) },
        "a ship message cannot be used: passed over, its origin ships again",
      );
    }
    if (message === undefined) {
      delivery.done();
      return;
    }
    message.progress.open.push(message);
    this.pendingBytes += message.body.length;
    if (message.namespace < 0) this.#missing(message);
    else this.#options.onMessage(message);
    if (message.remaining === 0) this.#advance(message.progress);
  }

  /** A run or chunk of the message has its outcome. */
  finishOne(message: ShipMessage): void {
    message.remaining--;
    if (message.remaining === 0) this.#advance(message.progress);
  }

  /** Whether messages of the lane are held that are not dealt with. */
  isBusy(lane: number): boolean {
    for (const progress of this.#progress.values()) {
      if (progress.lane === lane && progress.open.length > 0) return true;
    }
    return false;
  }

  /** The progress to report; forgets publishers that are gone. */
  report(now: number): readonly SubjectProgress[] {
    this.changed = false;
    for (const [key, progress] of this.#progress) {
      if (progress.open.length === 0 && now - progress.usedAt > FORGET_MS) this.#progress.delete(key);
    }
    return [...this.#progress.values()];
  }

  #decode(delivery: BusDelivery, now: number): ShipMessage | undefined {
    const fragment = decodeFragment(delivery.bytes);
    const progress = this.#progressOf(delivery, fragment, now);
    if (fragment.number > progress.received) progress.received = fragment.number;
    this.changed = true;
    const content = this.#reassembler(delivery).add(fragment);
    if (content === undefined) return undefined;
    const table = ShipTable.decode(content.table);
    const { originId, destinationId, namespaces } = this.#options;
    if (table.originId !== originId || table.destinationId !== destinationId) {
      throw new MeridianError("CLUSTER_MISMATCH", `from ${table.originId} for ${table.destinationId}`);
    }
    checkColumns(table, content.body.length);
    return {
      table,
      body: content.body,
      namespace: namespaces.indexOf(table.namespace),
      remaining: table.partitions.length + table.chunkPartitions.length,
      progress,
      number: table.number,
      delivery,
      heldSince: undefined,
    };
  }

  #progressOf(delivery: BusDelivery, fragment: Fragment, now: number): SubjectProgress {
    const { namespace, lane } = delivery;
    const key = `${namespace}.${lane}.${fragment.publisher}`;
    let progress = this.#progress.get(key);
    if (progress === undefined) {
      const { publisher } = fragment;
      progress = { namespace, lane, publisher, received: 0, finished: 0, usedAt: now, open: [] };
      this.#progress.set(key, progress);
    }
    progress.usedAt = now;
    return progress;
  }

  #reassembler(delivery: BusDelivery): Reassembler {
    const key = `${delivery.namespace}.${delivery.lane}`;
    let reassembler = this.#reassemblers.get(key);
    if (reassembler === undefined) {
      reassembler = new Reassembler();
      this.#reassemblers.set(key, reassembler);
    }
    return reassembler;
  }

  #missing(message: ShipMessage): void {
    const { namespace } = message.table;
    if (!this.missingNamespaces.has(namespace)) {
      this.missingNamespaces.add(namespace);
      this.#options.log.error({ namespace }, "the origin ships a namespace that is not served here");
    }
    message.remaining = 0;
  }

  #advance(progress: SubjectProgress): void {
    while (progress.open[0]?.remaining === 0) {
      const message = progress.open.shift();
      if (message === undefined) return;
      if (message.number > progress.finished) progress.finished = message.number;
      this.pendingBytes -= message.body.length;
      this.changed = true;
      message.delivery.done();
    }
  }
}

function checkColumns(table: ShipTable, bodyBytes: number): void {
  const runs = table.partitions.length;
  const chunks = table.chunkPartitions.length;
  const runsOk = [table.from, table.span, table.counts, table.bytes].every(
    (column) => column.length === runs,
  );
  const chunksOk = [
    table.chunkScans,
    table.chunkNumbers,
    table.chunkLast,
    table.chunkTo,
    table.chunkBytes,
  ].every((column) => column.length === chunks);
  let bytes = 0;
  for (const size of table.chunkBytes) bytes += size;
  for (const size of table.bytes) bytes += size;
  if (!runsOk || !chunksOk || bytes !== bodyBytes) {
    throw new MeridianError("FRAME_CORRUPT", "the columns of a ship message do not add up");
  }
}

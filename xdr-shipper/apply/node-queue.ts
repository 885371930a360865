/**
 * What is on its way to one local node: runs of one namespace and log gathered into a request, and
 * the requests sent and not answered. The bytes unanswered are bounded; more waits here, in order.
 */
import type { Slot } from "../../proto/cluster-map.ts";
import type { FrameConnection } from "../../proto/frame-connection.ts";
import { meridian } from "../../proto/gen/apply.js";
import { MessageType } from "../../proto/message-types.ts";
import type { ShipMessage } from "./intake.ts";

const { ApplyRuns, ApplyScanChunk } = meridian.apply;

const REQUEST_BYTES = 256 * 1024;
/** Enough to keep a node's group commits full; little enough to be answered within moments. */
const UNANSWERED_BYTES_MAX = 2 * 1024 * 1024;

/** One request: row i of it is item `indexes[i]` of `messages[i]`. */
export interface ApplyRequest {
  readonly id: number;
  readonly namespace: number;
  readonly logId: number;
  readonly messages: ShipMessage[];
  /** Index of the run in its message; chunks count on after the runs. */
  readonly indexes: number[];
  readonly partitions: number[];
  type: MessageType;
  meta: Uint8Array;
  body: Buffer;
  sentAt: number;
}

export class NodeQueue {
  readonly ref: number;
  /** Slots the node says it is primary of, with the order in which that was heard. */
  readonly claims = new Map<Slot, number>();
  readonly #connection: FrameConnection;
  readonly #originId: number;
  readonly #unanswered = new Map<number, ApplyRequest>();
  #unansweredBytes = 0;
  #answeredAt = 0;
  #waiting: ApplyRequest[] = [];
  #lastId = 0;
  #scratch = Buffer.allocUnsafe(REQUEST_BYTES);
  #used = 0;
  #open: { request: ApplyRequest; from: number[]; span: number[]; bytes: number[] } | undefined;

  constructor(ref: number, connection: FrameConnection, originId: number) {
    this.ref = ref;
    this.#connection = connection;
    this.#originId = originId;
  }

  /** Adds run `index` of a message, whose bytes lie at `offset` of its body. */
  addRun(message: ShipMessage, index: number, offset: number, now: number): void {
    const { table, namespace } = message;
    let open = this.#open;
    if (open !== undefined && (open.request.namespace !== namespace || open.request.logId !== table.logId)) {
      this.flush(now);
      open = undefined;
    }
    if (open === undefined) {
      open = { request: this.#request(namespace, table.logId), from: [], span: [], bytes: [] };
      this.#open = open;
    }
    const bytes = table.bytes[index] ?? 0;
    open.request.messages.push(message);
    open.request.indexes.push(index);
    open.request.partitions.push(table.partitions[index] ?? 0);
    open.from.push(table.from[index] ?? 0);
    open.span.push(table.span[index] ?? 0);
    open.bytes.push(bytes);
    this.#append(message.body, offset, bytes);
    if (this.#used >= REQUEST_BYTES) this.flush(now);
  }

  /** Adds chunk `index` of a message, as a request of its own. */
  addChunk(message: ShipMessage, index: number, offset: number, now: number): void {
    this.flush(now);
    const { table, namespace } = message;
    const request = this.#request(namespace, table.logId);
    const partition = table.chunkPartitions[index] ?? 0;
    request.messages.push(message);
    request.indexes.push(table.partitions.length + index);
    request.partitions.push(partition);
    request.type = MessageType.applyScanChunk;
    request.meta = ApplyScanChunk.encode({
      request: request.id,
      originId: this.#originId,
      logId: table.logId,
      namespace,
      partition,
      scan: table.chunkScans[index] ?? 0,
      chunk: table.chunkNumbers[index] ?? 0,
      last: table.chunkLast[index] ?? false,
      to: table.chunkTo[index] ?? 0,
      changes: table.chunkChanges[index] ?? 0,
      base: table.chunkBases[index] ?? 0,
    }).finish();
    request.body = message.body.subarray(offset, offset + (table.chunkBytes[index] ?? 0));
    this.#enqueue(request, now);
  }

  /** Closes the request being gathered. */
  flush(now: number): void {
    const open = this.#open;
    if (open === undefined) return;
    this.#open = undefined;
    const { request, from, span, bytes } = open;
    request.meta = ApplyRuns.encode({
      request: request.id,
      originId: this.#originId,
      logId: request.logId,
      namespace: request.namespace,
      partitions: request.partitions,
      from,
      span,
      bytes,
    }).finish();
    // The scratch is used again, the socket keeps what it is given.
    request.body = Buffer.from(this.#scratch.subarray(0, this.#used));
    this.#used = 0;
    this.#enqueue(request, now);
  }

  /** The request that a reply answers, taken out; the next ones are sent. */
  answered(id: number, now: number): ApplyRequest | undefined {
    const request = this.#unanswered.get(id);
    if (request === undefined) return undefined;
    this.#unanswered.delete(id);
    this.#answeredAt = now;
    this.#unansweredBytes -= request.body.length;
    this.#send(now);
    return request;
  }

  /** Milliseconds without any answer although one is due. */
  silentMs(now: number): number {
    for (const request of this.#unanswered.values()) return now - Math.max(request.sentAt, this.#answeredAt);
    return 0;
  }

  /** Gives up: everything without an answer, in order. */
  drain(now: number): ApplyRequest[] {
    this.flush(now);
    const left = [...this.#unanswered.values(), ...this.#waiting];
    this.#unanswered.clear();
    this.#waiting = [];
    return left;
  }

  destroy(error: Error): void {
    this.#connection.destroy(error);
  }

  #request(namespace: number, logId: number): ApplyRequest {
    return {
      id: ++this.#lastId,
      namespace,
      logId,
      messages: [],
      indexes: [],
      partitions: [],
      type: MessageType.applyRuns,
      meta: NOTHING,
      body: NOTHING,
      sentAt: 0,
    };
  }

  #append(source: Buffer, offset: number, bytes: number): void {
    const needed = this.#used + bytes;
    if (needed > this.#scratch.length) {
      const grown = Buffer.allocUnsafe(needed + REQUEST_BYTES);
      this.#scratch.copy(grown, 0, 0, this.#used);
      this.#scratch = grown;
    }
    source.copy(this.#scratch, this.#used, offset, offset + bytes);
    this.#used = needed;
  }

  #enqueue(request: ApplyRequest, now: number): void {
    this.#waiting.push(request);
    this.#send(now);
  }

  #send(now: number): void {
    while (this.#waiting.length > 0 && this.#unansweredBytes < UNANSWERED_BYTES_MAX) {
      const request = this.#waiting.shift();
      if (request === undefined) return;
      request.sentAt = now;
      this.#unanswered.set(request.id, request);
      this.#unansweredBytes += request.body.length;
      this.#connection.send(request.type, request.meta, request.body);
    }
  }
}

const NOTHING = Buffer.alloc(0);

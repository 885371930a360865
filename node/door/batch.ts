/**
 * A batch on its way: starts rows, a window at a time, gathers their replies into frames, and ends
 * the stream with a LAST. Rows whose primary is elsewhere are handed on one by one; the fabric
 * carries many messages in one packet, and a reply of its own for each row keeps replies bounded.
 *
 * Bounded memory: rows are started only while the client reads what is there already.
 */
import type { BatchRequest } from "./batch-request.ts";
import type { DoorCounters } from "./counters.ts";
import type { Executor } from "./executor.ts";
import { lastReply, replyBody, replyCode, stampBatchIndex, writeProtoHeader } from "./reply.ts";
import type { ReplySink } from "./single-command.ts";
import { Info1, Info2, PROTO_HEADER_BYTES, ProtoType, ResultCode } from "./wire.ts";

/** What a batch needs of the connection that it answers to. */
export interface BatchSink {
  /** Takes a frame of the reply. */
  batchFrame(frame: Buffer): void;
  /** Whether more may be produced now; if not, the connection calls `pump` later. */
  writable(): boolean;
  batchDone(): void;
}

/** Replies are sent when they come to this many bytes, though rows are still on their way. */
const FRAME_BYTES = 128 * 1024;
/** Replies of rows in flight should not come to more than this. */
const WINDOW_BYTES = 8 * 1024 * 1024;
/** Reads in flight while the size of replies is not known. */
const FIRST_READS = 32;

class BatchRow implements ReplySink {
  readonly #batch: Batch;
  readonly #place: number;

  constructor(batch: Batch, place: number) {
    this.#batch = batch;
    this.#place = place;
  }

  reply(frame: Buffer): void {
    this.#batch.rowDone(this.#place, frame);
  }
}

export class Batch {
  /** Whether rows wait for nothing but the client's reading. */
  waitsForClient = false;
  readonly #request: BatchRequest;
  readonly #executor: Executor;
  readonly #counters: DoorCounters;
  readonly #sink: BatchSink;
  #started = 0;
  #inFlight = 0;
  #ready: Buffer[] = [];
  #readyBytes = 0;
  #pumping = false;
  #stopped = false;
  #ended = false;
  #result: number = ResultCode.ok;
  readonly #reads: boolean;
  #largestReply = 0;

  constructor(request: BatchRequest, executor: Executor, counters: DoorCounters, sink: BatchSink) {
    this.#request = request;
    this.#executor = executor;
    this.#counters = counters;
    this.#sink = sink;
    this.#reads = request.rows.some((row) => (row.info1 & Info1.read) !== 0);
  }

  /** Starts rows as far as window and client allow. */
  pump(): void {
    if (this.#pumping || this.#ended) return;
    this.#pumping = true;
    const { rows } = this.#request;
    while (
      !this.#stopped &&
      this.#started < rows.length &&
      this.#inFlight < this.#window() &&
      this.#sink.writable()
    ) {
      const place = this.#started;
      const row = rows[place];
      if (row === undefined) break;
      this.#started += 1;
      this.#inFlight += 1;
      this.#executor.execute(row, new BatchRow(this, place), "batch_sub");
    }
    this.#pumping = false;
    this.waitsForClient = !this.#stopped && this.#started < rows.length && this.#inFlight < this.#window();
    if (this.#inFlight === 0 && (this.#stopped || this.#started === rows.length)) this.#end();
  }

  /**
   * Rows that may be in flight: as many as group commits want, but of reads no more than come to a
   * few MB by the largest reply so far, and few before any reply came.
   */
  #window(): number {
    // Without "respond to all keys" a failed row stops the rest, so they go one after the other.
    if (!this.#request.respondAllKeys) return 1;
    const { batchWindowRows } = this.#executor.limits;
    if (!this.#reads) return batchWindowRows;
    const rows = this.#largestReply === 0 ? FIRST_READS : Math.floor(WINDOW_BYTES / this.#largestReply);
    return Math.min(batchWindowRows, Math.max(1, rows));
  }

  /** The client is gone: what was started ends by itself, nothing more is started. */
  abandon(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#stopped = true;
    this.#ready = [];
    this.#counters.batch_index_error += 1;
  }

  rowDone(place: number, frame: Buffer): void {
    this.#inFlight -= 1;
    if (this.#ended) return;
    if (frame.length > this.#largestReply) this.#largestReply = frame.length;
    const code = replyCode(frame);
    const row = this.#request.rows[place];
    if (code === ResultCode.timeout && row !== undefined && (row.info2 & Info2.write) !== 0) {
      this.#rowInDoubt();
    } else {
      stampBatchIndex(frame, this.#request.indexes[place] ?? 0);
      this.#ready.push(frame);
      this.#readyBytes += frame.length - PROTO_HEADER_BYTES;
    }
    if (!this.#request.respondAllKeys && isRowFailure(code)) this.#stopped = true;
    if (this.#readyBytes >= FRAME_BYTES) this.#send();
    this.pump();
  }

  /**
   * A write row in doubt is left out, and the batch ends with TIMEOUT. The official client has no
   * other way to hear it: of a row answered with a code it says `inDoubt` only when it sent the row
   * twice, whereas rows without an answer are in doubt when the batch as a whole timed out.
   */
  #rowInDoubt(): void {
    this.#result = ResultCode.timeout;
  }

  #end(): void {
    this.#ended = true;
    const last = lastReply(this.#result);
    this.#ready.push(last);
    this.#readyBytes += last.length - PROTO_HEADER_BYTES;
    this.#send();
    if (this.#result === ResultCode.ok) this.#counters.batch_index_complete += 1;
    else this.#counters.batch_index_error += 1;
    this.#sink.batchDone();
  }

  /** Sends the gathered rows as one frame. */
  #send(): void {
    const frame = Buffer.allocUnsafe(PROTO_HEADER_BYTES + this.#readyBytes);
    writeProtoHeader(frame, ProtoType.message, this.#readyBytes);
    let at = PROTO_HEADER_BYTES;
    for (const reply of this.#ready) at += replyBody(reply).copy(frame, at);
    this.#ready = [];
    this.#readyBytes = 0;
    this.#sink.batchFrame(frame);
  }
}

/** Whether a row's code stops a batch that does not answer all keys. */
function isRowFailure(code: number): boolean {
  return code !== ResultCode.ok && code !== ResultCode.notFound && code !== ResultCode.filteredOut;
}

/**
 * One client's connection: bytes in, frames to their handlers, replies out.
 *
 * Guarantees: replies leave in the order of their requests (clients that pipeline count on it), one
 * write an event-loop turn; at most a bounded number of requests is in flight, and of replies as large
 * as the last ones no more than it may leave unread; nothing more is read while the client does not read
 * its replies; a stream that is out of step is closed, anything else is answered.
 */
import type { Socket } from "node:net";
import { errorMessage } from "../../common/errors.ts";
import { Batch, type BatchSink } from "./batch.ts";
import { compressFrame, decompressFrame } from "./compression.ts";
import type { DoorShared } from "./door-shared.ts";
import { FrameReader } from "./frame-reader.ts";
import { Message } from "./message.ts";
import { headerReply, lastReply } from "./reply.ts";
import { securityReply } from "./security.ts";
import type { ReplySink } from "./single-command.ts";
import { Info1, ProtoType, ResultCode } from "./wire.ts";

/** What a connection's replies are taken to be as long as there was none. */
const REPLY_BYTES_GUESS = 16 * 1024;
const UNREAD = "client cut off: too many replies are unread, most of them its own";

/** A request's place in the order of replies. */
class Turn implements ReplySink {
  next: Turn | undefined;
  frame: Buffer | undefined;
  /** Bytes of the reply as they are noted; 0 before. */
  unread = 0;
  readonly compress: boolean;
  readonly bytes: number;
  readonly #connection: Connection;

  constructor(connection: Connection, compress: boolean, bytes: number) {
    this.#connection = connection;
    this.compress = compress;
    this.bytes = bytes;
  }

  reply(frame: Buffer): void {
    this.frame = frame;
    this.#connection.turnDone(this);
  }
}

export class Connection implements BatchSink {
  readonly #socket: Socket;
  readonly #shared: DoorShared;
  readonly #reader: FrameReader;
  #firstTurn: Turn | undefined;
  #lastTurn: Turn | undefined;
  #inFlight = 0;
  #batch: Batch | undefined;
  #batchCompresses = false;
  #batchBytes = 0;
  /** A batch that came while other requests were in flight: it starts when they are answered. */
  #heldBatch: Message | undefined;
  #out: Buffer[] = [];
  #outBytes = 0;
  /** Bytes of replies that the kernel has not taken, as counted in the door's total. */
  #unreadBytes = 0;
  /** Those of them that `#out` holds. */
  #outUnread = 0;
  /** About the largest of the last replies. */
  #replyBytes = REPLY_BYTES_GUESS;
  #flushScheduled = false;
  #resumeScheduled = false;
  #processing = false;
  #paused = false;
  /** The reader may hold whole frames that were not taken up yet. */
  #backlog = false;
  #draining = false;
  /** Everything is answered and our end of the connection is closed. */
  #drained = false;
  #closed = false;
  /** Bytes of an unfinished frame, as counted in the door's total. */
  #partialBytes = 0;
  #moved = true;
  #lastMoveMs = 0;
  #lastUnread = 0;

  constructor(socket: Socket, shared: DoorShared) {
    this.#socket = socket;
    this.#shared = shared;
    this.#reader = new FrameReader(shared.limits.frameBytesMax);
    socket.on("data", (chunk: Buffer) => this.#onData(chunk));
    socket.on("drain", () => this.#resume());
    socket.on("error", (error) => {
      // The close event follows and ends everything; why it broke is the client's business.
      shared.log.debug({ peer: socket.remoteAddress, error: errorMessage(error) }, "client connection broke");
    });
    socket.on("close", () => this.#onClose());
  }

  /** Nothing in flight and nothing left to write. */
  get idle(): boolean {
    return this.#inFlight === 0 && this.#batch === undefined && this.#heldBatch === undefined;
  }

  /** Reads no more; ends when what is in flight is answered. */
  drain(): void {
    this.#draining = true;
    this.#socket.pause();
    this.#reader.clear();
    this.#heldBatch = undefined;
    this.#endIfDrained();
  }

  destroy(): void {
    this.#socket.destroy();
  }

  /** Cuts the peer off when it neither finishes its frame nor reads its replies; called now and then. */
  sweep(nowMs: number): void {
    const unread = this.#socket.writableLength;
    if (this.#moved || unread !== this.#lastUnread) {
      this.#moved = false;
      this.#lastMoveMs = nowMs;
      this.#lastUnread = unread;
      return;
    }
    const stillMs = nowMs - this.#lastMoveMs;
    const { stallMs, idleMs } = this.#shared.limits;
    const stalled = (unread > 0 || (this.#partialBytes > 0 && !this.#paused)) && stillMs >= stallMs;
    const unused = idleMs > 0 && this.idle && unread === 0 && stillMs >= idleMs;
    if (!stalled && !unused) return;
    this.#shared.counters.reaped_fds += 1;
    if (stalled) {
      this.#shared.log.info({ peer: this.#socket.remoteAddress, unread }, "stalled client cut off");
    }
    this.#socket.destroy();
  }

  // Replies.

  turnDone(turn: Turn): void {
    if (this.#closed) return;
    turn.unread = turn.frame?.length ?? 0;
    this.#noteUnread(turn.unread);
    if (this.#closed || turn !== this.#firstTurn) return;
    let first: Turn | undefined = turn;
    while (first?.frame !== undefined) {
      this.#send(first.compress ? compressFrame(first.frame) : first.frame, first.unread);
      this.#shared.inFlightBytes -= first.bytes;
      this.#inFlight -= 1;
      first = first.next;
    }
    this.#firstTurn = first;
    if (first === undefined) this.#lastTurn = undefined;
  }

  batchFrame(frame: Buffer): void {
    if (this.#closed) return;
    this.#noteUnread(frame.length);
    if (!this.#closed) this.#send(this.#batchCompresses ? compressFrame(frame) : frame, frame.length);
  }

  batchDone(): void {
    this.#batch = undefined;
    this.#shared.inFlightBytes -= this.#batchBytes;
    this.#batchBytes = 0;
    this.#scheduleFlush();
  }

  writable(): boolean {
    return this.#outBytes + this.#socket.writableLength < this.#shared.limits.unreadBytes;
  }

  #noteUnread(bytes: number): void {
    const { limits } = this.#shared;
    this.#replyBytes = Math.max(bytes, this.#replyBytes - (this.#replyBytes >> 3));
    this.#unreadBytes += bytes;
    this.#shared.unreadBytes += bytes;
    if (this.#shared.unreadBytes <= limits.unreadTotalBytesMax || this.#unreadBytes <= limits.unreadBytes)
      return;
    // Somebody must go, and it is one that has more than its share.
    this.#shared.counters.reaped_fds += 1;
    this.#shared.log.info({ peer: this.#socket.remoteAddress, unread: this.#unreadBytes }, UNREAD);
    this.#socket.destroy();
    this.#closed = true;
  }

  #read(bytes: number): void {
    this.#unreadBytes -= bytes;
    this.#shared.unreadBytes -= bytes;
  }

  /** `unread`: the bytes that were noted of the frame. */
  #send(frame: Buffer, unread: number): void {
    this.#out.push(frame);
    this.#outBytes += frame.length;
    this.#outUnread += unread;
    if (!this.#processing) this.#scheduleFlush();
  }

  #scheduleFlush(): void {
    if (this.#flushScheduled || this.#processing || this.#closed) return;
    this.#flushScheduled = true;
    this.#shared.flushSoon(this);
  }

  /** Writes what was gathered and goes on with what had to wait. Called by the door, once a turn. */
  flush(): void {
    this.#flushScheduled = false;
    if (this.#closed) return;
    this.#write();
    if (this.#paused || this.#backlog) this.#resume();
    if (this.#draining) this.#endIfDrained();
  }

  #write(): void {
    const out = this.#out;
    if (out.length === 0) return;
    const bytes = this.#outBytes;
    const unread = this.#outUnread;
    this.#out = [];
    this.#outBytes = 0;
    this.#outUnread = 0;
    const only = out[0];
    // One copy is cheaper than a vectored write of many small pieces.
    const whole = out.length === 1 && only !== undefined ? only : Buffer.concat(out, bytes);
    // Also called when the connection breaks first.
    this.#socket.write(whole, () => this.#read(unread));
  }

  #endIfDrained(): void {
    if (!this.idle || this.#closed || this.#drained) return;
    this.#drained = true;
    this.#write();
    const { endMs } = this.#shared.limits;
    this.#socket.end(() => setTimeout(() => this.#socket.destroy(), endMs).unref());
    // What still comes is thrown away; only so is the peer's own end seen.
    this.#socket.resume();
  }

  // Requests.

  #onData(chunk: Buffer): void {
    this.#moved = true;
    if (this.#draining) return;
    this.#reader.push(chunk);
    this.#process();
  }

  #resume(): void {
    this.#moved = true;
    this.#batch?.pump();
    this.#process();
  }

  /** Goes on after other connections had their turn. */
  #resumeSoon(): void {
    if (this.#resumeScheduled) return;
    this.#resumeScheduled = true;
    setImmediate(() => {
      this.#resumeScheduled = false;
      if (!this.#closed) this.#resume();
    });
  }

  /** Whether the next frame may be taken up. */
  #canTake(): boolean {
    return (
      !this.#draining &&
      this.#batch === undefined &&
      this.#heldBatch === undefined &&
      this.#inFlight < this.#shared.limits.pipelineMax &&
      this.#inFlight * this.#replyBytes < this.#shared.limits.unreadBytes &&
      this.writable() &&
      !this.#closed
    );
  }

  #process(): void {
    if (this.#processing || this.#closed) return;
    this.#processing = true;
    this.#startHeldBatch();
    this.#backlog = !this.#draining;
    while (this.#canTake()) {
      const status = this.#reader.next();
      if (status === "frame") {
        this.#takeFrame();
        continue;
      }
      this.#backlog = false;
      if (status === "outOfStep") this.#outOfStep();
      break;
    }
    this.#processing = false;
    if (this.#closed) return;
    this.#write();
    this.#countPartial();
    this.#pauseOrRead();
  }

  #pauseOrRead(): void {
    const canTake = this.#canTake();
    // A write that the kernel took as a whole announces nothing: what stopped us may be over by now.
    const batchMayGoOn = this.#batch?.waitsForClient === true && this.writable();
    if ((canTake && this.#backlog) || batchMayGoOn) this.#resumeSoon();
    if (this.#draining || canTake === !this.#paused) return;
    this.#paused = !canTake;
    if (canTake) this.#socket.resume();
    else this.#socket.pause();
  }

  #takeFrame(): void {
    const { type, buffer, bodyStart, bodyEnd } = this.#reader;
    switch (type) {
      case ProtoType.message:
        this.#takeMessage(buffer, bodyStart, bodyEnd);
        return;
      case ProtoType.info: {
        const turn = this.#newTurn(false, 0);
        this.#shared.answerInfo(buffer.subarray(bodyStart, bodyEnd), (reply) => turn.reply(reply));
        return;
      }
      case ProtoType.admin:
        this.#newTurn(false, 0).reply(securityReply(buffer.subarray(bodyStart, bodyEnd)));
        return;
      default: {
        const inner = decompressFrame(buffer.subarray(bodyStart, bodyEnd), this.#shared.limits.frameBytesMax);
        if (inner === undefined) this.#malformed("compressed frame does not decompress");
        else this.#takeMessage(inner, 8, inner.length);
      }
    }
  }

  #takeMessage(buffer: Buffer, start: number, end: number): void {
    const message = Message.parse(buffer, start, end);
    if (message === undefined) {
      this.#malformed("fields or ops do not add up");
      return;
    }
    if ((message.info1 & Info1.batchIndex) !== 0 || message.batchStart >= 0) {
      this.#heldBatch = message;
      this.#startHeldBatch();
      return;
    }
    const bytes = end - start;
    const turn = this.#newTurn((message.info1 & Info1.compressResponse) !== 0, bytes);
    if (this.#shared.inFlightBytes > this.#shared.limits.inFlightBytesMax) {
      turn.reply(headerReply(ResultCode.overload));
      return;
    }
    this.#shared.executor.execute(message, turn, "client");
  }

  #newTurn(compress: boolean, bytes: number): Turn {
    const turn = new Turn(this, compress, bytes);
    if (this.#lastTurn === undefined) this.#firstTurn = turn;
    else this.#lastTurn.next = turn;
    this.#lastTurn = turn;
    this.#inFlight += 1;
    this.#shared.inFlightBytes += bytes;
    return turn;
  }

  /** Batches reply in many frames, so they have the connection for themselves. */
  #startHeldBatch(): void {
    const message = this.#heldBatch;
    if (message === undefined || this.#inFlight > 0) return;
    this.#heldBatch = undefined;
    const shared = this.#shared;
    shared.counters.batch_index_initiate += 1;
    const overloaded = shared.inFlightBytes > shared.limits.inFlightBytesMax;
    const request = overloaded ? ResultCode.overload : shared.parseBatch(message);
    if (typeof request === "number") {
      shared.counters.batch_index_error += 1;
      const reply = lastReply(request);
      this.#noteUnread(reply.length);
      this.#send(reply, reply.length);
      return;
    }
    this.#batchCompresses = (message.info1 & Info1.compressResponse) !== 0;
    this.#batchBytes = message.batchBytes;
    shared.inFlightBytes += this.#batchBytes;
    const batch = new Batch(request, shared.executor, shared.counters, this);
    this.#batch = batch;
    batch.pump();
  }

  /** A frame whose end is known but whose content is not what the protocol says: answered. */
  #malformed(reason: string): void {
    this.#shared.noteMalformed(this.#socket.remoteAddress, reason);
    this.#newTurn(false, 0).reply(headerReply(ResultCode.parameter));
  }

  #outOfStep(): void {
    this.#shared.noteMalformed(this.#socket.remoteAddress, this.#reader.fault);
    this.#socket.destroy();
    this.#closed = true;
  }

  #countPartial(): void {
    const partial = this.#reader.pendingBytes;
    if (partial === this.#partialBytes) return;
    this.#shared.partialBytes += partial - this.#partialBytes;
    this.#partialBytes = partial;
    if (this.#shared.partialBytes <= this.#shared.limits.partialBytesMax) return;
    // Somebody must go, and it is the one that asks for more now.
    this.#shared.noteMalformed(this.#socket.remoteAddress, "too many unfinished frames");
    this.#socket.destroy();
  }

  #onClose(): void {
    this.#closed = true;
    this.#reader.clear();
    this.#shared.partialBytes -= this.#partialBytes;
    this.#partialBytes = 0;
    for (let turn = this.#firstTurn; turn !== undefined; turn = turn.next) {
      this.#shared.inFlightBytes -= turn.bytes;
      this.#read(turn.unread);
    }
    this.#read(this.#outUnread);
    this.#outUnread = 0;
    this.#firstTurn = undefined;
    this.#lastTurn = undefined;
    this.#batch?.abandon();
    this.#batch = undefined;
    this.#shared.inFlightBytes -= this.#batchBytes;
    this.#batchBytes = 0;
    this.#out = [];
    this.#shared.connectionClosed(this);
  }
}

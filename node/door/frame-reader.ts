/**
 * Cuts a connection's bytes into proto frames. A frame that lies in one chunk is a view of it;
 * several in one chunk are several views; only a frame that spans chunks is put together, once.
 *
 * Never allocates for a length that a header merely claims: memory follows the bytes that arrived.
 */
import { PROTO_HEADER_BYTES, PROTO_VERSION, ProtoType, readU16, readU32 } from "./wire.ts";

/** What `next` found. `outOfStep`: these bytes are no frame, and where the next starts is unknown. */
export type FrameStatus = "frame" | "more" | "outOfStep";

const EMPTY = Buffer.alloc(0);

export class FrameReader {
  /** Of the frame that `next` found: its type, and its body as `buffer` [bodyStart, bodyEnd). */
  type = 0;
  buffer: Buffer = EMPTY;
  bodyStart = 0;
  bodyEnd = 0;
  /** Why the stream is out of step. */
  fault = "";

  readonly #bodyBytesMax: number;
  #head: Buffer = EMPTY;
  #at = 0;
  #tail: Buffer[] = [];
  #tailBytes = 0;

  constructor(bodyBytesMax: number) {
    this.#bodyBytesMax = bodyBytesMax;
  }

  /** Bytes that arrived and belong to no frame found yet. */
  get pendingBytes(): number {
    return this.#head.length - this.#at + this.#tailBytes;
  }

  push(chunk: Buffer): void {
    if (this.#at === this.#head.length && this.#tailBytes === 0) {
      this.#head = chunk;
      this.#at = 0;
      return;
    }
    this.#tail.push(chunk);
    this.#tailBytes += chunk.length;
  }

  /** Finds the next frame. */
  next(): FrameStatus {
    if (!this.#gather(PROTO_HEADER_BYTES)) return this.#more();
    const head = this.#head;
    const at = this.#at;
    const type = head[at + 1] as number;
    if (head[at] !== PROTO_VERSION || type < ProtoType.info || type > ProtoType.compressed) {
      this.fault = `version ${head[at]}, type ${type}`;
      return "outOfStep";
    }
    const length = readU32(head, at + 4);
    if (readU16(head, at + 2) !== 0 || length > this.#bodyBytesMax) {
      this.fault = `body of ${readU16(head, at + 2) * 4_294_967_296 + length} bytes`;
      return "outOfStep";
    }
    if (!this.#gather(PROTO_HEADER_BYTES + length)) return this.#more();
    this.type = type;
    this.buffer = this.#head;
    this.bodyStart = this.#at + PROTO_HEADER_BYTES;
    this.bodyEnd = this.bodyStart + length;
    this.#at = this.bodyEnd;
    return "frame";
  }

  /** Forgets all bytes. */
  clear(): void {
    this.#head = EMPTY;
    this.#at = 0;
    this.#tail = [];
    this.#tailBytes = 0;
    this.buffer = EMPTY;
  }

  /** Makes `bytes` from `#at` on lie in `#head`; false when so many have not arrived. */
  #gather(bytes: number): boolean {
    const present = this.#head.length - this.#at;
    if (present >= bytes) return true;
    if (present + this.#tailBytes < bytes) return false;
    this.#head = Buffer.concat([this.#head.subarray(this.#at), ...this.#tail]);
    this.#at = 0;
    this.#tail = [];
    this.#tailBytes = 0;
    return true;
  }

  /**
   * Waits for more. A connection may wait long: it does not keep a whole chunk for the few bytes at
   * its end, nor the last frame that it found.
   */
  #more(): FrameStatus {
    this.buffer = EMPTY;
    const present = this.#head.length - this.#at;
    if (present === 0) {
      this.#head = EMPTY;
      this.#at = 0;
    } else if (present * 4 < this.#head.buffer.byteLength) {
      // A slice of its own: not of the pool, which would be kept as a whole in turn.
      const rest = Buffer.allocUnsafeSlow(present);
      this.#head.copy(rest, 0, this.#at);
      this.#head = rest;
      this.#at = 0;
    }
    return "more";
  }
}

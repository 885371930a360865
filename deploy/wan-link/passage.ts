/**
 * One way of a proxied connection: bytes wait here for the time their way's shaper names, then go to the
 * other socket; while the way is stalled nothing moves.
 *
 * Must guarantee: no byte is lost or overtaken, the end comes behind the last byte, and no more than
 * HELD_BYTES_MAX (and one read) is held: beyond it the source is not read.
 */
import type { Socket } from "node:net";
import type { Shaper } from "./shaper.ts";

/** Bytes on their way over a long fat link: 50 ms at 1.3 Gbit/s. */
const HELD_BYTES_MAX = 8 * 1024 * 1024;

interface Held {
  /** Undefined for the end of the stream. */
  readonly chunk: Buffer | undefined;
  readonly atMs: number;
}

export class Passage {
  readonly #from: Socket;
  readonly #to: Socket;
  readonly #shaper: Shaper;
  readonly #count: (bytes: number) => void;
  readonly #held: Held[] = [];
  #heldBytes = 0;
  #lastAtMs = 0;
  #timer: NodeJS.Timeout | undefined;
  #stalled = true;
  #full = false;

  constructor(from: Socket, to: Socket, shaper: Shaper, count: (bytes: number) => void) {
    this.#from = from;
    this.#to = to;
    this.#shaper = shaper;
    this.#count = count;
    from.on("data", (chunk: Buffer) => this.#enter(chunk));
    from.on("end", () => this.#enter(undefined));
    to.on("drain", () => {
      this.#full = false;
      this.#flow();
    });
    to.on("close", () => clearTimeout(this.#timer));
    // A listener of "data" starts the flow: hold it until resume().
    from.pause();
  }

  stall(): void {
    this.#stalled = true;
    this.#flow();
  }

  resume(): void {
    this.#stalled = false;
    this.#flow();
  }

  #enter(chunk: Buffer | undefined): void {
    const now = performance.now();
    const bytes = chunk?.length ?? 0;
    this.#lastAtMs = this.#shaper.leavesAt(now, bytes, this.#lastAtMs);
    this.#held.push({ chunk, atMs: this.#lastAtMs });
    this.#heldBytes += bytes;
    this.#flow();
  }

  /** Lets go of what is due, and reads on if there is room. */
  #flow(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    while (!this.#stalled && !this.#full) {
      const [next] = this.#held;
      if (next === undefined) break;
      const waitMs = next.atMs - performance.now();
      if (waitMs > 0) {
        this.#timer = setTimeout(() => this.#flow(), Math.ceil(waitMs));
        break;
      }
      this.#held.shift();
      this.#leave(next.chunk);
    }
    if (this.#stalled || this.#full || this.#heldBytes >= HELD_BYTES_MAX) this.#from.pause();
    else this.#from.resume();
  }

  #leave(chunk: Buffer | undefined): void {
    if (chunk === undefined) {
      this.#to.end();
      return;
    }
    this.#heldBytes -= chunk.length;
    this.#count(chunk.length);
    this.#full = !this.#to.write(chunk);
  }
}

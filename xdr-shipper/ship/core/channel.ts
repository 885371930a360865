/**
 * One subject's messages: the one being packed and those published whose fate is not known. The
 * bytes themselves are not kept: what is lost is read from the change log again.
 */
import type { Slot } from "../../../proto/cluster-map.ts";

export interface Message {
  readonly number: number;
  /** Slots with runs or chunks in it. */
  readonly slots: readonly Slot[];
}

/** Messages whose fate may be open at once; beyond it the oldest are no longer judged. */
const OPEN_MAX = 16_384;

export class ChannelState {
  /** Number of the message being packed. */
  number = 1;
  bytes = 0;
  openedAt = 0;
  publishedAt = Number.NEGATIVE_INFINITY;
  slots: Slot[] = [];
  published: Message[] = [];
  /** What the destination said about our messages here. */
  received = 0;
  finished = 0;
  /** The destination holds messages of the lane that it has not dealt with. */
  busy = false;
  progressAt = 0;
  stalls = 0;

  /** Closes the message being packed: it is published now. */
  close(now: number): void {
    if (this.published.length === 0) this.progressAt = now;
    this.published.push({ number: this.number, slots: this.slots });
    if (this.published.length > OPEN_MAX) this.published.shift();
    this.publishedAt = now;
    this.number++;
    this.bytes = 0;
    this.slots = [];
  }

  /** Takes out the published messages up to `number`. */
  takeUpTo(number: number): Message[] {
    let count = 0;
    while (count < this.published.length && (this.published[count]?.number ?? 0) <= number) count++;
    return this.published.splice(0, count);
  }

  /** Takes out one published message. */
  take(number: number): Message | undefined {
    const index = this.published.findIndex((message) => message.number === number);
    return index < 0 ? undefined : this.published.splice(index, 1)[0];
  }
}

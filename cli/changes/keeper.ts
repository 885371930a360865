/**
 * Keeps a declared consumer's position: reports what is consumed every so often, complains of what is
 * missing, and says at the end that it ended in order.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { SHIP_LANES } from "../../common/limits.ts";
import type { Desk } from "./desk.ts";
import type { FeedReader } from "./feed-reader.ts";
import type { Tracker } from "./tracker.ts";

const REPORT_MS = 250;
/** With nothing to say a consumer reports at least so often, so that its silence means something. */
const IDLE_MS = 2000;
const CLOSE_TRIES = 3;

export interface KeeperOptions {
  readonly desk: Desk;
  readonly tracker: Tracker;
  readonly reader: FeedReader;
  readonly signal: AbortSignal;
}

export class Keeper {
  readonly #options: KeeperOptions;
  /** All of the stream up to here is dealt with; of the stream that is read now. */
  #passed = 0;
  #stream = "";
  #drained = false;
  #loop: Promise<void> | undefined;
  #failure: unknown;
  #closing = false;
  /** Some of a partition's records are handed out as they stand, and not all of them. */
  partial = false;

  constructor(options: KeeperOptions) {
    this.#options = options;
  }

  /** Says that changes will be handed out; false when the reading was ended before that was kept. */
  async open(): Promise<boolean> {
    const { reader, signal } = this.#options;
    this.#stream = reader.identity;
    this.#passed = reader.sequence;
    while (!signal.aborted) {
      if (await this.#report(true)) {
        this.#loop = this.#run();
        return true;
      }
      await sleep(REPORT_MS);
    }
    return false;
  }

  /** Throws what reports met. */
  check(): void {
    if (this.#failure !== undefined) throw this.#failure;
  }

  /** The message of the stream is dealt with, and so are all before it. Throws what reports met. */
  passed(sequence: number): void {
    this.check();
    this.#stream = this.#options.reader.identity;
    this.#passed = sequence;
    this.#drained = false;
  }

  /** All that the stream holds is read. */
  drained(): void {
    this.check();
    this.#drained = true;
  }

  /**
   * Ends in order, as far as the shippers can be reached. What is handed out of a partition as it stands has
   * no position before all of it is: ended within, it is not in order.
   */
  async close(): Promise<void> {
    this.#closing = true;
    await this.#loop;
    if (this.#failure !== undefined || this.#loop === undefined) return;
    for (let tries = 0; tries < CLOSE_TRIES; tries++) if (await this.#report(this.partial)) return;
  }

  async #run(): Promise<void> {
    let saidAt = performance.now();
    while (!this.#closing) {
      await sleep(REPORT_MS);
      const { tracker } = this.#options;
      const due = tracker.unkept().length > 0 || tracker.unsaid().length > 0;
      if (!due && performance.now() - saidAt < IDLE_MS) continue;
      saidAt = performance.now();
      try {
        await this.#report(true);
      } catch (error) {
        // Handed to the reader's next step: a consumer that is refused must not go on.
        this.#failure = error;
        return;
      }
    }
  }

  /** True when all of it is kept. */
  async #report(open: boolean): Promise<boolean> {
    const { desk, tracker } = this.#options;
    const positions = tracker.unkept();
    const torn = tracker.unsaid();
    const lanes = await desk.report({
      log: tracker.log,
      positions,
      torn,
      drained: this.#drained,
      stream: this.#stream,
      streamLast: this.#passed,
      open,
    });
    const isKept = (partition: number): boolean => lanes.includes(partition % SHIP_LANES);
    tracker.kept(positions.filter(([partition]) => isKept(partition)));
    tracker.said(torn.filter(isKept));
    return new Set(lanes).size >= SHIP_LANES;
  }
}

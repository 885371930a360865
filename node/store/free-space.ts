/**
 * Watches the space left on the node's disk. Below the configured least the node refuses writes
 * while it still can: a write that meets a full disk ends the process, which then cannot even start
 * to serve reads, since opening the storage writes, too.
 */
import { statfs } from "node:fs/promises";
import { errorMessage } from "../../common/errors.ts";
import type { Logger } from "../../common/log.ts";

const LOOK_MS = 500;

export interface FreeSpaceOptions {
  readonly folder: string;
  readonly bytesLeast: number;
  readonly log: Logger;
}

export class FreeSpace {
  readonly #options: FreeSpaceOptions;
  #bytes = Number.POSITIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(options: FreeSpaceOptions) {
    this.#options = options;
  }

  /** Bytes left at the last look. */
  get bytes(): number {
    return this.#bytes;
  }
  /** Writes must be refused. */
  get low(): boolean {
    return this.#bytes < this.#options.bytesLeast;
  }

  /** Resolves after the first look. */
  async start(): Promise<void> {
    await this.#look();
    this.#schedule();
  }
  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  #schedule(): void {
    if (this.#stopped) return;
    this.#timer = setTimeout(() => {
      void this.#look().then(() => this.#schedule());
    }, LOOK_MS);
    this.#timer.unref();
  }

  async #look(): Promise<void> {
    const { folder, bytesLeast, log } = this.#options;
    const wasLow = this.low;
    try {
      const { bavail, bsize } = await statfs(folder);
      this.#bytes = bavail * bsize;
    } catch (error) {
      // Not knowing is no reason to refuse: a disk that is really gone fails the next flush.
      log.warn({ reason: errorMessage(error) }, "the space left on the disk is not known");
    }
    if (this.low === wasLow) return;
    const told = { bytes: this.#bytes, least: bytesLeast };
    if (this.low) log.error(told, "the disk is nearly full: writes are refused");
    else log.info(told, "there is space again: writes are accepted");
  }
}

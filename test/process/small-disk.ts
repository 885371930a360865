/** A disk (tmpfs) of a few mebibytes, which can be filled to the last byte, and emptied again. */
import { closeSync, mkdirSync, openSync, rmSync, statfsSync, writeSync } from "node:fs";
import { join } from "node:path";
import { run } from "./machine.ts";

export class SmallDisk {
  readonly #at: string;

  private constructor(at: string) {
    this.#at = at;
  }

  static mount(at: string, mebibytes: number): SmallDisk {
    mkdirSync(at, { recursive: true });
    run("mount", "-t", "tmpfs", "-o", `size=${mebibytes}m`, "meridian-test", at);
    return new SmallDisk(at);
  }

  get freeBytes(): number {
    const { bavail, bsize } = statfsSync(this.#at);
    return bavail * bsize;
  }

  /** Writes a file until nothing more fits. */
  fill(): void {
    const file = openSync(this.#ballast, "a");
    try {
      for (let size = 1024 * 1024; size >= 1; ) {
        try {
          writeSync(file, Buffer.alloc(size));
        } catch (error) {
          if (!(error instanceof Error && "code" in error && error.code === "ENOSPC")) throw error;
          size = Math.floor(size / 2);
        }
      }
    } finally {
      closeSync(file);
    }
  }

  /** Gives the space back. */
  empty(): void {
    rmSync(this.#ballast);
  }

  get #ballast(): string {
    return join(this.#at, "ballast");
  }
}

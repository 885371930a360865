/** A reader's places in a file: read when it begins, written as it goes on, whole at any moment. */
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import type { Change, Gap } from "./change.ts";
import { Places } from "./places.ts";

const SAVE_MS = 1000;

export class PlacesFile {
  readonly #path: string;
  readonly places: Places;
  #savedAt = 0;

  /** Throws BAD_REQUEST for a file that holds something else. */
  constructor(path: string) {
    this.#path = path;
    this.places = existsSync(path) ? Places.parse(readFileSync(path, "utf8")) : new Places();
  }

  /** A change is dealt with; saved about every second. */
  take(change: Change | Gap): void {
    this.places.take(change);
    const now = performance.now();
    if (now - this.#savedAt < SAVE_MS) return;
    this.#savedAt = now;
    this.save();
  }

  save(): void {
    const beside = `${this.#path}.${process.pid}`;
    writeFileSync(beside, `${JSON.stringify(this.places)}\n`);
    renameSync(beside, this.#path);
  }
}

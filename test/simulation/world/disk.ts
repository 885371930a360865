/**
 * A node's disk and the storage engine on it, as node/store/engine.ts wants one: atomic batches in a
 * page cache, safe only once flushed. A power cut keeps what was flushed and a whole number of later
 * batches (the engine's log cuts a torn tail back to the last whole one).
 */
import type { Engine, EngineCursor, EngineView } from "../../../node/store/engine.ts";
import { BlockStorage, type LoggedStorage } from "../../../node/store/block-storage.ts";
import { world } from "./present.ts";

type Row = readonly [key: string, value: Buffer | undefined];
type Rows = Map<string, Buffer>;

export interface DiskFaults {
  /** Of a flush, most milliseconds. */
  flushMs: number;
  /** A flush takes this long now and then. */
  slowMs: number;
  slowChance: number;
}

export class Disk {
  readonly faults: DiskFaults = { flushMs: 1, slowMs: 0, slowChance: 0 };
  /** The next writes fail: broken, or full. */
  fails: "flush" | "full" | undefined;
  /** The next write never ends. */
  hangs = false;
  rows: Rows = new Map();
  /** Batches since the last flush, and what takes them back. */
  #unflushed: { readonly rows: readonly Row[]; readonly undo: readonly Row[] }[] = [];
  /** On its way to the disk. */
  #inFlight: { readonly rows: readonly Row[]; readonly sync: boolean } | undefined;
  /** Views that share `rows`: the next write copies it first. */
  #shared = false;

  /** The process died and the machine lives: what was handed to the kernel is in the files. */
  processDied(): void {
    const { random } = world().scheduler;
    const pending = this.#inFlight;
    this.#inFlight = undefined;
    if (pending !== undefined && random.chance(0.5)) this.#write(pending.rows);
  }

  /** Power cut: what was flushed stays, and maybe some whole batches after it. */
  powerCut(): void {
    const { random } = world().scheduler;
    const pending = this.#inFlight === undefined ? [] : [this.#inFlight.rows];
    const batches = [...this.#unflushed.map(({ rows }) => rows), ...pending];
    this.#inFlight = undefined;
    const kept = random.int(batches.length + 1);
    if (kept < batches.length) world().count("unflushed batch lost");
    this.#takeBack();
    for (const batch of batches.slice(0, kept)) this.#write(batch);
    this.#unflushed = [];
  }

  /** A new, empty disk. */
  wipe(): void {
    this.rows = new Map();
    this.#unflushed = [];
    this.#inFlight = undefined;
    this.#shared = false;
  }

  /** A copy of what is safely on it now, to be put back later. */
  copy(): () => void {
    const rows = new Map(this.rows);
    const unflushed = [...this.#unflushed];
    return () => {
      this.wipe();
      this.rows = new Map(rows);
      this.#unflushed = unflushed;
      this.#takeBack();
    };
  }

  openStorage(): Promise<LoggedStorage> {
    return BlockStorage.open(new DiskEngine(this), {
      digestIndexBytes: 64 * 1024,
      recentBlockBytes: 8 * 1024,
      recordCacheBytes: 4 * 1024,
      writeDeadlineMs: 5000,
    });
  }

  /** Resolves once the batch is written (`sync`: flushed). */
  commit(rows: readonly Row[], sync: boolean): Promise<void> {
    const { scheduler, count } = world();
    const { random } = scheduler;
    const { flushMs, slowMs, slowChance } = this.faults;
    const pending = { rows, sync };
    this.#inFlight = pending;
    return new Promise((resolve, reject) => {
      if (this.hangs) {
        this.hangs = false;
        count("disk hung");
        return;
      }
      let ms = sync ? flushMs * (0.3 + 0.7 * random.next()) : 0.05;
      if (slowChance > 0 && random.chance(slowChance)) ms += slowMs * random.next();
      scheduler.after(ms, scheduler.current, () => {
        this.#inFlight = undefined;
        if (this.fails !== undefined) {
          count(this.fails === "full" ? "disk full" : "flush failed");
          // What a failed flush has written is anybody's guess.
          if (random.chance(0.5)) this.#write(rows);
          this.fails = undefined;
          reject(new Error("write failed"));
          return;
        }
        this.#write(rows);
        if (sync) this.#unflushed = [];
        resolve();
      });
    });
  }

  view(): Rows {
    this.#shared = true;
    return this.rows;
  }

  #write(rows: readonly Row[]): void {
    this.#unshare();
    const undo = rows.map(([key]): Row => [key, this.rows.get(key)]);
    for (const [key, value] of rows) apply(this.rows, key, value);
    // Of a key that is written twice, only what was there before may come back.
    this.#unflushed.push({ rows, undo });
  }

  /** Everything since the last flush was never written. */
  #takeBack(): void {
    this.#unshare();
    for (const { undo } of this.#unflushed.reverse()) {
      for (const [key, value] of undo) apply(this.rows, key, value);
    }
    this.#unflushed = [];
  }

  #unshare(): void {
    if (this.#shared) this.rows = new Map(this.rows);
    this.#shared = false;
  }
}

class DiskEngine implements Engine {
  readonly #disk: Disk;
  #rows: Row[] = [];
  readonly batch = {
    put: (key: Buffer, value: Buffer): void => {
      this.#rows.push([key.toString("latin1"), Buffer.from(value)]);
    },
    del: (key: Buffer): void => {
      this.#rows.push([key.toString("latin1"), undefined]);
    },
  };

  constructor(disk: Disk) {
    this.#disk = disk;
  }

  commit(sync: boolean): Promise<void> {
    const rows = this.#rows;
    this.#rows = [];
    return this.#disk.commit(rows, sync);
  }
  get(key: Buffer): Buffer | undefined {
    return this.#disk.rows.get(key.toString("latin1"));
  }
  async getMany(keys: readonly Buffer[]): Promise<(Buffer | undefined)[]> {
    return keys.map((key) => this.get(key));
  }
  /** This disk loses what was not flushed, and damages nothing. */
  isDamage(): boolean {
    return false;
  }
  view(): EngineView {
    const rows = this.#disk.view();
    return {
      range: (from, below, values) =>
        cursorOf(rows, from.toString("latin1"), below.toString("latin1"), values),
      close: () => Promise.resolve(),
    };
  }
  close(): Promise<void> {
    return Promise.resolve();
  }
}

function apply(rows: Rows, key: string, value: Buffer | undefined): void {
  if (value === undefined) rows.delete(key);
  else rows.set(key, value);
}

function cursorOf(rows: Rows, from: string, below: string, values: boolean): EngineCursor {
  let keys: string[] | undefined;
  let at = 0;
  return {
    next: async (bytesMax) => {
      keys ??= [...rows.keys()].filter((key) => key >= from && key < below).sort();
      const found: [Buffer, Buffer][] = [];
      for (let bytes = 0; bytes < bytesMax && at < keys.length; at++) {
        const key = keys[at] ?? "";
        const value = Buffer.from(values ? (rows.get(key) ?? "") : "");
        found.push([Buffer.from(key, "latin1"), value]);
        bytes += key.length + value.length;
      }
      return found;
    },
    close: () => Promise.resolve(),
  };
}

/**
 * How far change feeds and their declared consumers are, as shippers told: kept on every node's disk,
 * since any node may be asked and any replica trims. A consumer's position lets the log be trimmed only
 * once it is on the disk: a position lost in a crash costs repeats, never a change.
 */
import { PARTITION_COUNT } from "../../common/limits.ts";
import type { meridian } from "../../proto/gen/tail.js";
import type { Storage } from "../store/storage.ts";

type FeedPosition = meridian.tail.IFeedPosition;

interface Position {
  logId: number;
  readonly lasts: Float64Array;
  readonly covered: Float64Array;
  /** How often it was moved on purpose: what is told of an earlier move is void. */
  readonly moves: Float64Array;
  stream: string;
  streamLast: number;
  open: boolean;
}

export interface FeedMemoryOptions {
  readonly storage: Pick<Storage, "meta" | "write">;
  /** A consumer's position is on the disk. */
  readonly onSaved: (feed: string, consumer: string, logId: number, covered: Float64Array) => void;
  readonly onError: (error: unknown) => void;
}

const FORMAT = 1;
/** With `moves`; written only when there was one. */
const FORMAT_MOVED = 2;
const SAVE_INTERVAL_MS = 500;
const PARTITIONS = Array.from({ length: PARTITION_COUNT }, (_, partition) => partition);

export class FeedMemory {
  readonly #options: FeedMemoryOptions;
  /** By meta key. */
  readonly #positions = new Map<string, Position>();
  readonly #changed = new Map<string, { readonly feed: string; readonly consumer: string }>();
  /** Keys are never used again: who is declared anew has another one. */
  readonly #forgotten = new Set<string>();
  #waiting: (() => void)[] = [];
  /** Runs once there is something to keep: most nodes have no feeds. */
  #timer: NodeJS.Timeout | undefined;
  #saving = false;

  constructor(options: FeedMemoryOptions) {
    this.#options = options;
  }

  /** Takes positions over; `saved` is called once they are on the disk. */
  note(feed: string, positions: readonly FeedPosition[], saved: () => void): void {
    for (const told of positions) {
      const consumer = told.consumer ?? "";
      if (this.#forgotten.has(metaKey(feed, consumer))) continue;
      const position = this.#of(feed, consumer);
      const logId = told.logId ?? 0;
      if (position.logId !== logId) {
        position.logId = logId;
        position.lasts.fill(0);
        position.covered.fill(0);
        position.moves.fill(0);
      }
      takePartitions(position, told);
      if (latest(told.moves ?? []) >= latest(position.moves)) {
        position.stream = told.stream ?? "";
        position.streamLast = told.streamLast ?? 0;
        position.open = told.open ?? false;
      }
      this.#changed.set(metaKey(feed, consumer), { feed, consumer });
    }
    this.#waiting.push(saved);
    this.#timer ??= setInterval(() => {
      this.#save(false).catch(this.#options.onError);
    }, SAVE_INTERVAL_MS);
  }

  /** What is known of a feed and of these consumers. */
  state(feed: string, consumers: readonly string[]): FeedPosition[] {
    return ["", ...consumers].map((consumer) => {
      const { logId, lasts, covered, moves, stream, streamLast, open } = this.#of(feed, consumer);
      return {
        consumer,
        logId,
        partitions: PARTITIONS,
        lasts: [...lasts],
        covered: [...covered],
        stream,
        streamLast,
        open,
        ...(latest(moves) === 0 ? {} : { moves: [...moves] }),
      };
    });
  }

  /** What of a consumer's position was on the disk when the node started. */
  load(feed: string, consumer: string): void {
    const { logId, covered } = this.#of(feed, consumer);
    if (logId !== 0) this.#options.onSaved(feed, consumer, logId, covered);
  }

  /** A consumer that was declared at run time is declared no more; who reports as it later is not kept. */
  forget(feed: string, consumer: string): void {
    const key = metaKey(feed, consumer);
    this.#positions.delete(key);
    this.#changed.delete(key);
    this.#forgotten.add(key);
    const meta = [{ key, value: undefined }];
    this.#options.storage.write({ meta }, true).catch(this.#options.onError);
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#save(true).catch(this.#options.onError);
  }

  #of(feed: string, consumer: string): Position {
    const key = metaKey(feed, consumer);
    let position = this.#positions.get(key);
    if (position === undefined) {
      position = decode(this.#options.storage.meta(key));
      this.#positions.set(key, position);
    }
    return position;
  }

  async #save(closing: boolean): Promise<void> {
    if (this.#waiting.length === 0 || (this.#saving && !closing)) return;
    this.#saving = true;
    const waiting = this.#waiting;
    const changed = [...this.#changed];
    this.#waiting = [];
    this.#changed.clear();
    // What the disk gets is what is told of afterwards, though it may have moved on meanwhile.
    const copies = changed.map(([key, { feed, consumer }]) => {
      const position = this.#of(feed, consumer);
      return { key, feed, consumer, logId: position.logId, covered: position.covered.slice(), position };
    });
    try {
      const meta = copies.map(({ key, position }) => ({ key, value: encode(position) }));
      await this.#options.storage.write({ meta }, true);
    } finally {
      this.#saving = false;
    }
    for (const { feed, consumer, logId, covered } of copies) {
      if (consumer !== "") this.#options.onSaved(feed, consumer, logId, covered);
    }
    for (const saved of waiting) saved();
  }
}

/** Not from a shipper that has not heard of a later move. */
function takePartitions(position: Position, told: FeedPosition): void {
  (told.partitions ?? []).forEach((partition, index) => {
    const move = told.moves?.[index] ?? 0;
    if (partition >= PARTITION_COUNT || move < (position.moves[partition] ?? 0)) return;
    position.moves[partition] = move;
    position.lasts[partition] = told.lasts?.[index] ?? 0;
    position.covered[partition] = told.covered?.[index] ?? 0;
  });
}

function latest(moves: Iterable<number>): number {
  let most = 0;
  for (const move of moves) most = Math.max(most, move);
  return most;
}

function metaKey(feed: string, consumer: string): string {
  return `feed.${feed}.${consumer}`;
}

function encode({ lasts, covered, moves, ...rest }: Position): Buffer {
  const columns = latest(moves) === 0 ? [lasts, covered] : [lasts, covered, moves];
  const head = Buffer.from(JSON.stringify(rest));
  const bytes = Buffer.alloc(3 + head.length + 8 * columns.length * PARTITION_COUNT);
  bytes[0] = columns.length === 2 ? FORMAT : FORMAT_MOVED;
  bytes.writeUInt16LE(head.length, 1);
  head.copy(bytes, 3);
  let offset = 3 + head.length;
  for (const column of columns) {
    for (const sequence of column) offset = bytes.writeDoubleLE(sequence, offset);
  }
  return bytes;
}

/** Nothing known, rather than an error, for a format that is not ours. */
function decode(bytes: Buffer | undefined): Position {
  const lasts = new Float64Array(PARTITION_COUNT);
  const covered = new Float64Array(PARTITION_COUNT);
  const moves = new Float64Array(PARTITION_COUNT);
  if (bytes === undefined || (bytes[0] !== FORMAT && bytes[0] !== FORMAT_MOVED)) {
    return { logId: 0, lasts, covered, moves, stream: "", streamLast: 0, open: false };
  }
  const head: Omit<Position, "lasts" | "covered" | "moves"> = JSON.parse(
    bytes.toString("utf8", 3, 3 + bytes.readUInt16LE(1)),
  );
  let offset = 3 + bytes.readUInt16LE(1);
  for (const column of bytes[0] === FORMAT ? [lasts, covered] : [lasts, covered, moves]) {
    for (let partition = 0; partition < PARTITION_COUNT; partition++) {
      column[partition] = bytes.readDoubleLE(offset);
      offset += 8;
    }
  }
  return { ...head, lasts, covered, moves };
}

/**
 * Reads of the change log: blocks by number for the tails, entries of one slot for catch-up. What
 * comes from disk is verified before it is handed out; what is in memory was verified or made here.
 */
import { errorMessage, MeridianError } from "../../common/errors.ts";
import type { Slot } from "../../proto/cluster-map.ts";
import { Entry } from "../../proto/entry.ts";
import type { BlockLog, LogBlock } from "../change-log/block-log.ts";
import { BlockIndex, checkIndex } from "./block-index.ts";
import type { Engine } from "./engine.ts";
import { blockKey, indexKey } from "./keys.ts";
import { LoadedBlocks } from "./loaded-blocks.ts";
import type { LogState } from "./log-state.ts";
import type { RecentBlocks } from "./recent-blocks.ts";

/** What a catch-up read asks for at once. */
const WINDOW_BLOCKS = 32;
const WINDOW_BYTES = 4 * 1024 * 1024;
const ENTRY_BYTES_GUESS = 128;
const NO_ENTRIES = Buffer.alloc(0);
export class LogReader implements BlockLog {
  readonly #engine: Engine;
  readonly #log: LogState;
  readonly #recent: RecentBlocks;
  readonly #loaded = new LoadedBlocks();
  #onDamaged: (block: number, reason: string) => void = () => undefined;

  constructor(engine: Engine, log: LogState, recent: RecentBlocks) {
    this.#engine = engine;
    this.#log = log;
    this.#recent = recent;
  }

  onDamaged(listener: (block: number, reason: string) => void): void {
    this.#onDamaged = listener;
  }

  firstBlock(): number {
    return this.#log.firstBlock;
  }
  nextBlock(): number {
    return this.#log.nextBlock;
  }
  blockOf(slot: Slot, sequence: number): number {
    return this.#log.blockOf(slot, sequence);
  }
  bytesOf(block: number): number {
    return block < this.#log.firstBlock ? 0 : this.#log.bytesOf(block);
  }
  firstSequence(slot: Slot): number {
    return this.#log.find(slot)?.firstSequence ?? 1;
  }
  lastSequence(slot: Slot): number {
    return this.#log.find(slot)?.sequence ?? 0;
  }
  recent(block: number): LogBlock | undefined {
    return this.#recent.get(block);
  }

  async load(blocks: readonly number[]): Promise<Map<number, LogBlock>> {
    const found = new Map<number, LogBlock>();
    const missing: number[] = [];
    for (const block of blocks) {
      const recent = this.#recent.get(block);
      if (recent === undefined) missing.push(block);
      else found.set(block, copyOf(recent));
    }
    for (const [block, loaded] of await this.#loadFromDisk(missing)) found.set(block, loaded);
    return found;
  }

  giveUp(block: number, cause: unknown): void {
    if (block < this.#log.firstBlock || !this.#log.giveUp(block)) return;
    this.#onDamaged(block, errorMessage(cause));
  }

  async #loadFromDisk(blocks: readonly number[]): Promise<Map<number, LogBlock>> {
    const found = new Map<number, LogBlock>();
    const values = blocks.length === 0 ? [] : await this.#valuesOf(blocks);
    for (const [at, block] of blocks.entries()) {
      const loaded = values === undefined ? await this.#loadAlone(block) : this.#checked(block, values, at);
      if (loaded !== undefined) found.set(block, loaded);
    }
    return found;
  }

  /** For when the engine refuses all blocks for the sake of one. */
  async #loadAlone(block: number): Promise<LogBlock | undefined> {
    const values = await this.#valuesOf([block]);
    if (values !== undefined) return this.#checked(block, values, 0);
    this.giveUp(block, new MeridianError("ENTRY_CORRUPT", `log block ${block} cannot be read`));
    return undefined;
  }

  /** The indexes of the blocks, then their entries; undefined when the engine finds damage in them. */
  async #valuesOf(blocks: readonly number[]): Promise<readonly (Buffer | undefined)[] | undefined> {
    try {
      return await this.#engine.getMany([...blocks.map(indexKey), ...blocks.map(blockKey)]);
    } catch (error) {
      if (this.#engine.isDamage(error)) return undefined;
      const what = `log blocks ${blocks[0]} to ${blocks.at(-1)} cannot be read`;
      throw new MeridianError("ENTRY_CORRUPT", `${what}: ${errorMessage(error)}`, { cause: error });
    }
  }

  /** Undefined when the block is trimmed, or damaged and so given up. */
  #checked(block: number, values: readonly (Buffer | undefined)[], at: number): LogBlock | undefined {
    if (block < this.#log.firstBlock) return undefined;
    try {
      const index = checkIndex(values[at] ?? NO_ENTRIES, block);
      const entries = values[values.length / 2 + at] ?? NO_ENTRIES;
      if (entries.length !== index.entriesBytes) {
        throw new MeridianError("ENTRY_CORRUPT", `log block ${block} is not whole`);
      }
      return { index, entries, inMemory: false };
    } catch (error) {
      if (!(error instanceof MeridianError)) throw error;
      this.giveUp(block, error);
      return undefined;
    }
  }

  /** As Storage.readLog. */
  async read(slot: Slot, sequence: number, bytesMax: number): Promise<Buffer[]> {
    const entries: Buffer[] = [];
    let next = sequence;
    let bytes = 0;
    while (bytes < bytesMax && next <= this.lastSequence(slot)) {
      if (next < this.firstSequence(slot)) {
        if (entries.length > 0) break;
        const first = this.firstSequence(slot);
        throw new MeridianError("LOG_TRIMMED", `slot ${slot} begins at ${first}, asked for ${sequence}`);
      }
      const blocks = this.#blocksFrom(slot, next, bytesMax - bytes);
      const isRecent = (number: number): boolean => this.#recent.get(number) !== undefined;
      // Blocks in memory are read where they are: after a restart thousands of slots may each want
      // one entry of the same block, and a copy of it for each would stop the node for seconds.
      const inMemory = isRecent(blocks[0] ?? 0);
      const end = blocks.findIndex((number) => isRecent(number) !== inMemory);
      const run = end < 0 ? blocks : blocks.slice(0, end);
      const loaded = inMemory ? undefined : await this.#loadForCatchUp(run);
      const before = next;
      for (const number of run) {
        const block = inMemory ? this.#recent.get(number) : loaded?.get(number);
        if (block === undefined) break;
        for (const entry of this.#wholeEntriesOf(block, number, slot, next)) {
          entries.push(entry);
          bytes += entry.length;
          next++;
          if (bytes >= bytesMax) return entries;
        }
      }
      // Trimmed, dropped or found damaged while it was read: the loop's conditions say which.
      if (next === before && this.blockOf(slot, next) === run[0] && loaded?.size !== 0) {
        const error = new MeridianError("ENTRY_CORRUPT", `entry ${next} of slot ${slot} is not in its block`);
        this.giveUp(run[0] ?? 0, error);
        throw error;
      }
    }
    return entries;
  }

  async #loadForCatchUp(blocks: readonly number[]): Promise<Map<number, LogBlock>> {
    const found = new Map<number, LogBlock>();
    const missing: number[] = [];
    for (const number of blocks) {
      const block = this.#loaded.get(number);
      if (block === undefined) missing.push(number);
      else found.set(number, block);
    }
    if (missing.length === 0) return found;
    for (const [number, block] of await this.load(missing)) {
      found.set(number, block);
      this.#loaded.add(number, block);
    }
    return found;
  }

  /** The distinct blocks of the slot's next entries. */
  #blocksFrom(slot: Slot, sequence: number, bytesMax: number): number[] {
    const blocks: number[] = [];
    const last = this.lastSequence(slot);
    let wanted = 0;
    let read = 0;
    for (let at = sequence; at <= last; at++) {
      const block = this.blockOf(slot, at);
      if (block === blocks.at(-1)) continue;
      // At least one entry of the block is the slot's; how large is not known before it is read.
      wanted += ENTRY_BYTES_GUESS;
      read += this.#log.bytesOf(block);
      if (blocks.length > 0 && (wanted > bytesMax || read > WINDOW_BYTES)) break;
      blocks.push(block);
      if (blocks.length === WINDOW_BLOCKS) break;
    }
    return blocks;
  }

  #wholeEntriesOf(block: LogBlock, number: number, slot: Slot, from: number): Buffer[] {
    try {
      return this.#entriesOf(block, number, slot, from);
    } catch (error) {
      this.giveUp(number, error);
      throw error;
    }
  }

  /** A walk over some sixty rows: quicker than any index of them that is used only a few times. */
  #entriesOf(block: LogBlock, number: number, slot: Slot, from: number): Buffer[] {
    const entries: Buffer[] = [];
    const rows = block.index.rows();
    let next = from;
    while (rows.advance()) {
      if (rows.slot !== slot || rows.sequence !== next || this.blockOf(slot, next) !== number) continue;
      entries.push(rowEntry(block, rows.entryOffset, rows.entryBytes));
      next++;
    }
    return entries;
  }
}

/** The bytes of one entry, to keep; throws ENTRY_CORRUPT when they come from disk damaged. */
function rowEntry(block: LogBlock, offset: number, bytes: number): Buffer {
  if (!block.inMemory) return Entry.checked(block.entries.subarray(offset, offset + bytes)).bytes;
  const entry = Buffer.allocUnsafe(bytes);
  block.entries.copy(entry, 0, offset, offset + bytes);
  return entry;
}

function copyOf({ index, entries }: LogBlock): LogBlock {
  return { index: new BlockIndex(Buffer.from(index.bytes)), entries: Buffer.from(entries), inMemory: true };
}

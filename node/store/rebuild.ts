/**
 * What an open of the storage rebuilds: the slots' states from the checkpoint and the log after it, the
 * node's small values, and which notes are kept.
 */
import { MeridianError } from "../../common/errors.ts";
import { checkIndex } from "./block-index.ts";
import { type CheckpointedSlot, decodeHead, decodePage } from "./checkpoint.ts";
import type { Engine, EngineView } from "./engine.ts";
import {
  headKey,
  indexKey,
  indexKeyRange,
  metaKeyName,
  metaKeyRange,
  noteKeyRange,
  noteOfKey,
  pageKeyRange,
} from "./keys.ts";
import { LogState } from "./log-state.ts";
import { NoteIndex } from "./note-index.ts";

const READ_BYTES = 1024 * 1024;

export interface Opened {
  readonly state: LogState;
  readonly meta: Map<string, Buffer>;
  readonly notes: NoteIndex;
  readonly checkpointBlock: number;
}

/** Reads all of it, in one view. Throws STORE_FAILED when the disk lost writes. */
export async function rebuild(engine: Engine, view: EngineView): Promise<Opened> {
  const headBytes = engine.get(headKey());
  const head = headBytes === undefined ? { firstBlock: 1, checkpointBlock: 0 } : decodeHead(headBytes);
  const checkpoint: CheckpointedSlot[] = [];
  for await (const [, page] of rangeOf(view, pageKeyRange(), true)) checkpoint.push(...decodePage(page));
  const state = new LogState(head.firstBlock);
  const load = (): void => {
    if (state.nextBlock === head.checkpointBlock + 1) state.loadCheckpoint(checkpoint);
  };
  load();
  for await (const [key, value] of rangeOf(view, indexKeyRange(), true)) {
    // LevelDB drops a damaged part of its own log without a word: the gap tells.
    if (!key.equals(indexKey(state.nextBlock))) {
      throw new MeridianError(
        "STORE_FAILED",
        `log block ${state.nextBlock} is missing: the disk lost writes`,
      );
    }
    const index = checkIndex(value, state.nextBlock);
    if (state.nextBlock <= head.checkpointBlock) state.place(index);
    else state.fold(index);
    load();
  }
  if (state.nextBlock <= head.checkpointBlock) {
    throw new MeridianError("STORE_FAILED", `log block ${state.nextBlock} is missing: the disk lost writes`);
  }
  const meta = new Map<string, Buffer>();
  for await (const [key, value] of rangeOf(view, metaKeyRange(), true)) meta.set(metaKeyName(key), value);
  const notes = new NoteIndex();
  for await (const [key] of rangeOf(view, noteKeyRange(), false)) {
    const { slot, note } = noteOfKey(key);
    notes.add(slot, note);
  }
  return { state, meta, notes, checkpointBlock: head.checkpointBlock };
}

/** The rows of a range, read piece by piece. */
export async function* rangeOf(
  view: EngineView,
  [from, below]: readonly [Buffer, Buffer],
  values: boolean,
): AsyncGenerator<[Buffer, Buffer]> {
  const cursor = view.range(from, below, values);
  try {
    for (;;) {
      const rows = await cursor.next(READ_BYTES);
      if (rows.length === 0) return;
      yield* rows;
    }
  } finally {
    await cursor.close();
  }
}

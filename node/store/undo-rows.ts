/** Takes rows of a slot's log back, in what is folded from them (log-state.ts): for truncation. */
import { assert } from "../../common/assert.ts";
import type { Slot } from "../../proto/cluster-map.ts";
import type { MutableLedger } from "../../proto/ledger.ts";
import { type BlockIndex, countInLedger, notesConflict } from "./block-index.ts";

/** What of a slot's state is undone row by row. */
interface CutState {
  readonly positions: {
    originId: number;
    originLogId: number;
    sequence: number;
    ledger: MutableLedger;
  }[];
  changes: number;
  conflicts: number;
}

/** Undoes, in `cut`, the block's rows of the slot from `last` down to above `sequence`. */
export function undoRows(
  index: BlockIndex,
  slot: Slot,
  sequence: number,
  last: number,
  cut: CutState,
): number {
  const undo: { originId: number; originLogId: number; sequence: number }[] = [];
  const rows = index.rows();
  let left = last;
  while (rows.advance()) {
    if (rows.slot !== slot || rows.sequence <= sequence || rows.sequence > last) continue;
    left--;
    if (rows.isOwn) cut.changes--;
    if (notesConflict(rows)) cut.conflicts--;
    if (!rows.movesPosition) continue;
    const { originId, originLogId } = rows;
    undo.push({ originId, originLogId, sequence: rows.previous });
    const position = positionOf(cut, originId, originLogId);
    if (position !== undefined) countInLedger(position.ledger, rows, -1);
  }
  assert(left < last, "a slot's entry is in its block");
  for (const { originId, originLogId, sequence: previous } of undo.reverse()) {
    const position = positionOf(cut, originId, originLogId);
    if (position !== undefined) position.sequence = previous;
  }
  return left;
}

function positionOf({ positions }: CutState, originId: number, originLogId: number) {
  return positions.find((one) => one.originId === originId && one.originLogId === originLogId);
}

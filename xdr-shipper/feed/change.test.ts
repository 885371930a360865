/** Proves what a feed says of a change: where it came from, and what conflict resolution made of it. */
import { expect, test } from "vitest";
import { encodeEntry, Entry, EntryKind, Operation } from "../../proto/entry.ts";
import { Outcome } from "../../proto/ledger.ts";
import { outcomeOf } from "./change.ts";

test.each([
  [0, Operation.update, Outcome.none, "local"],
  [2, Operation.update, Outcome.applied, "applied"],
  [2, Operation.merge, Outcome.applied, "merged"],
  [2, Operation.merge, Outcome.superseded, "merged"],
  [2, Operation.update, Outcome.conflictWon, "won"],
  [2, Operation.merge, Outcome.conflictLost, "lost"],
  [2, Operation.update, Outcome.none, "recovered"],
])("of origin %i, operation %i and outcome %i it says %s", (originId, operation, outcome, says) => {
  const place = { partitionId: 1, epoch: 1, sequence: 1, originId, originSequence: 1, originLogId: 1 };
  expect(outcomeOf(new Entry(encodeEntry({ kind: EntryKind.put, operation, outcome, ...place })))).toBe(says);
});

/**
 * What an operator does about notes: writes the loser of a conflict again, and applies a parked change after
 * all. Both are writes of the partition's primary like any other: logged, replicated, and answered when
 * they are committed.
 */
import { MeridianError } from "../../common/errors.ts";
import { Operation } from "../../proto/entry.ts";
import { conflictOf, NoteType, noteTypeOf } from "../../proto/note.ts";
import { RecordImage } from "../../proto/record.ts";
import type { WriteOutcome } from "../records.ts";
import type { AdminSource } from "./admin-source.ts";
import { noteOfQuery } from "./notes.ts";

const NOTHING = Buffer.alloc(0);

/**
 * `/restore?namespace=test&id=PARTITION.SEQUENCE`: the loser's content as a new write, whose entry says that
 * it is one (Operation.restore). It descends from what is here now, so it wins everywhere.
 */
export async function restoreRoute(source: AdminSource, query: URLSearchParams): Promise<unknown> {
  const { slot, entry } = noteOfQuery(source, query);
  if (noteTypeOf(entry) !== NoteType.conflict) throw new MeridianError("BAD_REQUEST", "it is no conflict");
  const loser = RecordImage.checked(Buffer.from(conflictOf(entry).loser));
  const { tombstone, setName, userKey, voidTime, binCount, bins } = loser;
  if (voidTime !== 0 && voidTime <= source.nowVoidTime()) {
    throw new MeridianError("BAD_REQUEST", "the loser has expired since: nothing is restored");
  }
  const content = { tombstone, setName, userKey, voidTime, binCount, bins, changedBins: NOTHING };
  const outcome = await new Promise<WriteOutcome>((complete) => {
    source.write({
      slot,
      digest: entry.digest,
      evaluate: () => ({ write: true, operation: Operation.restore, ...content }),
      complete,
    });
  });
  if (outcome.kind === "applied") return { restored: true, generation: outcome.generation };
  if (outcome.kind === "in-doubt") throw new MeridianError("IN_DOUBT", "the write's outcome is unknown");
  const reason = outcome.kind === "refused" ? outcome.reason : outcome.kind;
  throw new MeridianError("UNAVAILABLE", `the write is refused: ${reason}`);
}

/** `/retry?namespace=test&id=PARTITION.SEQUENCE`: a parked change is applied, or stays with the reason. */
export async function retryRoute(source: AdminSource, query: URLSearchParams): Promise<unknown> {
  const { slot, entry } = noteOfQuery(source, query);
  if (noteTypeOf(entry) !== NoteType.parked) throw new MeridianError("BAD_REQUEST", "it is no parked change");
  return { outcome: await source.retryParked(slot, entry.sequence) };
}

/**
 * What an operator does about notes: writes the loser of a conflict again, and applies a parked change after
 * all. Both are writes of the partition's primary like any other: logged, replicated, and answered when
 * they are committed.
 */
import { MeridianError } from "../../common/errors.ts";
import { conflictOf, NoteType, noteTypeOf } from "../../proto/note.ts";
import { RecordImage } from "../../proto/record.ts";
import type { AdminSource } from "./admin-source.ts";
import { noteOfQuery } from "./notes.ts";
import { writeAgain } from "./write-again.ts";

/**
 * `/restore?namespace=test&id=PARTITION.SEQUENCE`: the loser's content as a new write, whose entry says that
 * it is one (Operation.restore). It descends from what is here now, so it wins everywhere.
 */
export async function restoreRoute(source: AdminSource, query: URLSearchParams): Promise<unknown> {
  const { slot, entry } = noteOfQuery(source, query);
  if (noteTypeOf(entry) !== NoteType.conflict) throw new MeridianError("BAD_REQUEST", "it is no conflict");
  const loser = RecordImage.checked(Buffer.from(conflictOf(entry).loser));
  if (loser.voidTime !== 0 && loser.voidTime <= source.nowVoidTime()) {
    throw new MeridianError("BAD_REQUEST", "the loser has expired since: nothing is restored");
  }
  return { restored: true, generation: await writeAgain(source, slot, entry.digest, () => loser) };
}

/** `/retry?namespace=test&id=PARTITION.SEQUENCE`: a parked change is applied, or stays with the reason. */
export async function retryRoute(source: AdminSource, query: URLSearchParams): Promise<unknown> {
  const { slot, entry } = noteOfQuery(source, query);
  if (noteTypeOf(entry) !== NoteType.parked) throw new MeridianError("BAD_REQUEST", "it is no parked change");
  return { outcome: await source.retryParked(slot, entry.sequence) };
}

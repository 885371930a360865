/**
 * What an operator does about notes: writes the loser of a conflict again, and applies a parked change after
 * all. Both are writes of the partition's primary like any other: logged, replicated, and answered when
 * they are committed.
 */
import { MeridianError } from "../../common/errors.ts";
import { conflictOf, NoteType, noteTypeOf } from "../../proto/note.ts";
import { binsByName, encodeNames } from "../../proto/record-bins.ts";
import { RecordImage } from "../../proto/record.ts";
import type { AdminSource } from "./admin-source.ts";
import { noteOfQuery } from "./notes.ts";
import { type Content, writeAgain } from "./write-again.ts";

/**
 * `/restore?namespace=test&id=PARTITION.SEQUENCE`: the loser's content as a new write, whose entry says that
 * it is one (Operation.restore). It descends from what is here now, so it wins everywhere. Where bins
 * converge, only those that were lost: the others stand.
 */
export async function restoreRoute(source: AdminSource, query: URLSearchParams): Promise<unknown> {
  const { slot, entry } = noteOfQuery(source, query);
  if (noteTypeOf(entry) !== NoteType.conflict) throw new MeridianError("BAD_REQUEST", "it is no conflict");
  const conflict = conflictOf(entry);
  const loser = RecordImage.checked(Buffer.from(conflict.loser));
  const nowVoidTime = source.nowVoidTime();
  if (loser.voidTime !== 0 && loser.voidTime <= nowVoidTime) {
    throw new MeridianError("BAD_REQUEST", "the loser has expired since: nothing is restored");
  }
  const names = (conflict.bins ?? []).map((name) => Buffer.from(name).toString("latin1"));
  const pick = (current: RecordImage | undefined): Content => withBins(current, loser, names, nowVoidTime);
  return { restored: true, generation: await writeAgain(source, slot, entry.digest, pick) };
}

/** The record with these bins as the loser has them, or, without names, the loser. */
function withBins(
  current: RecordImage | undefined,
  loser: RecordImage,
  names: readonly string[],
  nowVoidTime: number,
): Content {
  if (current === undefined || current.isGone(nowVoidTime) || names.length === 0) return loser;
  const bins = binsByName(current.bins, current.binCount);
  const lost = binsByName(loser.bins, loser.binCount);
  for (const name of names) {
    const bin = lost.get(name);
    if (bin === undefined) bins.delete(name);
    else bins.set(name, bin);
  }
  const { setName, userKey, voidTime } = current;
  const content = {
    setName,
    userKey,
    voidTime,
    binCount: bins.size,
    bins: Buffer.concat([...bins.values()]),
  };
  return { ...content, tombstone: bins.size === 0, changedBins: encodeNames(names) };
}

/** `/retry?namespace=test&id=PARTITION.SEQUENCE`: a parked change is applied, or stays with the reason. */
export async function retryRoute(source: AdminSource, query: URLSearchParams): Promise<unknown> {
  const { slot, entry } = noteOfQuery(source, query);
  if (noteTypeOf(entry) !== NoteType.parked) throw new MeridianError("BAD_REQUEST", "it is no parked change");
  return { outcome: await source.retryParked(slot, entry.sequence) };
}

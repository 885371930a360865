/**
 * Writes a content that a record has, or had, as a new version: a write of the partition's primary like any
 * other, logged, replicated and shipped. It descends from what is there, so it replaces that everywhere;
 * its entry says that it is no client's (Operation.restore).
 */
import { MeridianError } from "../../common/errors.ts";
import type { Slot } from "../../proto/cluster-map.ts";
import { Operation } from "../../proto/entry.ts";
import type { RecordImage } from "../../proto/record.ts";
import type { Evaluation, WriteOutcome } from "../records.ts";
import type { AdminSource } from "./admin-source.ts";

const NOTHING = Buffer.alloc(0);

type Kept = "tombstone" | "setName" | "userKey" | "voidTime" | "binCount" | "bins";

/** A record's content, or some bins of another one put into it: `changedBins` names them then. */
export type Content = Pick<Extract<Evaluation, { write: true }>, Kept | "keepsStamps"> & {
  readonly changedBins?: Uint8Array | undefined;
};

/**
 * `pick` gets the record as it is, and says which content is written; undefined: none. Resolves with the new
 * generation, undefined when nothing was written. Throws IN_DOUBT, UNAVAILABLE with the reason.
 */
export async function writeAgain(
  source: AdminSource,
  slot: Slot,
  digest: Buffer,
  pick: (current: RecordImage | undefined) => Content | undefined,
): Promise<number | undefined> {
  const outcome = await new Promise<WriteOutcome>((complete) => {
    source.write({
      slot,
      digest,
      evaluate: (current) => {
        const content = pick(current);
        if (content === undefined) return { write: false };
        const { tombstone, setName, userKey, voidTime, binCount, bins } = content;
        const kept = { tombstone, setName, userKey, voidTime, binCount, bins };
        const { changedBins = NOTHING, keepsStamps = false } = content;
        const how = { changedBins, keepsStamps, isWhole: content.changedBins === undefined && !keepsStamps };
        return { write: true, operation: Operation.restore, ...kept, ...how };
      },
      complete,
    });
  });
  switch (outcome.kind) {
    case "applied":
      return outcome.generation;
    case "unwritten":
      return undefined;
    case "in-doubt":
      throw new MeridianError("IN_DOUBT", "the write's outcome is unknown");
    case "refused":
      if (outcome.reason === "not-primary") throw new MeridianError("NOT_PRIMARY", "another node leads it");
      throw new MeridianError("UNAVAILABLE", `the write is refused: ${outcome.reason}`);
  }
}

/** What is noted of two versions of a record of which neither had seen the other. Pure. */
import { compareVersions, type ConflictPolicy, decidedBy } from "../../common/version/order.ts";
import type { meridian } from "../../proto/gen/note.js";
import type { RecordImage } from "../../proto/record.ts";
import type { ClockSkews } from "../xdr/clock-skews.ts";

/** Where the change that arrived stands, and when it was decided (wall clock, Unix milliseconds). */
export interface ConflictPlace {
  readonly originId: number;
  readonly originSequence: number;
  readonly decidedAt: number;
}

/** Describes the conflict of the version that is here and the one that arrives. */
export function describeConflict(
  policy: ConflictPolicy,
  current: RecordImage,
  incoming: RecordImage,
  place: ConflictPlace,
  skews: Pick<ClockSkews, "between">,
): meridian.note.IConflict {
  const incomingLost = compareVersions(policy, incoming, current) < 0;
  const [winner, loser] = incomingLost ? [current, incoming] : [incoming, current];
  const { rule, margin } = decidedBy(policy, winner, loser);
  const skew = skews.between(winner.sourceId, loser.sourceId);
  const clocks = skew === undefined ? {} : { skew: skew.ahead, skewError: skew.error };
  return {
    ...{ ...place, ...clocks, policy, rule, margin, incomingLost },
    winner: noted(winner),
    loser: loser.bytes,
  };
}

function noted({ generation, lut, sourceId, tombstone, seen }: RecordImage): meridian.note.INotedVersion {
  return {
    generation,
    lut: lut.toString(),
    sourceId,
    tombstone,
    seen: seen.map((field) => ({ sourceId: field.sourceId, lut: field.lut.toString() })),
  };
}

/** What is noted of two versions of a record of which neither had seen the other. Pure. */
import {
  compareVersions,
  type ConflictPolicy,
  type Decision,
  decidedBy,
} from "../../common/version/order.ts";
import type { meridian } from "../../proto/gen/note.js";
import type { RecordImage } from "../../proto/record.ts";
import type { ClockSkews } from "../xdr/clock-skews.ts";

/** Where the change that arrived stands, and when it was decided (wall clock, Unix milliseconds). */
export interface ConflictPlace {
  readonly originId: number;
  readonly originSequence: number;
  readonly decidedAt: number;
}

/** One version that lost to another one of which it had not been seen. */
export interface Loss extends Decision {
  readonly winner: RecordImage;
  readonly loser: RecordImage;
  readonly incomingLost: boolean;
  /** Names of the bins that were lost, where bins converge; empty: the whole version. */
  readonly bins: readonly string[];
}

/** The loss of the version that is here, or of the one that arrives, as a whole. */
export function lossBetween(policy: ConflictPolicy, current: RecordImage, incoming: RecordImage): Loss {
  const incomingLost = compareVersions(policy, incoming, current) < 0;
  const [winner, loser] = incomingLost ? [current, incoming] : [incoming, current];
  return { winner, loser, incomingLost, bins: [], ...decidedBy(policy, winner, loser) };
}

/** What is kept of a loss. */
export function describeConflict(
  policy: ConflictPolicy,
  { winner, loser, incomingLost, bins, rule, margin }: Loss,
  place: ConflictPlace,
  skews: Pick<ClockSkews, "between">,
): meridian.note.IConflict {
  const skew = skews.between(winner.sourceId, loser.sourceId);
  const clocks = skew === undefined ? {} : { skew: skew.ahead, skewError: skew.error };
  return {
    ...{ ...place, ...clocks, policy, rule, margin, incomingLost },
    winner: noted(winner),
    loser: loser.bytes,
    ...(bins.length === 0 ? {} : { bins: bins.map((name) => Buffer.from(name, "latin1").toString()) }),
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

/**
 * What became of every version of a record, in every datacenter: put together from what their primaries know
 * (`/history`) and from the conflicts that they have kept. Pure. A version is known by who wrote it and by
 * its last-update time; nothing is said that no log, record, note or position tells.
 */
import type { ConflictView, ParkedView } from "../notes/note-schema.ts";
import type { History } from "./ask-history.ts";

/** What one datacenter knows; no history: no primary answered. */
export interface Side {
  readonly name: string;
  readonly sourceId: number;
  readonly history: History | undefined;
  readonly conflicts: readonly ConflictView[];
  readonly parked: readonly ParkedView[];
}

export interface Fate {
  readonly datacenter: string;
  readonly what: string;
  /** It is the record's present version there. */
  readonly current: boolean;
}

export interface VersionStory {
  readonly sourceId: number;
  readonly lut: string;
  readonly generation: number;
  readonly time: string;
  readonly tombstone: boolean;
  readonly fates: readonly Fate[];
}

interface Version {
  readonly sourceId: number;
  readonly lut: string;
  readonly generation: number;
  readonly lutIso: string;
  readonly tombstone: boolean;
}

/** Every version that anybody still knows, oldest first. */
export function explain(sides: readonly Side[]): VersionStory[] {
  const versions = new Map<string, Version>();
  for (const { history, conflicts } of sides) {
    const known = [...(history?.entries ?? []), ...conflicts.map(({ loser }) => loser)];
    if (history?.record) known.push(history.record);
    for (const version of known) versions.set(`${version.sourceId}/${version.lut}`, version);
  }
  const ordered = [...versions.values()].toSorted((a, b) => Number(BigInt(a.lut) - BigInt(b.lut)));
  return ordered.map((version) => ({
    ...{ sourceId: version.sourceId, lut: version.lut, generation: version.generation },
    ...{ time: version.lutIso, tombstone: version.tombstone },
    fates: sides.map((side) => ({
      datacenter: side.name,
      what: fateOf(version, side, sides),
      current: isSame(side.history?.record ?? undefined, version),
    })),
  }));
}

function fateOf(version: Version, side: Side, sides: readonly Side[]): string {
  const { history, conflicts, sourceId } = side;
  if (history === undefined) return "not known: no primary answers";
  const own = history.entries.find((entry) => isSame(entry, version));
  if (version.sourceId === sourceId) {
    if (own !== undefined && own.origin === null) return `written, entry ${own.sequence} (${own.operation})`;
    return history.first > 1 ? "written; its log entry is trimmed" : "written here, as others say";
  }
  const lost = conflicts.find(({ loser }) => isSame(loser, version));
  if (own !== undefined) {
    const from =
      own.origin === null
        ? ""
        : `, entry ${own.origin.sequence} of ${cameFrom(own.origin.id, version, sides)}`;
    const after = lost?.incomingLost === false ? `; later lost to a change that arrived (${why(lost)})` : "";
    if (isMerged(own)) return `${MERGED}${from}${after}`;
    const some = lost?.incomingLost === true ? ` (${why(lost)})` : "";
    return `arrived and was ${OUTCOMES[own.outcome] ?? own.outcome}${some}${from}${after}`;
  }
  if (lost !== undefined) return `arrived and lost a conflict (${why(lost)})`;
  return withoutEntry(version, side, sides);
}

/** Neither an entry nor a note tells of it here: the positions do. */
function withoutEntry(version: Version, { history, parked }: Side, sides: readonly Side[]): string {
  if (isSame(history?.record ?? undefined, version))
    return "here; its log entry is trimmed, or it was copied";
  const origin = sides.find(({ sourceId }) => sourceId === version.sourceId);
  const written = origin?.history?.entries.find((entry) => isSame(entry, version));
  if (origin?.history === undefined || written === undefined) return "not known: its origin's log is trimmed";
  const position = history?.positions.find(
    ({ originId, logId }) => originId === origin.sourceId && logId === origin.history?.logId,
  );
  const seen = history?.record?.seen ?? [];
  const isSeen = seen.some(
    (one) => one.sourceId === version.sourceId && BigInt(one.lut) >= BigInt(version.lut),
  );
  const isDirect = history?.positions.some(({ originId }) => originId === origin.sourceId) === true;
  if (!isDirect && (history?.positions.length ?? 0) > 0) {
    return isSeen
      ? "superseded: what is here had seen it, by way of another datacenter"
      : `not here: nothing has come from ${origin.name} itself, and nothing that has seen it by others`;
  }
  const reached = position?.sequence ?? 0;
  if (reached < written.sequence) return `not applied yet (position ${reached} of ${written.sequence})`;
  const carried = history?.entries.find(
    ({ origin: from }) =>
      from?.id === origin.sourceId &&
      from.logId === origin.history?.logId &&
      from.sequence === written.sequence,
  );
  if (carried !== undefined && isMerged(carried)) return MERGED;
  const isParked = parked.some(
    (one) => one.originId === origin.sourceId && one.originSequence === written.sequence,
  );
  if (isParked) return "arrived and is parked";
  // Whatever has seen it is still here, if only as a tombstone.
  if (!isSeen) return "not shipped: filtered by its origin's settings of then";
  const trimmed = (history?.first ?? 1) > 1 ? ", or its log entry is trimmed" : "";
  return `arrived and was superseded: what was here had seen it${trimmed}`;
}

/** Whose log an entry is named by: its origin's, or that of who has forwarded it. */
function cameFrom(sourceId: number, version: Version, sides: readonly Side[]): string {
  if (sourceId === version.sourceId) return "its origin";
  const name = sides.find((side) => side.sourceId === sourceId)?.name ?? `source id ${sourceId}`;
  return `${name}, which has forwarded it`;
}

const MERGED = "arrived and was merged, bin by bin, with a version that had not seen it";

function isMerged({ operation, outcome }: { readonly operation: string; readonly outcome: string }): boolean {
  return operation === "merge" && outcome === "applied";
}

const OUTCOMES: Readonly<Record<string, string>> = {
  none: "taken from a scan",
  applied: "applied",
  superseded: "superseded",
  conflictWon: "applied, winning a conflict",
  conflictLost: "lost in a conflict",
};

function why({ rule, margin, ambiguous, lostBins }: ConflictView): string {
  const doubt = ambiguous === true ? ", within the clocks' skew" : "";
  const bins = lostBins.length === 0 ? "" : `bins ${lostBins.join(", ")}: `;
  return `${bins}${rule}, by ${margin}${doubt}`;
}

function isSame(
  a: { readonly sourceId: number; readonly lut: string } | undefined,
  b: { readonly sourceId: number; readonly lut: string },
): boolean {
  return a !== undefined && a.sourceId === b.sourceId && a.lut === b.lut;
}

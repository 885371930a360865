/**
 * The notes of the partitions that a node leads, as operators ask for them: conflicts with the version that
 * lost and the one that won, and parked changes with their reason. Page by page, in the order of
 * partitions and of their logs.
 */
import { MeridianError } from "../../common/errors.ts";
import { PARTITION_COUNT } from "../../common/limits.ts";
import { type Slot, slotOf } from "../../proto/cluster-map.ts";
import { Entry } from "../../proto/entry.ts";
import { conflictOf, NoteType, noteTypeOf, parkedOf } from "../../proto/note.ts";
import { RecordImage } from "../../proto/record.ts";
import type { AdminSource } from "./admin-source.ts";
import { namespaceIdOf, viewRecord } from "./record-view.ts";
import { viewBins } from "./view-bins.ts";

const NOTES_PER_PAGE = 500;

const TYPES: Readonly<Record<string, NoteType>> = { conflict: NoteType.conflict, parked: NoteType.parked };

/**
 * `/notes?namespace=test&type=conflict[&digest=HEX][&after=PARTITION.SEQUENCE]`: the next notes; `next` is
 * where to go on, null at the end.
 */
export function notesRoute(source: AdminSource, query: URLSearchParams): unknown {
  const namespaceId = namespaceIdOf(source, query);
  const type = TYPES[query.get("type") ?? ""];
  if (type === undefined) throw new MeridianError("BAD_REQUEST", "type: conflict or parked");
  const digest = query.get("digest");
  const after = query.get("after");
  const from = after === null ? { partition: 0, sequence: -1 } : noteIdOf(after);
  const notes: object[] = [];
  for (let { partition } = from; partition < PARTITION_COUNT; partition++) {
    const slot = slotOf(namespaceId, partition);
    if (!source.leads(slot)) continue;
    for (const note of source.storage.notes(slot)) {
      if (note.type !== type || (partition === from.partition && note.sequence <= from.sequence)) continue;
      const entry = entryOf(source, slot, note.sequence);
      if (entry === undefined) continue;
      if (digest !== null && entry.digest.toString("hex") !== digest) continue;
      notes.push(viewNote(entry, partition, false));
      if (notes.length < NOTES_PER_PAGE) continue;
      return { node: source.name, notes, next: `${partition}.${note.sequence}` };
    }
  }
  return { node: source.name, notes, next: null };
}

/** `/note?namespace=test&id=PARTITION.SEQUENCE`: one note, with the bins of the loser. */
export function noteRoute(source: AdminSource, query: URLSearchParams): unknown {
  const { entry, partition } = noteOfQuery(source, query);
  return { node: source.name, note: viewNote(entry, partition, true) };
}

/** The note that a query names. Throws NOT_PRIMARY, and NOT_FOUND when it is not kept. */
export function noteOfQuery(
  source: AdminSource,
  query: URLSearchParams,
): { readonly slot: Slot; readonly partition: number; readonly entry: Entry } {
  const id = query.get("id") ?? "";
  const { partition, sequence } = noteIdOf(id);
  const slot = slotOf(namespaceIdOf(source, query), partition);
  if (!source.leads(slot)) {
    throw new MeridianError("NOT_PRIMARY", `partition ${partition} is not led here`);
  }
  const entry = entryOf(source, slot, sequence);
  if (entry === undefined) throw new MeridianError("NOT_FOUND", `there is no ${id}, or it is no longer kept`);
  return { slot, partition, entry };
}

function entryOf({ storage }: AdminSource, slot: Slot, sequence: number): Entry | undefined {
  const bytes = storage.note(slot, sequence);
  return bytes === undefined ? undefined : new Entry(bytes);
}

function noteIdOf(text: string): { partition: number; sequence: number } {
  const match = /^(\d{1,4})\.(\d{1,15})$/.exec(text);
  const partition = Number(match?.[1] ?? Number.NaN);
  if (partition < PARTITION_COUNT) return { partition, sequence: Number(match?.[2]) };
  throw new MeridianError("BAD_REQUEST", `${text} is no PARTITION.SEQUENCE`);
}

function viewNote(entry: Entry, partition: number, withBins: boolean): object {
  const id = `${partition}.${entry.sequence}`;
  return noteTypeOf(entry) === NoteType.conflict
    ? viewConflict(entry, id, withBins)
    : viewParked(entry, id, withBins);
}

function viewConflict(entry: Entry, id: string, withBins: boolean): object {
  const conflict = conflictOf(entry);
  const image = RecordImage.checked(Buffer.from(conflict.loser));
  const { policy, rule, margin, incomingLost, originId, originSequence, winner } = conflict;
  return {
    ...{ id, policy, rule, margin, incomingLost, originId, originSequence },
    decidedAt: new Date(conflict.decidedAt).toISOString(),
    ...clocksOf(conflict),
    winner: viewVersion(winner),
    loser: viewRecord(entry.digest, image.bytes),
    lostBins: conflict.bins,
    ...(withBins ? { bins: viewBins(image) } : {}),
  };
}

/** Every field, also where a message leaves its zero out. */
function viewVersion(version: ReturnType<typeof conflictOf>["winner"]) {
  const { generation = 0, lut = "0", sourceId = 0, tombstone = false, seen = [] } = version ?? {};
  return { generation, lut, sourceId, tombstone, seen };
}

/**
 * Ambiguous: by what was known of the clocks, the loser may have been the later one. Null when nobody had
 * measured them, and the last-update time decided.
 */
function clocksOf({ rule, margin, skew, skewError }: ReturnType<typeof conflictOf>) {
  const isMeasured = skewError !== null && skewError !== undefined;
  const decidedByClock = rule === "last-update-time";
  const ambiguous = decidedByClock && (isMeasured ? margin <= skew + skewError : null);
  return { skew: isMeasured ? { ahead: skew, error: skewError } : null, ambiguous };
}

function viewParked(entry: Entry, id: string, withBins: boolean): object {
  const { reason, originId, originSequence, isEntry, parkedAt, bytes } = parkedOf(entry);
  return {
    ...{ id, reason, originId, originSequence, digest: isEntry ? null : entry.digest.toString("hex") },
    parkedAt: new Date(parkedAt).toISOString(),
    bytes: bytes.length,
    ...(withBins ? { content: Buffer.from(bytes).toString("base64") } : {}),
  };
}

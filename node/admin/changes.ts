/**
 * What an operator's commands ask of a node about its change log: how far each partition has come and
 * what of other datacenters is applied to it, and the changes of this datacenter after a sequence,
 * page by page, as they are shipped. Together they tell exactly what one datacenter has committed and
 * another one has not applied, without a record of who was answered what.
 *
 * Must guarantee: nothing is shown that could still be taken back, and nothing is left out silently:
 * what is trimmed, and how far a page has looked, is said; and who may have been replaced by another
 * primary (its lease is over) says nothing.
 */
import { MeridianError } from "../../common/errors.ts";
import { PARTITION_COUNT } from "../../common/limits.ts";
import { type Slot, slotOf } from "../../proto/cluster-map.ts";
import { Entry } from "../../proto/entry.ts";
import { isShippable } from "../change-log/change-tail.ts";
import type { AdminSource } from "./admin-source.ts";
import { namespaceIdOf, type RecordView, viewRecord } from "./record-view.ts";

/** Changes of one partition, and of all of them, in one answer. */
const CHANGES_PER_PARTITION = 500;
const CHANGES_MAX = 2000;
/** Bytes read of one partition's log for one answer: what is not ours is passed over. */
const READ_BYTES = 256 * 1024;
/** Bytes read for one answer; partitions after that are left for the next question. */
const ANSWER_BYTES = 8 * 1024 * 1024;

export interface ChangeView extends RecordView {
  readonly sequence: number;
  /** How many changes of this datacenter the partition's log had with it; 0: it was not counted. */
  readonly number: number;
  readonly kind: "put" | "delete";
  /** The record as stored, base64, when it was asked for. */
  readonly image?: string;
}

export interface PartitionChanges {
  readonly partition: number;
  readonly committed: number;
  /** Entries after the asked sequence are trimmed; whether changes were among them, `nextNumber` tells. */
  readonly trimmed: boolean;
  /**
   * Number of the first change that the log still has after the asked sequence; of the next one that will
   * be made, if it has none. Null: not met yet in what was looked at. 0: its changes were not counted.
   */
  readonly nextNumber: number | null;
  /** All of the log up to here was looked at; at `committed` the partition is through. */
  readonly next: number;
  readonly changes: readonly ChangeView[];
}

/**
 * `/positions?namespace=test`: of the partitions led here, what is committed and applied; `changes`: number
 * of the last change that the log has, committed or not.
 */
export function positionsRoute(source: AdminSource, query: URLSearchParams): unknown {
  const namespaceId = namespaceIdOf(source, query);
  const partitions = [];
  for (let partition = 0; partition < PARTITION_COUNT; partition++) {
    const slot = slotOf(namespaceId, partition);
    if (!source.leads(slot)) continue;
    partitions.push({
      partition,
      committed: source.committedSequence(slot),
      changes: source.storage.changes(slot),
      applied: source.appliedPositions(slot).map(({ originLogId, ...position }) => ({
        ...position,
        logId: originLogId,
      })),
    });
  }
  const map = source.map();
  return {
    node: source.name,
    mapVersion: map?.version ?? 0,
    logId: map?.namespaces[namespaceId]?.logId ?? 0,
    partitions,
  };
}

/**
 * `/changes?namespace=test&after=7:120,9:0[&limit=500][&images=true]`: by partition, the committed
 * changes of this datacenter with a higher sequence. Partitions that are not led here, or for which the
 * answer has no room, are left out.
 */
export async function changesRoute(source: AdminSource, query: URLSearchParams): Promise<unknown> {
  const namespaceId = namespaceIdOf(source, query);
  const limit = limitOf(query.get("limit"));
  const withImages = query.get("images") === "true";
  const room = { changes: CHANGES_MAX, bytes: ANSWER_BYTES };
  const partitions: PartitionChanges[] = [];
  for (const { partition, after } of positionsOf(query.get("after"))) {
    if (room.changes <= 0 || room.bytes <= 0) break;
    const slot = slotOf(namespaceId, partition);
    if (!source.leads(slot)) continue;
    const read = await changesAfter(source, slot, {
      after,
      limit: Math.min(limit, room.changes),
      withImages,
    });
    room.changes -= read.changes.length;
    room.bytes -= read.bytes;
    // Who has been replaced without knowing it may lack what was committed since.
    if (!source.leads(slot)) continue;
    const { bytes, ...told } = read;
    partitions.push({ partition, ...told });
  }
  return { node: source.name, logId: source.map()?.namespaces[namespaceId]?.logId ?? 0, partitions };
}

async function changesAfter(
  source: AdminSource,
  slot: Slot,
  { after, limit, withImages }: { after: number; limit: number; withImages: boolean },
): Promise<Omit<PartitionChanges, "partition"> & { readonly bytes: number }> {
  const { storage } = source;
  const committed = source.committedSequence(slot);
  const first = storage.firstSequence(slot);
  // Taken together: the log's end, and how many changes it has had up to there.
  const [end, total] = [storage.lastSequence(slot), storage.changes(slot)];
  const changes: ChangeView[] = [];
  const trimmed = after < committed && first - 1 > after;
  let nextNumber: number | null = null;
  let next = Math.max(after, first - 1);
  let looked = next;
  let bytes = 0;
  const entries = next >= end ? [] : await storage.readLog(slot, next + 1, READ_BYTES);
  for (const raw of entries) {
    const entry = new Entry(raw);
    const isChange = isShippable(entry.kind, entry.originId, entry.operation);
    if (changes.length >= limit) break;
    // The first change has its number whether it is committed or not.
    if (isChange) nextNumber ??= entry.changeNumber;
    looked = entry.sequence;
    if (entry.sequence > committed) continue;
    next = entry.sequence;
    bytes += raw.length;
    if (isChange) changes.push(viewChange(entry, withImages));
  }
  if (looked >= end) nextNumber ??= total + 1;
  return { committed, trimmed, nextNumber, next, changes, bytes };
}

function viewChange(entry: Entry, withImage: boolean): ChangeView {
  const view = viewRecord(entry.digest, entry.imageBytes);
  return {
    ...view,
    sequence: entry.sequence,
    number: entry.changeNumber,
    kind: view.tombstone ? "delete" : "put",
    ...(withImage ? { image: entry.imageBytes.toString("base64") } : {}),
  };
}

function limitOf(text: string | null): number {
  const limit = Number(text ?? CHANGES_PER_PARTITION);
  if (Number.isInteger(limit) && limit >= 1 && limit <= CHANGES_PER_PARTITION) return limit;
  throw new MeridianError("BAD_REQUEST", `limit: 1 to ${CHANGES_PER_PARTITION}`);
}

/** `7:120,9:0`: partitions, each with a sequence. */
function positionsOf(text: string | null): { partition: number; after: number }[] {
  if (text === null) throw new MeridianError("BAD_REQUEST", "after: PARTITION:SEQUENCE,...");
  return text.split(",").map((part) => {
    const match = /^(\d{1,4}):(\d{1,16})$/.exec(part);
    const partition = Number(match?.[1] ?? Number.NaN);
    const after = Number(match?.[2] ?? Number.NaN);
    if (partition < PARTITION_COUNT && Number.isSafeInteger(after)) return { partition, after };
    throw new MeridianError("BAD_REQUEST", `after: ${part} is no PARTITION:SEQUENCE`);
  });
}

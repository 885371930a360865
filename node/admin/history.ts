/**
 * All that a partition's primary knows of one record: what is stored, the entries of its log that still tell
 * of it, and how far the partition has come with every log. Together with the same of other datacenters it
 * tells where each version was written and what became of it (`meridian explain`).
 */
import { MeridianError } from "../../common/errors.ts";
import { partitionOfDigest, slotOf } from "../../proto/cluster-map.ts";
import { Entry, EntryKind, Operation } from "../../proto/entry.ts";
import { Outcome } from "../../proto/ledger.ts";
import type { AdminSource } from "./admin-source.ts";
import { digestOfQuery, namespaceIdOf, viewRecord, viewStamps } from "./record-view.ts";

const READ_BYTES = 1024 * 1024;
/** Of one record's entries, the newest are told. */
const ENTRIES_MAX = 200;

const OPERATIONS = namesOf(Operation);
const OUTCOMES = namesOf(Outcome);

/** `/history?namespace=test&set=demo&key=ada`: throws NOT_PRIMARY unless the partition is led here. */
export async function historyRoute(source: AdminSource, query: URLSearchParams): Promise<unknown> {
  const namespaceId = namespaceIdOf(source, query);
  const digest = digestOfQuery(query);
  const partition = partitionOfDigest(digest);
  const slot = slotOf(namespaceId, partition);
  if (!source.leads(slot)) throw new MeridianError("NOT_PRIMARY", `partition ${partition} is not led here`);
  const { storage } = source;
  const committed = source.committedSequence(slot);
  const first = storage.firstSequence(slot);
  const entries: object[] = [];
  for (let next = first; next <= committed; ) {
    const read = await storage.readLog(slot, next, READ_BYTES);
    for (const bytes of read) {
      const entry = new Entry(bytes);
      if (entry.sequence > committed || entry.kind !== EntryKind.put || !entry.digest.equals(digest))
        continue;
      entries.push(viewEntry(entry));
      if (entries.length > ENTRIES_MAX) entries.shift();
    }
    next += read.length;
  }
  const bytes = storage.get(slot, digest);
  return {
    ...{ node: source.name, digest: digest.toString("hex"), partition, committed, first, entries },
    logId: source.map()?.namespaces[namespaceId]?.logId ?? 0,
    record: bytes === undefined ? null : viewRecord(digest, bytes),
    bins: bytes === undefined ? [] : viewStamps(bytes),
    positions: storage.applied(slot).map(({ originId, originLogId: logId, sequence }) => ({
      ...{ originId, logId, sequence },
    })),
  };
}

function viewEntry(entry: Entry): object {
  const { sequence, originId, originSequence, originLogId, operation, outcome } = entry;
  const { generation, lut, lutIso, sourceId, tombstone } = viewRecord(entry.digest, entry.imageBytes);
  const origin = originId === 0 ? null : { id: originId, sequence: originSequence, logId: originLogId };
  return {
    ...{ sequence, origin, generation, lut, lutIso, sourceId, tombstone },
    operation: OPERATIONS.get(operation) ?? String(operation),
    outcome: OUTCOMES.get(outcome) ?? String(outcome),
  };
}

function namesOf(values: Readonly<Record<string, number>>): ReadonlyMap<number, string> {
  return new Map(Object.entries(values).map(([name, value]) => [value, name]));
}

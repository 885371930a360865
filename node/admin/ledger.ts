/**
 * What a node tells of the ledger (proto/ledger.ts): of the partitions that it leads, how the changes of
 * each other datacenter have ended, and whether that is all of them. Read from what is on its disk, where
 * ledger and position are equal at any moment.
 */
import { PARTITION_COUNT } from "../../common/limits.ts";
import { slotOf } from "../../proto/cluster-map.ts";
import { addDelta, emptyLedger, type MutableLedger, unaccountedOf } from "../../proto/ledger.ts";
import { NoteType } from "../../proto/note.ts";
import type { AdminSource } from "./admin-source.ts";
import { namespaceIdOf } from "./record-view.ts";

/** Partitions whose ledger does not balance that are named. */
const UNBALANCED_MAX = 100;

/** Of one log of another datacenter, over the partitions that are led here. */
export interface OriginLedger extends MutableLedger {
  readonly originId: number;
  readonly logId: number;
  /** Changes that are covered and ended in no state, or in more than one: 0, or there is a bug. */
  unaccounted: number;
}

export interface NamespaceLedger {
  /** How many partitions are led here. */
  partitions: number;
  /** Own changes of these partitions. */
  changes: number;
  /** Conflicts that were noted, and those of which the loser is still kept. */
  conflicts: number;
  conflictsKept: number;
  readonly origins: readonly OriginLedger[];
  /** Source ids of the datacenters that the namespace is shipped to. */
  readonly destinations: readonly number[];
  readonly unbalanced: readonly {
    readonly partition: number;
    readonly originId: number;
    readonly unaccounted: number;
  }[];
}

/** Sums the ledgers of a namespace. */
export function sumLedgers(
  { storage, leads, destinations }: Pick<AdminSource, "storage" | "leads" | "destinations">,
  namespaceId: number,
): NamespaceLedger {
  const origins = new Map<string, OriginLedger>();
  const unbalanced: { partition: number; originId: number; unaccounted: number }[] = [];
  const total = { partitions: 0, changes: 0, conflicts: 0, conflictsKept: 0 };
  for (let partition = 0; partition < PARTITION_COUNT; partition++) {
    const slot = slotOf(namespaceId, partition);
    if (!leads(slot)) continue;
    total.partitions++;
    total.changes += storage.changes(slot);
    total.conflicts += storage.conflicts(slot);
    total.conflictsKept += storage.notes(slot).filter(({ type }) => type === NoteType.conflict).length;
    for (const { originId, originLogId, ledger } of storage.applied(slot)) {
      const key = `${originId}/${originLogId}`;
      const sum = origins.get(key) ?? { originId, logId: originLogId, unaccounted: 0, ...emptyLedger() };
      origins.set(key, sum);
      addDelta(sum, ledger, 1);
      const unaccounted = unaccountedOf(ledger);
      // What one partition has too much of does not make up for what another lacks.
      sum.unaccounted += Math.abs(unaccounted);
      if (unaccounted === 0 || unbalanced.length >= UNBALANCED_MAX) continue;
      unbalanced.push({ partition, originId, unaccounted });
    }
  }
  const to = destinations(namespaceId);
  return { ...total, origins: [...origins.values()], destinations: to, unbalanced };
}

/** `/ledger?namespace=test`: the ledger of the partitions led here. */
export function ledgerRoute(source: AdminSource, query: URLSearchParams): unknown {
  const namespaceId = namespaceIdOf(source, query);
  const logId = source.map()?.namespaces[namespaceId]?.logId ?? 0;
  return { node: source.name, sourceId: source.sourceId, logId, ...sumLedgers(source, namespaceId) };
}

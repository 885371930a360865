/** Puts together what the nodes of two datacenters tell of the changes of the one in the other. Pure. */
import { PARTITION_COUNT } from "../../common/limits.ts";
import { addDelta, emptyLedger, type Ledger, type MutableLedger } from "../../proto/ledger.ts";
import type { LoggedDatacenter } from "../setup/setup.ts";
import type { NodeLedger } from "./take-ledger.ts";

/** Of the changes of `from` in `to`. */
export interface LinkLedger {
  readonly namespace: string;
  readonly from: string;
  readonly to: string;
  /** By its settings the namespace is shipped there; else nothing is pending. */
  readonly ships: boolean;
  /** Partitions answered for in both. */
  readonly partitions: number;
  /** Changes that the origin has made, and those of them that the destination has not dealt with yet. */
  readonly made: number;
  readonly pending: number;
  /** How those that it has dealt with have ended. */
  readonly ended: Omit<Ledger, "changes">;
  /** Of an earlier log of the origin, which was started anew since. */
  readonly earlier: number;
  /** Dealt with, and ended in no state or in more than one; or known there and not to the origin. */
  readonly unaccounted: number;
  readonly unbalanced: NodeLedger["unbalanced"];
}

export interface Link {
  readonly namespace: string;
  readonly origin: LoggedDatacenter;
  readonly destination: LoggedDatacenter;
  /** By the settings of now it is shipped at all: else nothing is on its way. */
  readonly ships: boolean;
}

/** `origin`: of its nodes, asked after `destination`, of those of the destination. */
export function balanceOf(
  { namespace, origin, destination, ships }: Link,
  answers: { readonly origin: readonly NodeLedger[]; readonly destination: readonly NodeLedger[] },
): LinkLedger {
  const logId = Math.max(0, ...answers.origin.map((node) => node.logId));
  const made = sum(answers.origin.map(({ changes }) => changes));
  const logs = answers.destination
    .flatMap(({ origins }) => origins)
    .filter(({ originId }) => originId === origin.sourceId);
  const total: MutableLedger = emptyLedger();
  for (const log of logs) if (log.logId === logId) addDelta(total, log, 1);
  const { changes, ...ended } = total;
  const partitions = Math.min(
    ...[answers.origin, answers.destination].map((nodes) => sum(nodes.map((node) => node.partitions))),
  );
  // Of partitions that only one side answers for it cannot be told.
  const ahead = isWhole(answers.origin, partitions) ? Math.max(0, changes - made) : 0;
  return {
    ...{ namespace, from: origin.name, to: destination.name, partitions, made, ended },
    ships,
    pending: ships ? Math.max(0, made - changes) : 0,
    earlier: sum(logs.filter((log) => log.logId !== logId).map((log) => log.changes)),
    unaccounted: sum(logs.map((log) => log.unaccounted)) + ahead,
    unbalanced: answers.destination
      .flatMap(({ unbalanced }) => unbalanced)
      .filter(({ originId }) => originId === origin.sourceId),
  };
}

/** Every partition has a primary that answered: the count of changes is one of all of them. */
function isWhole(nodes: readonly NodeLedger[], partitions: number): boolean {
  return partitions === PARTITION_COUNT && sum(nodes.map((node) => node.partitions)) === PARTITION_COUNT;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

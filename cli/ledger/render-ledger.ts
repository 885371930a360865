/** The ledger as a table for people. */
import Table from "cli-table3";
import { PARTITION_COUNT } from "../../common/limits.ts";
import { formatCount, PLAIN_TABLE } from "../overview/render.ts";
import type { SetupLedger } from "./take-ledger.ts";

export function renderLedger({ links, unaccounted }: SetupLedger): string {
  const table = new Table({
    ...PLAIN_TABLE,
    head: [
      ...["link", "namespace", "changes", "pending", "applied", "superseded"],
      ...["won", "lost", "parked", "recovered", "filtered", "forwarded", "unaccounted"],
    ],
    colAligns: ["left", "left", ...Array.from({ length: 11 }, () => "right" as const)],
  });
  for (const { from, to, namespace, ships, made, pending, ended, unaccounted: missing } of links) {
    const { applied, superseded, conflictWon, conflictLost, parked, recovered, filtered, forwarded } = ended;
    const counts = [
      made,
      pending,
      applied,
      superseded,
      conflictWon,
      conflictLost,
      parked,
      recovered,
      filtered,
      forwarded,
      missing,
    ];
    table.push([`${from} -> ${to}${ships ? "" : " (off)"}`, namespace, ...counts.map(formatCount)]);
  }
  const unknown = links.filter(({ partitions }) => partitions < PARTITION_COUNT);
  const lines = unknown.map(
    ({ from, to, namespace, partitions }) =>
      `${from} -> ${to}, ${namespace}: no answer for ${formatCount(PARTITION_COUNT - partitions)} partitions`,
  );
  const unbalanced = links.flatMap(({ from, to, namespace, unbalanced: partitions }) =>
    partitions.map(
      (one) =>
        `${from} -> ${to}, ${namespace}, partition ${one.partition}: ${one.unaccounted} unaccounted for`,
    ),
  );
  const verdict =
    unaccounted === 0
      ? "every change is accounted for"
      : `${formatCount(unaccounted)} changes are unaccounted for`;
  return [table.toString(), "", ...unbalanced, ...lines, verdict].join("\n");
}

/**
 * Proves how two datacenters' counts are put together: what is pending, what is of an earlier log, and that
 * nothing balances by accident: neither a surplus here against a lack there, nor changes that the origin no
 * longer knows; and that where partitions are not answered for, no such surplus is claimed.
 */
import { expect, test } from "vitest";
import { emptyLedger, type Ledger } from "../../proto/ledger.ts";
import { balanceOf, type Link } from "./balance.ts";
import { PARTITION_COUNT } from "../../common/limits.ts";
import { renderLedger } from "./render-ledger.ts";
import type { NodeLedger } from "./take-ledger.ts";

const ORIGIN_LOG = 70;
const link: Link = {
  namespace: "test",
  origin: { name: "dc-a", sourceId: 1, nodes: [] },
  destination: { name: "dc-b", sourceId: 2, nodes: [] },
  ships: true,
};

function node(partitions: number, change: Partial<NodeLedger> = {}): NodeLedger {
  const nothing = { changes: 0, conflicts: 0, conflictsKept: 0, origins: [], unbalanced: [] };
  return { logId: ORIGIN_LOG, partitions, ...nothing, ...change };
}

function log(
  ledger: Partial<Ledger>,
  rest: { unaccounted?: number; logId?: number; originId?: number } = {},
) {
  return { ...emptyLedger(), originId: 1, logId: ORIGIN_LOG, unaccounted: 0, ...ledger, ...rest };
}

test("nodes add up, and what is not dealt with is pending", () => {
  const answers = {
    origin: [node(2000, { changes: 10 }), node(2096, { changes: 5 })],
    destination: [
      node(4000, { origins: [log({ changes: 8, applied: 7, parked: 1 }), log({}, { originId: 3 })] }),
      node(96, { origins: [log({ changes: 4, superseded: 4 })] }),
    ],
  };
  expect(balanceOf(link, answers)).toMatchObject({
    ...{ from: "dc-a", to: "dc-b", partitions: 4096, made: 15, pending: 3, unaccounted: 0, earlier: 0 },
    ended: { applied: 7, superseded: 4, parked: 1, recovered: 0 },
  });
});

test("an earlier log of the origin is apart", () => {
  const origins = [log({ changes: 9, applied: 9 }, { logId: 8 }), log({ changes: 2, recovered: 2 })];
  const answers = { origin: [node(4096, { changes: 2 })], destination: [node(4096, { origins })] };
  expect(balanceOf(link, answers)).toMatchObject({ earlier: 9, pending: 0, ended: { recovered: 2 } });
});

test("what nodes find unaccounted for is, and so is what the origin no longer knows", () => {
  const unbalanced = [
    { partition: 7, originId: 1, unaccounted: 2 },
    { partition: 9, originId: 3, unaccounted: 1 },
  ];
  const origins = [log({ changes: 9, applied: 7 }, { unaccounted: 2 })];
  const destination = [node(4096, { origins, unbalanced })];
  const whole = balanceOf(link, { origin: [node(4096, { changes: 6 })], destination });
  expect(whole).toMatchObject({ unaccounted: 5, unbalanced: [unbalanced[0]] });
  const partial = balanceOf(link, { origin: [node(4000, { changes: 6 })], destination });
  expect(partial).toMatchObject({ unaccounted: 2, partitions: 4000 });
  const text = renderLedger({ links: [partial], unaccounted: 2, complete: false });
  expect(text).toContain("dc-a -> dc-b, test, partition 7: 2 unaccounted for");
  expect(text).toContain("no answer for 96 partitions");
  expect(text).toContain("2 changes are unaccounted for");
});

test("what is not shipped any more is not on its way", () => {
  const origin = [node(PARTITION_COUNT, { changes: 9 })];
  const destination = [node(PARTITION_COUNT, { origins: [log({ changes: 4, applied: 4 })] })];
  const sum = balanceOf({ ...link, ships: false }, { origin, destination });
  expect(sum).toMatchObject({ made: 9, pending: 0, unaccounted: 0 });
  expect(renderLedger({ links: [sum], unaccounted: 0, complete: true })).toContain("dc-a -> dc-b (off)");
});

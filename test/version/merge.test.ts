/**
 * V3 to V6 (V3, V4, V5, V6) of common/version/SPEC.md.
 *
 * Proves C2: two to five datacenters that write one record under any schedule (any order of arrival,
 * any duplication, recovery scans, failovers, clocks that are skewed and jump both ways) hold at each
 * step what an oracle by sets of writes says, call conflicts by their right name, and end byte-equal
 * (version, content and `seen`) once everything has arrived everywhere. And the law plain overwrites
 * rest on: what descends from a write is greater than it in the order.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ConflictPolicy, compareVersions } from "../../common/version/order.ts";
import { covers, type Seen } from "../../common/version/version.ts";
import type { RecordImage } from "../../proto/record.ts";
import { Datacenter } from "./datacenters.ts";
import { Oracle, type Write } from "./oracle.ts";

const HOUR_MS = 3_600_000;
const START_MS = 1_800_000_000_000;

type Step =
  | { readonly kind: "write"; readonly at: number; readonly content: number; readonly tombstone: boolean }
  /** The change number `change` (modulo how many there are) arrives, again or for the first time. */
  | { readonly kind: "deliver"; readonly at: number; readonly change: number }
  /** A recovery scan: the present image of another datacenter arrives. */
  | { readonly kind: "scan"; readonly at: number; readonly from: number }
  | { readonly kind: "clock"; readonly at: number; readonly jumpMs: number }
  | { readonly kind: "fail-over"; readonly at: number };

const anyAt = fc.nat({ max: 4 });
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant("write" as const),
      at: anyAt,
      content: fc.nat({ max: 255 }),
      tombstone: fc.boolean(),
    }),
  },
  {
    weight: 10,
    arbitrary: fc.record({ kind: fc.constant("deliver" as const), at: anyAt, change: fc.nat({ max: 60 }) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("scan" as const), at: anyAt, from: anyAt }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("clock" as const),
      at: anyAt,
      jumpMs: fc.constantFrom(-HOUR_MS, -1000, -1, 1, 1000, HOUR_MS),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("fail-over" as const), at: anyAt }) },
);

/** A change in flight, with what the oracle knows of it. */
interface Change {
  readonly image: RecordImage;
  readonly write: Write;
}

class World {
  readonly datacenters: readonly Datacenter[];
  readonly oracle: Oracle;
  readonly changes: Change[] = [];
  /** What each datacenter knows, as the oracle counts. */
  readonly known: Set<number>[];
  readonly #writeOf = new Map<string, Write>();

  constructor(policy: ConflictPolicy, sourceIds: readonly number[]) {
    this.oracle = new Oracle(policy);
    this.datacenters = sourceIds.map((id) => new Datacenter(policy, id, START_MS));
    this.known = sourceIds.map(() => new Set());
  }

  run(step: Step): void {
    const index = step.at % this.datacenters.length;
    const datacenter = at(this.datacenters, index);
    if (step.kind === "clock") datacenter.wallMs += step.jumpMs;
    else if (step.kind === "fail-over") datacenter.failOver();
    else if (step.kind === "write") this.#write(index, step.content, step.tombstone);
    else if (step.kind === "scan") this.#scan(index, step.from % this.datacenters.length);
    else if (this.changes.length > 0) {
      const change = at(this.changes, step.change % this.changes.length);
      this.receive(index, change.image, change.write, change.write.history);
    }
    this.check(index);
  }

  #write(index: number, content: number, tombstone: boolean): void {
    const known = at(this.known, index);
    const image = at(this.datacenters, index).write(content, tombstone);
    const write = this.oracle.add(known, image);
    known.add(write.id);
    this.changes.push({ image, write });
    this.#writeOf.set(`${image.sourceId}/${image.lut}`, write);
  }

  #scan(index: number, from: number): void {
    const image = at(this.datacenters, from).image;
    if (image === undefined) return;
    const write = this.#writeOf.get(`${image.sourceId}/${image.lut}`);
    if (write === undefined) throw new Error("an image that nobody wrote");
    this.receive(index, image, write, at(this.known, from));
  }

  receive(index: number, image: RecordImage, write: Write, carried: ReadonlySet<number>): void {
    const known = at(this.known, index);
    const expected = this.oracle.outcome(known, write, carried);
    const outcome = at(this.datacenters, index).receive(image);
    for (const id of carried) known.add(id);
    expect(outcome === "won" || outcome === "lost" ? "conflict" : outcome).toBe(expected);
    if (outcome === "won") expect(this.oracle.winner(known)?.id).toBe(write.id);
  }

  /** A datacenter holds exactly what the oracle says. */
  check(index: number): void {
    const { image } = at(this.datacenters, index);
    const winner = this.oracle.winner(at(this.known, index));
    expect(image === undefined).toBe(winner === undefined);
    if (image === undefined || winner === undefined) return;
    expect([image.sourceId, image.lut, image.generation]).toEqual([
      winner.sourceId,
      winner.lut,
      winner.generation,
    ]);
    expect(seenText(image.seen)).toBe(this.oracle.seen(at(this.known, index)));
    const written = this.changes.find((change) => change.write.id === winner.id);
    expect(image.contentHash()).toEqual(written?.image.contentHash());
  }
}

function at<T>(list: readonly T[], index: number): T {
  const item = list[index];
  if (item === undefined) throw new Error(`nothing at ${index}`);
  return item;
}
function seenText(seen: readonly Seen[]): string {
  return seen.map((field) => `${field.sourceId}:${field.lut}`).join(" ");
}

const anySourceIds = fc.uniqueArray(fc.constantFrom(1, 2, 3, 100, 255), { minLength: 2, maxLength: 5 });
const anySteps = fc.array(anyStep, { minLength: 1, maxLength: 60, size: "max" });

describe.each(["last-update-time", "generation"] as const)("C2 under %s", (policy) => {
  test("any schedule converges to the same bytes, and every step is the oracle's", () => {
    fc.assert(
      fc.property(anySourceIds, anySteps, fc.integer(), (sourceIds, steps, order) => {
        const world = new World(policy, sourceIds);
        for (const step of steps) world.run(step);
        // Everything arrives everywhere, each time in another order, some of it twice.
        sourceIds.forEach((_, index) => {
          const arrivals = [...world.changes, ...world.changes.filter((__, nth) => (nth + order) % 3 === 0)];
          for (const { image, write } of shuffled(arrivals, order + index)) {
            world.receive(index, image, write, write.history);
            world.check(index);
          }
        });
        const images = world.datacenters.map((datacenter) => datacenter.image?.bytes.toString("hex"));
        expect(new Set(images).size).toBe(1);
      }),
      { numRuns: 600 },
    );
  });

  test("what covers a write is greater than it, and beats it from both sides", () => {
    fc.assert(
      fc.property(anySourceIds, anySteps, (sourceIds, steps) => {
        const world = new World(policy, sourceIds);
        for (const step of steps) world.run(step);
        for (const older of world.changes) {
          for (const newer of world.changes) {
            const descends = newer.write.history.has(older.write.id);
            expect(covers(newer.image.seen, older.image)).toBe(descends);
            if (descends && newer !== older) {
              expect(compareVersions(policy, newer.image, older.image)).toBeGreaterThan(0);
            }
          }
        }
      }),
      { numRuns: 400 },
    );
  });

  test("states merged pairwise, without the changes themselves, converge too", () => {
    fc.assert(
      fc.property(anySourceIds, anySteps, (sourceIds, steps) => {
        const world = new World(policy, sourceIds);
        for (const step of steps) world.run(step);
        const count = sourceIds.length;
        for (let round = 0; round < 2; round++) {
          for (let index = 0; index < count; index++) {
            world.run({ kind: "scan", at: index, from: (index + 1) % count });
            for (let from = 0; from < count; from++) world.run({ kind: "scan", at: index, from });
          }
        }
        const images = world.datacenters.map((datacenter) => datacenter.image?.bytes.toString("hex"));
        expect(new Set(images).size).toBe(1);
      }),
      { numRuns: 300 },
    );
  });
});

/** A permutation drawn from `seed`; small and its own, so that a failure replays. */
function shuffled<T>(items: readonly T[], seed: number): T[] {
  let state = (seed >>> 0) + 0x9e37_79b9;
  const next = (): number => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b_3c6d) + 0x6d2b_79f5) >>> 0;
    return (state ^ (state >>> 13)) >>> 0;
  };
  return items
    .map((item) => ({ item, rank: next() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}

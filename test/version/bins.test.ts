/**
 * Proves of records whose bins converge (common/version/SPEC.md, V8, V9, V10, V11): any schedule of writes,
 * deletes, replaces, touches, expiry and merges in several datacenters ends in equal bytes, whatever the
 * order, number and grouping of arrivals; what stands of each bin is its last write, as an oracle says that
 * knows all writes; and what is said to be lost is lost.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { joinRecords } from "../../common/version/bins.ts";
import { encodeImage, RecordImage } from "../../proto/record.ts";
import { binRecordOf, encodeBinRecord } from "../../proto/record-bins.ts";
import { BinDatacenter, type Bins, binOf, valuesOf } from "./bin-datacenter.ts";

type Step =
  | { readonly kind: "put"; readonly at: number; readonly bins: Bins; readonly ttl: number }
  | { readonly kind: "replace"; readonly at: number; readonly bins: Bins; readonly ttl: number }
  | { readonly kind: "delete"; readonly at: number }
  | { readonly kind: "touch"; readonly at: number; readonly ttl: number }
  | { readonly kind: "expire"; readonly at: number }
  | { readonly kind: "receive"; readonly at: number; readonly change: number }
  | { readonly kind: "scan"; readonly at: number; readonly from: number }
  | { readonly kind: "clock"; readonly at: number; readonly wallMs: number }
  | { readonly kind: "time"; readonly seconds: number };

const at = fc.nat({ max: 4 });
const ttl = fc.constantFrom(0, 0, 3, 10);
const name = fc.constantFrom("a", "b", "c", "long-name-of-15");
const bins = fc.dictionary(name, fc.option(fc.nat({ max: 3 }), { freq: 4 }), { minKeys: 1, maxKeys: 3 });
const someBins = fc.dictionary(name, fc.nat({ max: 3 }), { minKeys: 1, maxKeys: 3 });

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant("put" as const), at, bins, ttl }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("replace" as const), at, bins: someBins, ttl }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("delete" as const), at }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("touch" as const), at, ttl }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("expire" as const), at }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("receive" as const), at, change: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("scan" as const), at, from: at }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("clock" as const), at, wallMs: fc.nat({ max: 4 }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("time" as const), seconds: fc.nat({ max: 4 }) }) },
);

class World {
  readonly datacenters: readonly BinDatacenter[];
  readonly changes: RecordImage[] = [];
  /** What has arrived where, or was made there. */
  readonly #arrived = new Set<string>();
  now = 1;

  constructor(sourceIds: readonly number[]) {
    this.datacenters = sourceIds.map((sourceId, index) => new BinDatacenter(sourceId, index));
    for (const datacenter of this.datacenters) datacenter.now = this.now;
  }

  at(index: number): BinDatacenter {
    const found = this.datacenters[index % this.datacenters.length];
    if (found === undefined) throw new Error("no datacenter");
    return found;
  }

  receive(index: number, change: number): void {
    const image = this.changes[change];
    if (image === undefined) throw new Error("no such change");
    this.at(index).receive(image);
    this.#arrived.add(`${index % this.datacenters.length}/${change}`);
  }

  /** Changes that are on their way to a datacenter. */
  missing(index: number): number[] {
    return [...this.changes.keys()].filter((change) => !this.#arrived.has(`${index}/${change}`));
  }

  run(step: Step): void {
    const before = this.changes.length;
    this.#run(step);
    if (this.changes.length > before && "at" in step) {
      this.#arrived.add(`${step.at % this.datacenters.length}/${before}`);
    }
  }

  #run(step: Step): void {
    const voidTimeOf = (seconds: number): number => (seconds === 0 ? 0 : this.now + seconds);
    if (step.kind === "time") {
      this.now += step.seconds;
      for (const datacenter of this.datacenters) datacenter.now = this.now;
      return;
    }
    const datacenter = this.at(step.at);
    switch (step.kind) {
      case "put":
        this.changes.push(datacenter.put(step.bins, voidTimeOf(step.ttl)));
        break;
      case "replace":
        this.changes.push(datacenter.put(step.bins, voidTimeOf(step.ttl), true));
        break;
      case "delete":
        this.changes.push(datacenter.delete());
        break;
      case "touch": {
        const touched = datacenter.touch(voidTimeOf(step.ttl));
        if (touched !== undefined) this.changes.push(touched);
        break;
      }
      case "expire":
        datacenter.expire();
        break;
      case "receive":
        if (this.changes.length > 0) this.receive(step.at, step.change % this.changes.length);
        break;
      case "scan": {
        const { image } = this.at(step.from);
        if (image !== undefined) datacenter.receive(image);
        break;
      }
      case "clock":
        datacenter.wallMs = step.wallMs;
        break;
    }
  }

  hexes(): Set<string | undefined> {
    return new Set(this.datacenters.map(({ image }) => image?.bytes.toString("hex")));
  }
}

const anySourceIds = fc.uniqueArray(fc.constantFrom(1, 2, 3, 100, 255), { minLength: 2, maxLength: 4 });
const anySteps = fc.array(anyStep, { minLength: 1, maxLength: 50, size: "max" });

/** A world after its steps. */
const anyWorld = fc.tuple(anySourceIds, anySteps).map(([sourceIds, steps]) => {
  const world = new World(sourceIds);
  for (const step of steps) world.run(step);
  return world;
});

describe("convergence", () => {
  test("every order of the changes on their way, some twice, ends in equal bytes", () => {
    fc.assert(
      fc.property(anyWorld, fc.infiniteStream(fc.nat()), (world, draws) => {
        for (const [index, datacenter] of world.datacenters.entries()) {
          // What expires is gone before the rest arrives, in some of them.
          if (index % 2 === 0) datacenter.expire();
          const missing = world.missing(index);
          const arrivals = [...missing, ...missing.filter((change) => change % 3 === 0)];
          while (arrivals.length > 0) {
            const [drawn = 0] = draws.take(1);
            const [change] = arrivals.splice(drawn % arrivals.length, 1);
            if (change !== undefined) world.receive(index, change);
          }
          datacenter.expire();
        }
        expect(world.hexes().size).toBe(1);
      }),
      { numRuns: 800 },
    );
  });

  test("records merged pairwise, without the changes themselves, end in equal bytes", () => {
    fc.assert(
      fc.property(anyWorld, (world) => {
        const count = world.datacenters.length;
        for (let round = 0; round < 2; round++) {
          for (let to = 0; to < count; to++) {
            for (let from = 0; from < count; from++) world.run({ kind: "scan", at: to, from: from + round });
          }
        }
        for (const datacenter of world.datacenters) datacenter.expire();
        expect(world.hexes().size).toBe(1);
      }),
      { numRuns: 500 },
    );
  });

  test("the join is commutative, associative and idempotent, and each image says what it is", () => {
    fc.assert(
      fc.property(anyWorld, ({ changes, datacenters }) => {
        const images = [...changes, ...datacenters.flatMap(({ image }) => image ?? [])].slice(-6);
        const records = images.map((image) => binRecordOf(image));
        const join = (a: (typeof records)[0], b: (typeof records)[0]) =>
          joinRecords("last-update-time", a, b);
        const bytes = (record: (typeof records)[0]): string => encodeBinRecord(record).toString("hex");
        for (const [index, a] of records.entries()) {
          expect(bytes(a)).toBe(images[index]?.bytes.toString("hex"));
          expect(bytes(join(a, a))).toBe(bytes(a));
          for (const b of records) {
            expect(bytes(join(a, b))).toBe(bytes(join(b, a)));
            expect(bytes(join(a, join(a, b)))).toBe(bytes(join(a, b)));
            for (const c of records) expect(bytes(join(a, join(b, c)))).toBe(bytes(join(join(a, b), c)));
          }
        }
      }),
      { numRuns: 200 },
    );
  });
});

/** The last write of each bin, told from all writes without the product's help. */
test("what stands is the last write of each bin, and no older one than the last delete or replace", () => {
  fc.assert(
    fc.property(anySourceIds, anySteps, (sourceIds, steps) => {
      const world = new World(sourceIds);
      const last = new Map<string, { rank: bigint; value: number | null }>();
      let floor = -1n;
      const rankOf = ({ lut, sourceId }: RecordImage): bigint => lut * 256n + BigInt(sourceId);
      for (const step of steps) {
        if (step.kind === "time" || step.kind === "expire" || step.kind === "touch") continue;
        const before = Object.keys(step.kind === "put" ? {} : (world.at(step.at).values ?? {}));
        world.run("ttl" in step ? { ...step, ttl: 0 } : step);
        if (step.kind !== "put" && step.kind !== "replace" && step.kind !== "delete") continue;
        const written = world.changes.at(-1);
        if (written === undefined) throw new Error("nothing written");
        const rank = rankOf(written);
        if (step.kind !== "put" && rank > floor) floor = rank;
        const values: Bins = step.kind === "delete" ? {} : step.bins;
        for (const bin of new Set([...Object.keys(values), ...before])) {
          if (rank > (last.get(bin)?.rank ?? -1n)) last.set(bin, { rank, value: values[bin] ?? null });
        }
      }
      const standing = [...last].filter(([, { rank, value }]) => value !== null && rank >= floor);
      const expected = Object.fromEntries(standing.map(([bin, { value }]) => [bin, value]));
      for (const datacenter of world.datacenters) {
        for (const change of world.changes) datacenter.receive(change);
        expect(datacenter.values ?? {}).toEqual(expected);
      }
    }),
    { numRuns: 600 },
  );
});

describe("two datacenters that have not seen each other", () => {
  const both = (): [BinDatacenter, BinDatacenter] => {
    const [one, other] = [new BinDatacenter(1, 10), new BinDatacenter(2, 20)];
    other.receive(one.put({ a: 1, b: 1 }));
    return [one, other];
  };

  test("different bins: both stand, nothing is lost", () => {
    const [one, other] = both();
    const [left, right] = [one.put({ a: 2 }), other.put({ b: 2, c: 2 })];
    expect(one.receive(right)).toMatchObject({ outcome: "merged", losses: [] });
    expect(other.receive(left)).toMatchObject({ outcome: "merged", losses: [], changed: true });
    expect(one.values).toEqual({ a: 2, b: 2, c: 2 });
    expect(other.image?.bytes.equals(one.image?.bytes ?? Buffer.alloc(0))).toBe(true);
    expect(one.receive(right)).toMatchObject({ outcome: "stale", changed: false });
  });

  test("one bin: the later write stands, and the loser is told with its bin", () => {
    const [one, other] = both();
    const [left, right] = [one.put({ a: 2, c: 2 }), other.put({ a: 3, d: 3 })];
    const [atOther, atOne] = [other.receive(left), one.receive(right)];
    expect(atOther).toMatchObject({ outcome: "lost", losses: [{ incomingLost: true, bins: ["a"] }] });
    expect(atOne).toMatchObject({ outcome: "won", losses: [{ incomingLost: false, bins: ["a"] }] });
    expect(atOne.losses[0]?.loser.bytes.equals(left.bytes)).toBe(true);
    expect(atOne.losses[0]).toMatchObject({ rule: "last-update-time" });
    expect(one.values).toEqual({ a: 3, b: 1, c: 2, d: 3 });
  });

  test("each loses a bin to the other: both losses are told", () => {
    const [one, other] = both();
    one.put({ a: 2 });
    const right = other.put({ a: 3, b: 3 });
    one.wallMs = 30;
    const left = one.put({ b: 2 });
    expect(other.receive(left).losses.map(({ bins, incomingLost }) => [incomingLost, bins])).toEqual([
      [false, ["b"]],
      [true, ["a"]],
    ]);
    expect(one.receive(right).losses).toHaveLength(2);
    expect(one.values).toEqual({ a: 3, b: 2 });
    expect(other.values).toEqual(one.values);
  });

  test("a delete of the record takes bins of older writes that it has not seen, a bin's delete does not", () => {
    const [one, other] = both();
    const right = other.delete();
    const left = one.put({ c: 2 });
    expect(one.receive(right)).toMatchObject({ outcome: "won", losses: [{ bins: ["c"] }] });
    expect(other.receive(left)).toMatchObject({ outcome: "lost" });
    expect(one.values).toBeUndefined();
    const [first, second] = both();
    const emptied = second.put({ a: null, b: null });
    expect(emptied.tombstone).toBe(true);
    const added = first.put({ c: 2 });
    expect(first.receive(emptied)).toMatchObject({ outcome: "merged" });
    expect(second.receive(added)).toMatchObject({ outcome: "merged" });
    expect(first.values).toEqual({ c: 2 });
    expect(second.values).toEqual({ c: 2 });
  });

  test("a delete that a later write outlives is told as lost", () => {
    const [one, other] = both();
    const left = one.delete();
    const right = other.put({ a: 5 });
    expect(one.receive(right)).toMatchObject({ outcome: "won", losses: [{ incomingLost: false }] });
    expect(other.receive(left)).toMatchObject({ outcome: "lost", losses: [{ incomingLost: true }] });
    expect(one.values).toEqual({ a: 5 });
  });

  test("bins that expire before others are not seen, and go in both", () => {
    const [one, other] = both();
    const left = one.put({ a: 2, b: 2 }, 50);
    const right = other.put({ c: 3 });
    other.now = 60;
    // It had expired there before the change arrived.
    other.receive(left);
    other.expire();
    one.receive(right);
    expect(valuesOf(one.image, 40)).toEqual({ a: 2, b: 2, c: 3 });
    one.now = 60;
    expect(one.values).toEqual({ c: 3 });
    one.expire();
    expect(one.image?.bytes.equals(other.image?.bytes ?? Buffer.alloc(0))).toBe(true);
  });
});

test("a write over an expired bin does not take the longer life that another datacenter gave it", () => {
  const [one, other] = [new BinDatacenter(1, 10), new BinDatacenter(2, 20)];
  other.receive(one.put({ a: 1 }, 50));
  const touched = other.touch(0);
  one.now = 60;
  const late = one.put({ b: 1 });
  if (touched === undefined) throw new Error("there is a record to be touched");
  one.receive(touched);
  other.receive(late);
  expect(one.values).toEqual({ a: 1, b: 1 });
  expect(other.values).toEqual(one.values);
});

test("images of format 1 are merged as whole versions", () => {
  const whole = (lut: bigint, sourceId: number, bins: Buffer): RecordImage =>
    new RecordImage(
      encodeImage({
        ...{ generation: 1, lut, sourceId, voidTime: 0, tombstone: false, seen: [{ sourceId, lut }] },
        ...{ setName: Buffer.alloc(0), userKey: Buffer.alloc(0), binCount: 1, bins },
      }),
    );
  const [older, later] = [whole(5n, 1, binOf("a", 1)), whole(6n, 2, binOf("b", 2))];
  const [one, other] = [new BinDatacenter(3), new BinDatacenter(4)];
  one.receive(older);
  expect(one.receive(older)).toMatchObject({ outcome: "stale", changed: false });
  expect(one.image?.bytes.equals(older.bytes)).toBe(true);
  one.receive(later);
  other.receive(later);
  other.receive(older);
  expect(one.values).toEqual({ b: 2 });
  expect(one.image?.bytes.equals(other.image?.bytes ?? Buffer.alloc(0))).toBe(true);
});

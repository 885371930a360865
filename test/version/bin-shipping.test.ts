/**
 * Proves of bins that are not shipped everywhere (`bin-policy`, `ship-bin`, `ignore-bin`): whatever the links
 * leave out, the bins that all of them ship at some time end equal in all datacenters, each change having
 * arrived once, in parts; and a bin that is left out stays what it is at the destination.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import { commonBins } from "../../cli/verify/compared-bins.ts";
import { type BinFilter, shipsBin } from "../../common/xdr/xdr-bins.ts";
import { shipSettingsSchema } from "../../common/xdr/xdr-settings.ts";
import { partialImage } from "../../proto/partial-image.ts";
import type { RecordImage } from "../../proto/record.ts";
import { binRecordOf } from "../../proto/record-bins.ts";
import { BinDatacenter } from "./bin-datacenter.ts";

const NAMES = ["a", "b", "c"];
const filterOf = (given: object): BinFilter => shipSettingsSchema.parse(given);
const someNames = fc.subarray(NAMES, { maxLength: 2 });
const anyFilter: fc.Arbitrary<BinFilter> = fc.oneof(
  fc.constant(filterOf({})),
  fc.constant(filterOf({ "bin-policy": "only-changed" })),
  someNames.map((names) => filterOf({ "ignore-bin": names })),
  someNames.map((names) => filterOf({ "bin-policy": "only-changed", "ignore-bin": names })),
  someNames.map((names) => filterOf({ "bin-policy": "changed-and-specified", "ship-bin": names })),
  fc.constant(filterOf({ "bin-policy": "changed-or-specified", "ignore-bin": ["a"], "ship-bin": ["b"] })),
);
const anyWrite = fc.record({
  at: fc.nat(2),
  what: fc.constantFrom("put", "put", "put", "replace", "delete", "touch", "expire", "later"),
  bins: fc.dictionary(fc.constantFrom(...NAMES), fc.option(fc.nat(5), { freq: 4 }), {
    minKeys: 1,
    maxKeys: 2,
  }),
  ttl: fc.constantFrom(0, 0, 3),
  /** How many of the changes under way arrive then, from where, and where. */
  arrive: fc.nat(3),
  link: fc.nat(5),
});

/** Changes on their way between three datacenters, in order of each link. */
class Links {
  readonly sites = [1, 2, 3].map((sourceId) => new BinDatacenter(sourceId, sourceId));
  readonly #filters: readonly BinFilter[];
  readonly #ways: { readonly from: number; readonly to: number; readonly queue: RecordImage[] }[] = [];
  now = 1;

  constructor(filters: readonly BinFilter[]) {
    this.#filters = filters;
    for (const from of this.sites.keys()) {
      for (const to of this.sites.keys()) if (from !== to) this.#ways.push({ from, to, queue: [] });
    }
  }

  setTime(now: number): void {
    this.now = now;
    for (const site of this.sites) site.now = now;
  }

  send(from: number, image: RecordImage | undefined): void {
    if (image === undefined) return;
    for (const [index, way] of this.#ways.entries()) {
      const filter = this.#filters[index];
      if (way.from === from && filter !== undefined) way.queue.push(partialImage(image, filter, true));
    }
  }

  arrive(link: number, count: number): void {
    const way = this.#ways[link % this.#ways.length];
    for (const image of way?.queue.splice(0, count) ?? []) this.sites[way?.to ?? 0]?.receive(image);
  }

  arriveAll(): void {
    for (const index of this.#ways.keys()) this.arrive(index, Number.POSITIVE_INFINITY);
    for (const site of this.sites) site.expire();
  }
}

test("what all links ship ends equal everywhere", () => {
  const filters = fc.array(anyFilter, { minLength: 6, maxLength: 6 });
  const property = fc.property(
    filters,
    fc.array(anyWrite, { maxLength: 30, size: "max" }),
    (chosen, writes) => {
      const links = new Links(chosen);
      links.setTime(1);
      for (const { at, what, bins, ttl, arrive, link } of writes) {
        const site = links.sites[at];
        if (site === undefined) throw new Error("no such site");
        const voidTime = ttl === 0 ? 0 : links.now + ttl;
        if (what === "later") links.setTime(links.now + 2);
        else if (what === "expire") site.expire();
        else if (what === "delete") links.send(at, site.delete());
        else if (what === "touch") links.send(at, site.touch(voidTime));
        else links.send(at, site.put(bins, voidTime, what === "replace"));
        links.arrive(link, arrive);
      }
      links.arriveAll();
      const compared = commonBins(chosen) ?? filterOf({});
      const views = links.sites.map(({ image }) => image && partialImage(image, compared, false).bytes);
      expect(new Set(views.map((bytes) => bytes?.toString("hex"))).size).toBe(1);
    },
  );
  fc.assert(property, { numRuns: 1500 });
});

test("only what a write has changed leaves with only-changed, all that a scan may ship with a scan", () => {
  const [one, other] = [new BinDatacenter(1), new BinDatacenter(2)];
  other.receive(one.put({ a: 1, b: 1, secret: 1 }));
  const names = (image: RecordImage): string[] => [...binRecordOf(image).bins.keys()];
  const changed = filterOf({ "bin-policy": "only-changed", "ignore-bin": ["secret"] });
  const written = one.put({ b: 2, secret: 2 });
  const part = partialImage(written, changed, true);
  expect(names(part)).toEqual(["b"]);
  expect(names(partialImage(written, changed, false))).toEqual(["a", "b"]);
  expect(partialImage(written, filterOf({}), true)).toBe(written);
  other.receive(part);
  expect(other.values).toEqual({ a: 1, b: 2, secret: 1 });
  // A void time is a change of every bin that it is given to.
  expect(names(partialImage(one.put({ b: 3 }, 50), changed, true))).toEqual(["a", "b"]);
  expect(names(partialImage(one.put({ a: null }, 50), changed, true))).toEqual(["a"]);
});

test("each policy, by name and by change", () => {
  const rows: [given: object, unchanged: string[], changed: string[]][] = [
    [{}, ["a", "b", "c"], ["a", "b", "c"]],
    [{ "ignore-bin": ["a"] }, ["b", "c"], ["b", "c"]],
    [{ "bin-policy": "only-changed" }, [], ["a", "b", "c"]],
    [{ "bin-policy": "only-changed", "ignore-bin": ["a"] }, [], ["b", "c"]],
    [{ "bin-policy": "changed-and-specified", "ship-bin": ["b"] }, [], ["b"]],
    [{ "bin-policy": "changed-or-specified", "ship-bin": ["b"], "ignore-bin": ["a"] }, ["b"], ["b", "c"]],
  ];
  for (const [given, unchanged, changed] of rows) {
    const filter = filterOf(given);
    expect(NAMES.filter((name) => shipsBin(filter, name, false))).toEqual(unchanged);
    expect(NAMES.filter((name) => shipsBin(filter, name, true))).toEqual(changed);
  }
});

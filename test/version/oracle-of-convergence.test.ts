/**
 * V1, V2, V3 and V4 of common/version/SPEC.md.
 *
 * Proves that the convergence checker (test/checkers), which was written from the design's words alone,
 * and the product's order and merge agree: on any two versions they name the same winner; datacenters
 * that wrote and exchanged one record by the real parts, in any order, pass it; and they fail it as soon
 * as one of them has missed a change that counts, or keeps a version that lost.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareVersions } from "../../common/version/order.ts";
import { encodeImage, RecordImage } from "../../proto/record.ts";
import { convergenceProblems } from "../checkers/convergence.ts";
import { compareByDesign, type Policy, type RecordVersion } from "../checkers/version-order.ts";
import { Datacenter } from "./datacenters.ts";

const START_MS = 1_800_000_000_000;
const HOUR_MS = 3_600_000;
const NOTHING = Buffer.alloc(0);

/** An image as the checkers see it. */
function versionOf(image: RecordImage): RecordVersion {
  return {
    generation: image.generation,
    lut: image.lut,
    sourceId: image.sourceId,
    contentHash: Buffer.from(image.contentHash()).toString("hex"),
    seen: image.seen,
    tombstone: image.tombstone,
    voidTime: image.voidTime,
  };
}

const anyImage = fc
  .record({
    generation: fc.constantFrom(1, 2, 24_576, 49_152, 65_535, 65_536, 0xffff_ffff),
    lut: fc.constantFrom(0n, 1n, 0xffffn, 0x1_0000n, (1n << 63n) - 1n, (1n << 64n) - 1n),
    sourceId: fc.constantFrom(1, 2, 255),
    content: fc.nat({ max: 3 }),
    tombstone: fc.boolean(),
  })
  .map(({ content, ...fields }) => {
    const seen = [{ sourceId: fields.sourceId, lut: fields.lut }];
    const region = { setName: NOTHING, userKey: NOTHING, binCount: 0, bins: Buffer.of(content) };
    return new RecordImage(encodeImage({ ...fields, voidTime: 0, seen, ...region }));
  });

const anySteps = fc.array(
  fc.record({
    kind: fc.constantFrom("write", "write", "delete", "deliver", "deliver", "deliver", "clock", "fail-over"),
    at: fc.nat({ max: 3 }),
    pick: fc.nat({ max: 255 }),
    jumpMs: fc.constantFrom(-HOUR_MS, -1, 1, HOUR_MS),
  }),
  { minLength: 2, maxLength: 40, size: "max" },
);

interface Exchange {
  readonly datacenters: readonly Datacenter[];
  readonly changes: readonly RecordImage[];
}

function run(
  policy: Policy,
  count: number,
  steps: typeof anySteps extends fc.Arbitrary<infer T> ? T : never,
): Exchange {
  const datacenters = Array.from(
    { length: count },
    (_, index) => new Datacenter(policy, index + 1, START_MS),
  );
  const changes: RecordImage[] = [];
  for (const { kind, at, pick, jumpMs } of steps) {
    const datacenter = datacenters[at % count];
    const change = changes[pick % Math.max(1, changes.length)];
    if (datacenter === undefined) throw new Error("no datacenter");
    if (kind === "write" || kind === "delete") changes.push(datacenter.write(pick, kind === "delete"));
    else if (kind === "clock") datacenter.wallMs += jumpMs;
    else if (kind === "fail-over") datacenter.failOver();
    else if (change !== undefined) datacenter.receive(change);
  }
  return { datacenters, changes };
}

function problemsOf(policy: Policy, { datacenters, changes }: Exchange): string[] {
  return convergenceProblems({
    key: "k",
    policy,
    committed: changes.map(versionOf),
    holdings: datacenters.map(({ sourceId, image }) => ({
      datacenter: `dc-${sourceId}`,
      version: image === undefined ? undefined : versionOf(image),
    })),
  });
}

describe.each(["last-update-time", "generation"] as const)("policy %s", (policy) => {
  test("the order of the product is the order of the design's words", () => {
    fc.assert(
      fc.property(anyImage, anyImage, (a, b) => {
        const expected = compareByDesign(policy, versionOf(a), versionOf(b));
        expect(Math.sign(compareVersions(policy, a, b))).toBe(expected);
      }),
      { numRuns: 2000 },
    );
  });

  test("what the real merge makes of all changes, in any order, passes", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 4 }), anySteps, fc.nat(), (count, steps, order) => {
        const exchange = run(policy, count, steps);
        exchange.datacenters.forEach((datacenter, index) => {
          const from = (order + index) % Math.max(1, exchange.changes.length);
          const rotated = [...exchange.changes.slice(from), ...exchange.changes.slice(0, from)];
          for (const change of index % 2 === 0 ? rotated : rotated.toReversed()) datacenter.receive(change);
        });
        expect(problemsOf(policy, exchange)).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  test("a datacenter that missed a change fails, unless a later one it has descends from that", () => {
    let missed = 0;
    fc.assert(
      fc.property(anySteps, fc.nat(), (steps, pick) => {
        const { changes } = run(policy, 3, steps);
        if (changes.length === 0) return;
        const without = changes.filter((_, index) => index !== pick % changes.length);
        const fresh = [100, 101].map((id) => new Datacenter(policy, id, START_MS));
        for (const change of changes) fresh[0]?.receive(change);
        for (const change of without) fresh[1]?.receive(change);
        const same = fresh[0]?.image?.bytes.toString("hex") === fresh[1]?.image?.bytes.toString("hex");
        if (!same) missed += 1;
        expect(problemsOf(policy, { datacenters: fresh, changes }).length > 0).toBe(!same);
      }),
      { numRuns: 400 },
    );
    expect(missed).toBeGreaterThan(50);
  });
});

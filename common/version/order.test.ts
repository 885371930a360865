/**
 * V1, V2 and V7 of common/version/SPEC.md.
 *
 * Proves C1: the version order is strict and total under both policies, at the edges of every field:
 * a version never loses to itself, two different ones never tie, a win one way is a loss the other
 * way, and wins chain. Each law is also checked against a table of hand-made cases.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ConflictPolicy, compareVersions, decidedBy, type Ordered } from "./order.ts";

const POLICIES: readonly ConflictPolicy[] = ["last-update-time", "generation"];
const RUNS = { numRuns: 3000 };

interface Plain {
  readonly generation: number;
  readonly lut: bigint;
  readonly sourceId: number;
  readonly hash: Uint8Array;
}

/** Few values, many of them edges, so that every prefix of fields is often equal. */
const anyPlain: fc.Arbitrary<Plain> = fc.record({
  generation: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(1, 2, 0x7fff_ffff, 0x8000_0000, 0xffff_fffe, 0xffff_ffff) },
    fc.nat({ max: 0xffff_ffff }),
  ),
  lut: fc.oneof(
    {
      weight: 4,
      arbitrary: fc.constantFrom(
        0n,
        1n,
        65535n,
        65536n,
        2n ** 53n,
        2n ** 53n + 1n,
        2n ** 63n,
        2n ** 64n - 1n,
      ),
    },
    fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  ),
  sourceId: fc.constantFrom(1, 2, 127, 128, 255),
  hash: fc.oneof(
    fc.constantFrom(Uint8Array.of(0), Uint8Array.of(127), Uint8Array.of(128), Uint8Array.of(255)),
    fc.uint8Array({ minLength: 1, maxLength: 1 }),
  ),
});

function ordered(plain: Plain): Ordered {
  return { ...plain, contentHash: () => plain.hash };
}
function compare(policy: ConflictPolicy, a: Plain, b: Plain): number {
  return Math.sign(compareVersions(policy, ordered(a), ordered(b)));
}
function same(a: Plain, b: Plain): boolean {
  return (
    a.generation === b.generation &&
    a.lut === b.lut &&
    a.sourceId === b.sourceId &&
    Buffer.compare(a.hash, b.hash) === 0
  );
}

describe.each(POLICIES)("C1 under %s", (policy) => {
  test("irreflexive and total: 0 exactly for equal versions", () => {
    fc.assert(
      fc.property(anyPlain, anyPlain, (a, b) => {
        expect(compare(policy, a, { ...a, hash: Uint8Array.from(a.hash) })).toBe(0);
        expect(compare(policy, a, b) === 0).toBe(same(a, b));
      }),
      RUNS,
    );
  });

  test("antisymmetric", () => {
    fc.assert(
      fc.property(anyPlain, anyPlain, (a, b) => {
        expect(compare(policy, a, b) + compare(policy, b, a)).toBe(0);
      }),
      RUNS,
    );
  });

  test("transitive", () => {
    fc.assert(
      fc.property(anyPlain, anyPlain, anyPlain, (a, b, c) => {
        if (compare(policy, a, b) > 0 && compare(policy, b, c) > 0) expect(compare(policy, a, c)).toBe(1);
      }),
      RUNS,
    );
  });

  test("any arrangement sorts the same way", () => {
    fc.assert(
      fc.property(
        fc
          .array(anyPlain, { minLength: 2, maxLength: 8 })
          .chain((list) =>
            fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
          ),
        ([list, shuffled]) => {
          const sort = (versions: readonly Plain[]): Plain[] =>
            versions.toSorted((a, b) => compare(policy, a, b));
          expect(
            sort(shuffled).map((one) => JSON.stringify([...one.hash, String(one.lut), one.generation])),
          ).toEqual(sort(list).map((one) => JSON.stringify([...one.hash, String(one.lut), one.generation])));
        },
      ),
      { numRuns: 300 },
    );
  });
});

test.each(POLICIES)("what is said to have decided is the first that differs, by how much (%s)", (policy) => {
  fc.assert(
    fc.property(anyPlain, anyPlain, (a, b) => {
      const lut = a.lut === b.lut ? [] : [{ rule: "last-update-time", by: a.lut - b.lut }];
      const generation =
        a.generation === b.generation ? [] : [{ rule: "generation", by: a.generation - b.generation }];
      const found = policy === "generation" ? [...generation, ...lut] : [...lut, ...generation];
      const last = a.sourceId === b.sourceId ? "content-hash" : "source-id";
      const { rule, by } = found[0] ?? { rule: last, by: 0 };
      const size = Math.abs(Number(by));
      const margin = rule === "last-update-time" ? size / 65536 : size;
      expect(decidedBy(policy, ordered(a), ordered(b))).toEqual({ rule, margin });
      // Whoever is ahead in it wins.
      if (by !== 0) expect(compare(policy, a, b)).toBe(by > 0 ? 1 : -1);
    }),
    RUNS,
  );
});

describe("the fields in their order", () => {
  const low: Plain = { generation: 1, lut: 1n, sourceId: 1, hash: Uint8Array.of(0) };
  const rows: [what: string, winner: Plain, loser: Plain, policies: readonly ConflictPolicy[]][] = [
    ["LUT before generation", { ...low, lut: 2n }, { ...low, generation: 9 }, ["last-update-time"]],
    ["generation before LUT", { ...low, generation: 2 }, { ...low, lut: 9n }, ["generation"]],
    ["generation on a LUT tie", { ...low, generation: 2 }, { ...low, sourceId: 9 }, POLICIES],
    ["source id on a tie of both", { ...low, sourceId: 2 }, { ...low, hash: Uint8Array.of(9) }, POLICIES],
    [
      "content hash at last",
      { ...low, hash: Uint8Array.of(200) },
      { ...low, hash: Uint8Array.of(100) },
      POLICIES,
    ],
    ["generations do not wrap", { ...low, generation: 0xffff_ffff }, low, ["generation"]],
    ["LUTs do not wrap", { ...low, lut: 2n ** 64n - 1n }, low, ["last-update-time"]],
    ["LUTs beyond a double", { ...low, lut: 2n ** 60n + 1n }, { ...low, lut: 2n ** 60n }, POLICIES],
  ];
  for (const [what, winner, loser, policies] of rows) {
    test.each(policies)(`${what} (%s)`, (policy) => {
      expect(compare(policy, winner, loser)).toBe(1);
      expect(compare(policy, loser, winner)).toBe(-1);
    });
  }

  test("the content hash is computed on a tie only", () => {
    const costly = (plain: Plain): Ordered => ({
      ...plain,
      contentHash: () => {
        throw new Error("asked for the hash");
      },
    });
    expect(compareVersions("last-update-time", costly(low), costly({ ...low, lut: 2n }))).toBeLessThan(0);
    expect(() => compareVersions("last-update-time", costly(low), costly(low))).toThrow("asked for the hash");
  });
});

/**
 * Proves that the convergence checker passes what the design allows and finds each way to differ: a
 * loser kept, a tie settled by what is local, a `seen` not joined, and versions issued wrongly, which
 * would make any result depend on the order of arrival.
 */
import { describe, expect, test } from "vitest";
import { type ConvergenceCase, convergenceProblems } from "./convergence.ts";
import type { RecordVersion, SeenField } from "./version-order.ts";

/** `seen` as pairs of source id and LUT; the own one is added. */
function version(
  generation: number,
  lut: number,
  sourceId: number,
  seen: readonly (readonly [number, number])[] = [],
  more: Partial<RecordVersion> = {},
): RecordVersion {
  const fields: SeenField[] = seen.map(([id, value]) => ({ sourceId: id, lut: BigInt(value) }));
  const own = { sourceId, lut: BigInt(lut) };
  const contentHash = `${generation}${lut}${sourceId}0`.padStart(8, "0");
  return {
    generation,
    lut: BigInt(lut),
    sourceId,
    contentHash,
    seen: [...fields, own].sort((a, b) => a.sourceId - b.sourceId),
    tombstone: false,
    voidTime: 0,
    ...more,
  };
}

/** The same version with a `seen` as given. */
function held(one: RecordVersion, seen: readonly (readonly [number, number])[]): RecordVersion {
  return { ...one, seen: seen.map(([sourceId, lut]) => ({ sourceId, lut: BigInt(lut) })) };
}

function problems(
  committed: readonly RecordVersion[],
  holdings: readonly (RecordVersion | undefined)[],
  more: Partial<ConvergenceCase> = {},
): string[] {
  const named = holdings.map((one, index) => ({ datacenter: `dc-${index + 1}`, version: one }));
  return convergenceProblems({ key: "k", policy: "last-update-time", committed, holdings: named, ...more });
}

const first = version(1, 10, 1);
const second = version(2, 20, 1);
const other = version(1, 15, 2);

describe("what the design allows", () => {
  test("nothing written, nothing held", () => expect(problems([], [undefined, undefined])).toEqual([]));
  test("an overwrite", () => expect(problems([first, second], [second, second])).toEqual([]));
  test("a conflict: the greater LUT, seen joined", () => {
    const joined = held(other, [
      [1, 10],
      [2, 15],
    ]);
    expect(problems([first, other], [joined, joined])).toEqual([]);
  });
  test("policy generation: the greater generation, seen joined", () => {
    const old = version(2, 12, 1, []);
    const joined = held(old, [
      [1, 12],
      [2, 15],
    ]);
    expect(problems([first, old, other], [joined, joined], { policy: "generation" })).toEqual([]);
  });
  test("a write in doubt that beats all may be there or not, and no committed one may lose to nothing", () => {
    const doubtful = [version(3, 30, 1, [])];
    expect(problems([first, second], [second, second], { inDoubt: doubtful })).toEqual([]);
    const winner = version(3, 30, 1, []);
    expect(problems([first, second], [winner, winner], { inDoubt: doubtful })).toEqual([]);
    expect(problems([], [undefined, undefined], { inDoubt: doubtful })).toEqual([]);
  });
  test("an expired record is there as a tombstone of its version", () => {
    const mortal = version(1, 10, 1, [], { voidTime: 50 });
    const gone = { ...mortal, tombstone: true, contentHash: "dead" };
    expect(problems([mortal], [gone, gone], { now: 60 })).toEqual([]);
    expect(problems([mortal], [gone, gone], { now: 40 })).toHaveLength(2);
  });
});

describe("what must not be", () => {
  test("each datacenter keeps its own on a conflict", () => {
    const found = problems(
      [first, other],
      [
        held(first, [
          [1, 10],
          [2, 15],
        ]),
        held(other, [
          [1, 10],
          [2, 15],
        ]),
      ],
    );
    expect(found).toHaveLength(2);
    expect(found[0]).toMatch(
      /^record k: dc-1 has generation 1, LUT 10, source 1.* instead of generation 1, LUT 15/,
    );
    expect(found[1]).toMatch(/^record k: dc-1 has .*, dc-2 has /);
  });
  test("a tie of LUT and generation settled by what is local", () => {
    const a = version(1, 10, 1);
    const b = version(1, 10, 2);
    const seen = [
      [1, 10],
      [2, 10],
    ] as const;
    expect(problems([a, b], [held(a, seen), held(b, seen)])).toHaveLength(2);
    expect(problems([a, b], [held(b, seen), held(b, seen)])).toEqual([]);
  });
  test("all agree, on the loser", () => {
    const wrong = held(first, [
      [1, 10],
      [2, 15],
    ]);
    expect(problems([first, other], [wrong, wrong])).toHaveLength(2);
  });
  test("seen is not joined", () => {
    expect(problems([first, other], [other, other])).toEqual([
      "record k: dc-1 has seen 2:15 instead of 1:10 2:15",
      "record k: dc-2 has seen 2:15 instead of 1:10 2:15",
    ]);
  });
  test("seen holds what nobody wrote", () => {
    expect(
      problems(
        [first],
        [
          held(first, [
            [1, 10],
            [3, 9],
          ]),
        ],
      ),
    ).toEqual(["record k: dc-1 has seen 1:10 3:9 instead of 1:10"]);
  });
  test("a record is lost, one came from nowhere, a delete came back", () => {
    expect(problems([first], [undefined])).toEqual([
      "record k: dc-1 has nothing instead of generation 1, LUT 10, source 1, content 00011010",
    ]);
    expect(problems([], [first])[0]).toMatch(/instead of nothing$/);
    const dead = version(2, 20, 1, [], { tombstone: true });
    expect(problems([first, dead], [held(first, [[1, 20]])])).toHaveLength(1);
  });
  test("a refused write is there: it is in neither set", () => {
    expect(problems([first], [second])).toHaveLength(1);
  });
  test("other content under the same version", () => {
    expect(problems([first], [{ ...first, contentHash: "ff" }])).toHaveLength(1);
  });
});

describe("versions issued wrongly", () => {
  test("a write whose LUT is below what it has seen: a clock that ran back", () => {
    const found = problems([other, version(2, 12, 1, [[2, 15]])], []);
    expect(found[0]).toMatch(/and does not beat it$/);
    expect(found[1]).toMatch(/has seen a LUT that is not below its own$/);
  });
  test("policy generation: a generation that starts again after a delete", () => {
    const dead = version(5, 20, 1, [], { tombstone: true });
    const again = version(1, 30, 1, []);
    expect(problems([dead, again], [], { policy: "generation" })).toHaveLength(1);
    expect(problems([dead, again], [again])).toEqual([]);
  });
  test("one LUT for two writes", () => {
    expect(problems([first, { ...first, contentHash: "ff" }], [])[0]).toMatch(/one LUT for two writes/);
  });
  test("a version that has not seen itself", () => {
    expect(problems([{ ...first, seen: [] }], [])[0]).toMatch(/has not seen itself$/);
  });
});

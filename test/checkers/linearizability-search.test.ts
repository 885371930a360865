/**
 * Proves the linearizability search itself: on small random histories, right and wrong ones, its
 * verdict is that of trying every order (and every subset of what is in doubt); and histories of
 * thousands of operations by twenty clients, which a real record made, pass in little time, while the
 * same with one answer changed to one that no order gives fail in little time as well.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkLinearizable } from "./linearizability.ts";
import type { Operation, Outcome, Value } from "./operation.ts";

interface Model {
  readonly value: Value | undefined;
  readonly generation: number;
}

/** The record after an operation, by its words; undefined when it cannot have happened here. */
function apply({ value, generation }: Model, one: Operation): Model | undefined {
  const told = one.kind === "delete" ? undefined : one.generation;
  if (one.kind === "read") {
    const same = JSON.stringify(one.value) === JSON.stringify(value);
    return same && (told === undefined || told === generation) ? { value, generation } : undefined;
  }
  if (one.kind === "delete") {
    if (one.existed !== undefined && one.existed !== (value !== undefined)) return undefined;
    return value === undefined ? { value, generation } : { value: undefined, generation: generation + 1 };
  }
  if (one.kind === "compare-and-set") {
    const matches =
      one.expected === "absent" ? value === undefined : value !== undefined && one.expected === generation;
    if (one.outcome === "mismatch") return matches ? undefined : { value, generation };
    if (!matches) return undefined;
  }
  if (told !== undefined && told !== generation + 1) return undefined;
  if (one.kind !== "append") return { value: one.value, generation: generation + 1 };
  // What a value that is no list grows to is read by nobody.
  const before = typeof value === "object" ? value : value === undefined ? [] : ["?"];
  return { value: [...before, one.token], generation: generation + 1 };
}

/** Tries everything. */
function bruteForce(initial: Model, history: readonly Operation[]): boolean {
  const happened = history.filter(
    (one) => one.outcome !== "refused" && !(one.kind === "read" && one.outcome === "unknown"),
  );
  const endOf = (one: Operation): number => (one.outcome === "unknown" ? Number.POSITIVE_INFINITY : one.end);
  const search = (state: Model, left: readonly Operation[]): boolean => {
    if (left.every((one) => one.outcome === "unknown")) return true;
    return left.some((one) => {
      if (left.some((other) => other !== one && endOf(other) < one.call)) return false;
      const next = apply(state, one);
      return (
        next !== undefined &&
        search(
          next,
          left.filter((other) => other !== one),
        )
      );
    });
  };
  return search(initial, happened);
}

const anyOutcome: fc.Arbitrary<Outcome> = fc.constantFrom(
  "applied",
  "applied",
  "applied",
  "unknown",
  "unknown",
  "refused",
);
const anyGeneration = fc.option(fc.nat({ max: 4 }), { nil: undefined, freq: 2 });

/** Operations with few values and times, so that many histories are nearly right. */
function anyOperation(appends: boolean, generations: boolean): fc.Arbitrary<Operation> {
  const generation = generations ? anyGeneration : fc.constant(undefined);
  const tokens = fc.constantFrom("a", "b", "c");
  const lists = fc.uniqueArray(tokens, { minLength: 1, maxLength: 3 });
  const values: fc.Arbitrary<Value> = appends ? lists : fc.constantFrom(1, 2, 3);
  const kinds: fc.Arbitrary<object>[] = [
    fc.record({
      kind: fc.constant("read"),
      value: fc.option(values, { nil: undefined, freq: 4 }),
      generation,
    }),
    fc.record({
      kind: fc.constant("read"),
      value: fc.option(values, { nil: undefined, freq: 4 }),
      generation,
    }),
    fc.record({ kind: fc.constant("write"), value: values, generation }),
    fc.record({ kind: fc.constant("delete"), existed: fc.constantFrom(undefined, true, false) }),
  ];
  if (appends) {
    const one = fc.record({ kind: fc.constant("append"), token: tokens, generation });
    kinds.push(one, one, one);
  }
  if (generations) {
    const expected = fc.constantFrom("absent" as const, 1, 2, 3);
    kinds.push(fc.record({ kind: fc.constant("compare-and-set"), expected, value: values, generation }));
  }
  return fc
    .tuple(fc.oneof(...kinds), fc.nat({ max: 8 }), fc.nat({ max: 5 }), anyOutcome, fc.boolean())
    .map(([kind, call, takes, outcome, mismatch]) => {
      const isSwap = (kind as { kind: string }).kind === "compare-and-set";
      return {
        ...kind,
        key: "k",
        client: "c",
        call,
        end: call + takes,
        outcome: isSwap && mismatch && outcome === "refused" ? "mismatch" : outcome,
        // What is in doubt was answered nothing.
        ...(outcome === "unknown" ? { generation: undefined, existed: undefined } : {}),
      } as Operation;
    });
}

describe("the verdict is that of trying every order", () => {
  const verdicts = new Map<string, number>();
  const rows = [
    { name: "values", appends: false, generations: false },
    { name: "values and generations", appends: false, generations: true },
    { name: "appends", appends: true, generations: false },
    { name: "appends and generations", appends: true, generations: true },
  ];
  test.each(rows)("$name", ({ name, appends, generations }) => {
    const history = fc.array(anyOperation(appends, generations), { minLength: 1, maxLength: 7, size: "max" });
    const value = fc.constantFrom<Value | undefined>(
      undefined,
      undefined,
      1,
      ...(appends ? [["a"], ["a", "b"]] : []),
    );
    const initials = fc.record({ value, generation: fc.constantFrom(0, 0, 1) });
    fc.assert(
      fc.property(initials, history, (initial, operations) => {
        const expected = bruteForce(initial, operations) ? "linearizable" : "violation";
        verdicts.set(`${name} ${expected}`, (verdicts.get(`${name} ${expected}`) ?? 0) + 1);
        const [report] = checkLinearizable(operations, { initial });
        expect(report?.verdict).toBe(expected);
      }),
      { numRuns: 4000 },
    );
    // Both verdicts came up often enough to mean something.
    for (const verdict of ["linearizable", "violation"]) {
      expect(verdicts.get(`${name} ${verdict}`) ?? 0).toBeGreaterThan(200);
    }
  });
});

/** A small generator of its own, so that a seed names a history. */
function randomOf(seed: number): (below: number) => number {
  let state = (seed >>> 0) + 0x9e37_79b9;
  return (below) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b_3c6d) + 0x6d2b_79f5) >>> 0;
    return ((state ^ (state >>> 13)) >>> 0) % below;
  };
}

interface Load {
  readonly clients: number;
  readonly operations: number;
  /** In a thousand: outcomes in doubt. */
  readonly doubtful: number;
  readonly kinds: readonly Operation["kind"][];
  readonly generations: boolean;
}

/** What clients of one real record see: each operation takes effect at a moment between call and end. */
function realHistory(load: Load, seed: number): Operation[] {
  const random = randomOf(seed);
  const pending: { readonly one: Operation; readonly at: number }[] = [];
  const free = Array.from({ length: load.clients }, () => 0);
  for (let number = 0; number < load.operations; number++) {
    const client = free.indexOf(Math.min(...free));
    const call = (free[client] ?? 0) + random(5);
    const at = call + random(40);
    const end = at + random(40);
    free[client] = end + 1;
    const kind = load.kinds[random(load.kinds.length)] ?? "read";
    const isDoubtful = random(1000) < load.doubtful;
    const timed = { key: "k", client: `c${client}`, call, end, outcome: isDoubtful ? "unknown" : "applied" };
    // What is in doubt takes effect at any time, also long after, or never.
    const late = random(3);
    const when = !isDoubtful || late === 0 ? at : late === 1 ? at + random(4000) : Number.POSITIVE_INFINITY;
    const content = kind === "append" ? { token: `t${number}` } : { value: number };
    pending.push({ at: when, one: { ...timed, kind, ...content, expected: 0 } as Operation });
  }
  pending.sort((a, b) => a.at - b.at);
  let state: Model = { value: undefined, generation: 0 };
  const told: Operation[] = [];
  for (const { one, at } of pending) {
    const seen = whatItSees(one, state, load.generations, random);
    told.push(seen);
    if (at === Number.POSITIVE_INFINITY || seen.kind === "read") continue;
    state =
      apply(state, { ...seen, outcome: seen.outcome === "unknown" ? "applied" : seen.outcome }) ?? state;
  }
  return told;
}

function whatItSees(
  one: Operation,
  state: Model,
  generations: boolean,
  random: (below: number) => number,
): Operation {
  const { value, generation } = state;
  const told = generations && value !== undefined ? { generation } : {};
  if (one.kind === "read") return { ...one, value, ...told } as Operation;
  if (one.kind !== "compare-and-set") return one;
  const expected = value === undefined ? "absent" : random(2) === 0 ? generation : generation + 7;
  const misses = expected !== "absent" && expected !== generation;
  return { ...one, expected, outcome: misses && one.outcome === "applied" ? "mismatch" : one.outcome };
}

const LOADS: Record<string, Load> = {
  "reads and writes": {
    clients: 20,
    operations: 3000,
    doubtful: 30,
    kinds: ["read", "write"],
    generations: false,
  },
  "few reads": {
    clients: 20,
    operations: 3000,
    doubtful: 30,
    kinds: ["read", "write", "write", "write"],
    generations: false,
  },
  "writes and deletes with generations": {
    clients: 20,
    operations: 3000,
    doubtful: 30,
    kinds: ["read", "read", "write", "delete"],
    generations: true,
  },
  "compare-and-sets": {
    clients: 20,
    operations: 3000,
    doubtful: 30,
    kinds: ["read", "write", "compare-and-set"],
    generations: true,
  },
  appends: { clients: 20, operations: 1500, doubtful: 30, kinds: ["read", "append"], generations: false },
  "appends and deletes": {
    clients: 20,
    operations: 3000,
    doubtful: 30,
    kinds: ["read", "read", "read", "append", "append", "append", "delete"],
    generations: false,
  },
};

describe("large histories of twenty clients", () => {
  test.each(Object.entries(LOADS))("%s", (name, load) => {
    for (let seed = 1; seed <= 5; seed++) {
      const history = realHistory(load, seed);
      const [fine] = checkLinearizable(history);
      expect(fine?.verdict, `seed ${seed} of ${name}: ${fine?.explanation}`).toBe("linearizable");
      const [wrong] = checkLinearizable(withStaleRead(history, seed));
      expect(wrong?.verdict, `seed ${seed} of ${name}, with a stale read`).toBe("violation");
      expect(Math.max(fine?.steps ?? 0, wrong?.steps ?? 0)).toBeLessThan(100_000);
    }
  });
});

/** The same history, but a late read answers what a read long before it answered. */
function withStaleRead(history: readonly Operation[], seed: number): Operation[] {
  const reads = history.filter(
    (one) => one.kind === "read" && one.outcome === "applied" && one.value !== undefined,
  );
  const random = randomOf(seed);
  const old = reads[100 + random(100)];
  const late = reads[reads.length - 1 - random(100)];
  if (old?.kind !== "read" || late === undefined) throw new Error("too few reads");
  const { value, generation } = old;
  return history.map((one) => (one === late ? ({ ...one, value, generation } as Operation) : one));
}

/**
 * Proves what expressions give: each operation by hand-made cases, the three values of logic against their
 * definition, integers against 64-bit wrapping, the order of values as an order; that bytes of the official
 * client are understood; and that no work of an expression is without its bound.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  array,
  bin,
  blob,
  bool,
  code,
  float,
  int,
  list,
  map,
  NIL,
  op,
  type Part,
  raw,
  type RecordGiven,
  record,
  str,
  stored,
  storedInt,
  UNKNOWN,
} from "../../test/expression/expression-bytes.ts";
import { EXPRESSION_WORK_MAX } from "../limits.ts";
import { decodeExpression } from "./decode.ts";
import { evaluate } from "./evaluate.ts";
import { compareValues, isText, type Value } from "./values.ts";

const NOW = 1_700_000_005_500;
const MIN = -(2n ** 63n);
const MAX = 2n ** 63n - 1n;

/** What a part gives, as something that compares well. */
function given(part: Part, of: RecordGiven = {}): unknown {
  const value = evaluate(decodeExpression(part), record(of), NOW);
  return value !== undefined && isText(value) ? value.bytes.toString() : value;
}

const BINS = {
  a: storedInt(5),
  f: stored("float", float(2.5).subarray(1)),
  s: stored("string", Buffer.from("hello")),
  t: stored("bool", Buffer.of(1)),
  l: stored("list", array(int(1), str("x"))),
  m: stored("map", map([str("k"), int(1)])),
  b: stored("blob", Buffer.of(1, 2)),
  broken: stored("list", Buffer.of(0x92, 1)),
};

test.each<[what: string, part: Part, value: unknown]>([
  ["a bin", bin("int", "a"), 5n],
  ["a string bin", bin("string", "s"), "hello"],
  ["a bin that is not there", bin("int", "none"), undefined],
  ["a bin of another type", bin("string", "a"), undefined],
  ["a list that is broken", bin("list", "broken"), undefined],
  ["the type of a bin", op(82, raw("s")), 3n],
  ["the type of none", op(82, raw("none")), 0n],
  ["EQ", op(1, bin("int", "a"), int(5)), true],
  ["EQ of what is not there", op(1, bin("int", "none"), int(5)), undefined],
  ["NE", op(2, bin("string", "s"), str("hello")), false],
  ["GT", op(3, bin("float", "f"), float(2)), true],
  ["GE", op(4, bin("int", "a"), int(6)), false],
  ["LT of strings, by bytes", op(5, str("Z"), str("a")), true],
  ["LE of blobs", op(6, bin("blob", "b"), blob(1, 2)), true],
  ["EQ of a list", op(1, bin("list", "l"), list(int(1), str("x"))), true],
  ["GT of lists, by their first difference", op(3, list(int(1), int(3)), list(int(1), int(2), int(9))), true],
  ["EQ of a map", op(1, bin("map", "m"), map([str("k"), int(1)])), true],
  ["LT of maps, by their size", op(5, map([int(9), NIL]), map([int(1), NIL], [int(2), NIL])), true],
  ["EQ of bools", op(1, bin("bool", "t"), bool(true)), true],
  ["NE of no number", op(2, op(23, float(0), float(0)), float(0)), true],
  ["IN_LIST", op(9, bin("int", "a"), list(int(4), int(5))), true],
  ["IN_LIST, of another type", op(9, bin("int", "a"), list(str("5"))), false],
  ["NOT", op(18, bool(true)), false],
  ["NOT of unknown", op(18, UNKNOWN), undefined],
  ["ADD", op(20, int(1), int(2), int(3)), 6n],
  ["SUB of one", op(21, bin("int", "a")), -5n],
  ["MUL of floats", op(22, float(1.5), bin("float", "f")), 3.75],
  ["DIV, towards 0", op(23, int(-7), int(2)), -3n],
  ["DIV by 0", op(23, int(1), int(0)), undefined],
  ["DIV of floats by 0", op(23, float(1), float(0)), Number.POSITIVE_INFINITY],
  ["POW", op(24, float(2), float(10)), 1024],
  ["LOG", op(25, float(8), float(2)), 3],
  ["MOD", op(26, int(-7), int(3)), -1n],
  ["ABS", op(27, int(-3)), 3n],
  ["FLOOR", op(28, float(-1.5)), -2],
  ["CEIL", op(29, float(1.2)), 2],
  ["TO_INT", op(30, float(-1.9)), -1n],
  ["TO_INT of what no integer holds", op(30, float(1e30)), undefined],
  ["TO_FLOAT", op(31, int(3)), 3],
  ["INT_AND", op(32, int(12), int(10)), 8n],
  ["INT_OR", op(33, int(12), int(10)), 14n],
  ["INT_XOR", op(34, int(12), int(10)), 6n],
  ["INT_NOT", op(35, int(0)), -1n],
  ["INT_LSHIFT", op(36, int(1), int(63)), MIN],
  ["INT_RSHIFT", op(37, int(-1), int(60)), 15n],
  ["INT_ARSHIFT", op(38, int(-16), int(2)), -4n],
  ["a shift too far", op(36, int(1), int(64)), undefined],
  ["INT_COUNT", op(39, int(-1)), 64n],
  ["INT_LSCAN", op(40, int(8), bool(true)), 60n],
  ["INT_RSCAN", op(41, int(8), bool(true)), 60n],
  ["INT_RSCAN of what is not there", op(41, int(-1), bool(false)), -1n],
  ["MIN", op(50, int(3), int(-1), int(2)), -1n],
  ["MAX", op(51, float(3), float(-1)), 3],
  ["REGEX", op(7, int(1), raw("^h.*o$"), bin("string", "s")), true],
  ["REGEX, whatever the case", op(7, int(3), raw("HEL+"), bin("string", "s")), true],
  ["REGEX of what is not there", op(7, int(1), raw("x"), bin("string", "none")), undefined],
  [
    "COND",
    op(
      123,
      op(1, bin("int", "a"), int(4)),
      str("four"),
      op(3, bin("int", "a"), int(4)),
      str("more"),
      str("-"),
    ),
    "more",
  ],
  ["COND by default", op(123, bool(false), int(1), int(2)), 2n],
  ["COND of an unknown test", op(123, UNKNOWN, int(1), int(2)), undefined],
  ["LET", op(125, raw("x"), op(20, bin("int", "a"), int(1)), op(22, op(124, raw("x")), int(2))), 12n],
  [
    "LET inside of LET hides it there only",
    op(125, raw("x"), int(1), op(20, op(125, raw("x"), int(10), op(124, raw("x"))), op(124, raw("x")))),
    11n,
  ],
  ["NIL", NIL, null],
])("%s", (_what, part, value) => {
  expect(given(part, { bins: BINS })).toEqual(value);
});

describe("metadata", () => {
  const userKey = Buffer.concat([Buffer.of(3), Buffer.from("key")]);
  test.each<[what: string, part: Part, of: RecordGiven, value: unknown]>([
    ["SET_NAME", op(70), {}, "demo"],
    ["SET_NAME of none", op(70), { setName: Buffer.alloc(0) }, ""],
    ["LAST_UPDATE, ns", op(66), {}, 1_700_000_000_000_000_000n],
    ["SINCE_UPDATE, ms", op(67), {}, 5500n],
    ["SINCE_UPDATE of the future", op(67), { writtenMs: NOW + 50 }, 0n],
    ["VOID_TIME, ns", op(68), { expirySeconds: 1_700_000_100 }, 1_700_000_100_000_000_000n],
    ["VOID_TIME of ever", op(68), {}, -1n],
    ["TTL, s", op(69), { expirySeconds: 1_700_000_100 }, 95n],
    ["TTL of ever", op(69), {}, -1n],
    ["KEY_EXISTS", op(71), { userKey }, true],
    ["KEY_EXISTS of none", op(71), {}, false],
    ["KEY", op(80, code(3)), { userKey }, "key"],
    ["KEY of another type", op(80, code(2)), { userKey }, undefined],
    ["KEY of none", op(80, code(3)), {}, undefined],
    ["RECORD_SIZE", op(74), {}, 100n],
    ["DEVICE_SIZE", op(65), {}, 100n],
    ["DIGEST_MODULO", op(64, int(7)), {}, BigInt(0x01010101 % 7)],
    ["IS_TOMBSTONE", op(72), { tombstone: true }, true],
    ["a bin of a tombstone", bin("int", "a"), { tombstone: true, bins: BINS }, undefined],
    ["the type of a bin of a tombstone", op(82, raw("a")), { tombstone: true, bins: BINS }, undefined],
  ])("%s", (_what, part, of, value) => expect(given(part, of)).toEqual(value));
});

test.each<[what: string, base64: string, value: unknown]>([
  ["eq(binInt a, 5)", "kwGTUQKhYQU=", true],
  ["eq(binInt a, -500)", "kwGTUQKhYdH+DA==", false],
  ["eq(binStr a, hey)", "kwGTUQOhYaQDaGV5", undefined],
  ["cmpRegex(3, ^h.*, binStr s)", "lAcDpF5oLiqTUQOhcw==", true],
  ["not(binExists x)", "khKTApJSoXgA", true],
  ["eq(binList l, list [1, x])", "kwGTUQShbJJ+kgGiA3g=", true],
  ["inList(binInt a, list [1, 2])", "kwmTUQKhYZJ+kgEC", false],
  ["let x = a + 1: x > 3", "lH2heJMUk1ECoWEBkwOSfKF4Aw==", true],
  ["cond(a == 1, true, false)", "lHuTAZNRAqFhAcPC", false],
  ["exclusive(true, false)", "kxPDwg==", true],
  ["eq(min(1, 2), max(1, 2))", "kwGTMgECkzMBAg==", false],
  ["ttl() > 3", "kwORRQM=", false],
])("the official client's %s", (_what, base64, value) => {
  const node = decodeExpression(Buffer.from(base64, "base64"));
  expect(evaluate(node, record({ bins: BINS }), NOW)).toBe(value);
});

type Truth = boolean | undefined;
const truth = fc.constantFrom<Truth>(true, false, undefined);
const partOf = (value: Truth): Part => (value === undefined ? UNKNOWN : bool(value));
/** What all ways of replacing unknowns agree on, if they do: what the three values mean. */
function agreed(values: readonly Truth[], decide: (known: readonly boolean[]) => boolean): Truth {
  const index = values.indexOf(undefined);
  if (index < 0) return decide(values.map((value) => value === true));
  const [yes, no] = [true, false].map((value) => agreed(values.with(index, value), decide));
  return yes === no ? yes : undefined;
}

test("AND, OR and EXCLUSIVE decide as soon as, and only if, no unknown could change it", () => {
  fc.assert(
    fc.property(fc.array(truth, { minLength: 1, maxLength: 6 }), (values) => {
      const parts = values.map(partOf);
      expect(given(op(16, ...parts))).toBe(agreed(values, (known) => known.every((one) => one)));
      expect(given(op(17, ...parts))).toBe(agreed(values, (known) => known.some((one) => one)));
      const one = (known: readonly boolean[]): boolean => known.filter((each) => each).length === 1;
      expect(given(op(19, ...parts))).toBe(agreed(values, one));
    }),
  );
});

test("integers wrap in 64 bits", () => {
  const any = fc.oneof(fc.bigInt({ min: MIN, max: MAX }), fc.constantFrom(MIN, MAX, -1n, 0n, 1n));
  fc.assert(
    fc.property(any, any, (a, b) => {
      const wrap = (value: bigint): bigint => BigInt.asIntN(64, value);
      expect(given(op(20, int(a), int(b)))).toBe(wrap(a + b));
      expect(given(op(21, int(a), int(b)))).toBe(wrap(a - b));
      expect(given(op(22, int(a), int(b)))).toBe(wrap(a * b));
      if (b !== 0n) expect(given(op(23, int(a), int(b)))).toBe(wrap(a / b));
      expect(given(op(5, int(a), int(b)))).toBe(a < b);
      const bits = BigInt.asUintN(64, a).toString(2).padStart(64, "0");
      expect(given(op(40, int(a), bool(true)))).toBe(BigInt(bits.indexOf("1")));
    }),
  );
});

const { value: anyValue } = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.constant(null),
    fc.boolean(),
    fc.bigInt({ min: -3n, max: 3n }),
    fc.constantFrom(0, -1.5, Number.NaN, Number.POSITIVE_INFINITY),
    fc
      .tuple(fc.constantFrom<"string" | "blob">("string", "blob"), fc.uint8Array({ maxLength: 2 }))
      .map(([type, bytes]) => ({ type, bytes: Buffer.from(bytes), particle: 0 })),
    fc.array(tie("value"), { maxLength: 3 }).map((items) => ({ type: "list" as const, items, weight: 1 })),
  ),
}));

test("the order of values is one", () => {
  fc.assert(
    fc.property(anyValue, anyValue, anyValue, (a, b, c) => {
      expect(compareValues(a, a)).toBe(0);
      expect(Math.sign(compareValues(a, b))).toBe(0 - Math.sign(compareValues(b, a)));
      if (compareValues(a, b) <= 0 && compareValues(b, c) <= 0) {
        expect(compareValues(a, c)).toBeLessThanOrEqual(0);
      }
    }),
  );
});

test("work has a bound: what needs more is unknown, whatever decides it otherwise", () => {
  const big = stored("list", Buffer.concat([Buffer.of(0xdd, 0, 8, 0, 0), Buffer.alloc(0x80000)]));
  const once = op(1, bin("list", "big"), bin("list", "big"));
  expect(big.end * 2).toBeGreaterThan(EXPRESSION_WORK_MAX);
  expect(given(op(17, once, bool(true)), { bins: { big } })).toBe(undefined);
  const small = stored("list", array(int(1)));
  expect(given(op(17, once, bool(true)), { bins: { big: small } })).toBe(true);
});

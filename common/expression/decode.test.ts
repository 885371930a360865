/**
 * Proves that what is no expression is refused with its place and reason, before a record is looked at; that
 * random and damaged bytes do nothing else; and which values a filter may have.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  array,
  bin,
  bool,
  code,
  float,
  int,
  list,
  NIL,
  op,
  type Part,
  raw,
  record,
  str,
  storedInt,
  UNKNOWN,
} from "../../test/expression/expression-bytes.ts";
import { MeridianError } from "../errors.ts";
import { EXPRESSION_BYTES_MAX } from "../limits.ts";
import { decodeExpression } from "./decode.ts";
import { FilterExpression, filterProblem } from "./filter-expression.ts";

function problem(bytes: Buffer): string {
  try {
    decodeExpression(bytes);
    return "";
  } catch (error) {
    if (error instanceof MeridianError && error.code === "EXPRESSION_INVALID") return error.message;
    throw error;
  }
}

const A = bin("int", "a");

test.each<[part: Part, says: RegExp]>([
  [Buffer.alloc(0), /^the expression's msgpack: .* shorter than it says/],
  [Buffer.of(0x93, 1, 5), /shorter than it says/],
  [Buffer.concat([bool(true), bool(true)]), /followed by 1 bytes/],
  [Buffer.of(0xd4, 0xff, 1), /type 212/],
  [op(126, Buffer.of(0x91, 0xd4, 0xff, 0)), /type 212/],
  [Buffer.alloc(EXPRESSION_BYTES_MAX + 1), /at most 65536/],
  [array(), /^a code is needed first/],
  [array(bool(true)), /a code is needed first/],
  [op(99), /^there is no operation 99$/],
  [op(8, UNKNOWN, UNKNOWN), /^GEO \(comparisons of regions\): not there$/],
  [op(127, code(2), code(0), array(code(16)), bin("list", "l")), /^CALL \(.*\): not there$/],
  [op(16, op(1, A, str("5"))), /^in argument 1 of AND, argument 2 of EQ: string beside int/],
  [op(1, A), /^EQ takes 2 arguments, not 1$/],
  [op(16), /^AND takes at least 1 arguments, not 0$/],
  // What the official client's isTombstone() of 6.7 writes.
  [op(18), /^NOT takes 1 arguments, not 0$/],
  [op(16, A), /^in argument 1 of AND: int, bool is needed$/],
  [op(20, A, float(1)), /^in argument 2 of ADD: float beside int/],
  [op(20, str("a"), str("b")), /^in argument 1 of ADD: string, int or float is needed$/],
  [op(24, int(1), int(2)), /in argument 1 of POW: int, float is needed/],
  [op(81, code(12), raw("a")), /^in argument 1 of BIN: there is no such type$/],
  [op(81, code(2), raw("a".repeat(16))), /a bin's name has 1 to 15 bytes, not 16/],
  [op(81, code(2), int(1)), /a name or a pattern is needed/],
  [op(1, raw("plain"), str("x")), /^in argument 1 of EQ: a value of particle type 112 is no literal$/],
  [op(7, int(1), raw("a("), str("x")), /^in argument 2 of REGEX: pattern: a group is not closed$/],
  [op(7, int(1), raw("a"), int(1)), /in argument 3 of REGEX: int, string is needed/],
  [op(7, int(16), raw("a"), str("x")), /regular expressions have no flag 16/],
  [op(64, int(0)), /DIGEST_MODULO takes an integer from 1 on/],
  [op(123, bool(true), int(1)), /COND takes at least 3 arguments, not 2/],
  [op(123, bool(true), int(1), bool(true), int(1)), /COND takes 3|COND takes tests|bool beside int/],
  [op(123, A, int(1), int(2)), /in argument 1 of COND: int, bool is needed/],
  [op(123, bool(true), int(1), str("x")), /in argument 3 of COND: string beside int/],
  [op(124, raw("x")), /^there is no variable x$/],
  [op(20, op(125, raw("x"), int(1), op(124, raw("x"))), op(124, raw("x"))), /there is no variable x/],
  [op(126, int(1)), /QUOTE takes a list/],
])("%#: %s is refused", (part, says) => expect(problem(part)).toMatch(says));

test("depth is bounded", () => {
  let part = bool(true);
  for (let depth = 0; depth < 70; depth++) part = op(18, part);
  expect(problem(part)).toMatch(/nested too deeply/);
});

test("UNKNOWN stands for every type", () => {
  expect(problem(op(16, op(1, UNKNOWN, int(1)), UNKNOWN))).toBe("");
  expect(problem(op(1, op(123, bool(true), UNKNOWN, int(1)), str("x")))).toMatch(/string beside int/);
});

test("a filter is true or false", () => {
  expect(() => new FilterExpression(A)).toThrow(/a filter is true or false; this is of type int/);
  expect(() => new FilterExpression(NIL)).toThrow(/of type nil/);
  expect(new FilterExpression(bool(true)).passes(record(), 0)).toBe(true);
  expect(new FilterExpression(UNKNOWN).passes(record(), 0)).toBe(false);
  const over = FilterExpression.ofBase64(op(3, A, int(4)).toString("base64"));
  expect([4, 5].map((a) => over.passes(record({ bins: { a: storedInt(a) } }), 0))).toEqual([false, true]);
  expect(over.passes(record(), 0)).toBe(false);
});

test("what is no base64 is no filter", () => {
  expect(filterProblem("kwGTUQKhYQU=")).toBeUndefined();
  expect(filterProblem("kwGT!")).toMatch(/base64/);
  expect(filterProblem("kwGTUQKhYQ==")).toMatch(/msgpack/);
});

const SOUND = [
  op(16, op(1, A, int(5)), op(7, int(3), raw("^a[b-d]*"), bin("string", "s"))),
  op(125, raw("x"), op(20, A, int(1)), op(3, op(124, raw("x")), int(3))),
  op(9, bin("string", "s"), list(str("a"), str("b"))),
];

test("random and damaged bytes are refused, or are expressions", () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => void problem(Buffer.from(bytes))));
  fc.assert(
    fc.property(fc.constantFrom(...SOUND), fc.nat(), fc.nat(255), (part, at, byte) => {
      const damaged = Buffer.from(part);
      damaged[at % damaged.length] = byte;
      problem(damaged);
    }),
    { numRuns: 2000 },
  );
});

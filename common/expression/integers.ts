/** Arithmetic of filter expressions on integers: 64 bits that wrap. Pure; undefined is unknown. */
import type { OperationName } from "./operations.ts";

const BITS = 64n;

function wrapped(value: bigint): bigint {
  return BigInt.asIntN(64, value);
}

/** An operation on one or two integers; of more it is used again and again, from the left. */
export function onIntegers(name: OperationName, a: bigint, b: bigint): bigint | undefined {
  switch (name) {
    case "ADD":
      return wrapped(a + b);
    case "SUB":
      return wrapped(a - b);
    case "MUL":
      return wrapped(a * b);
    case "DIV":
      return b === 0n ? undefined : wrapped(a / b);
    case "MOD":
      return b === 0n ? undefined : a % b;
    case "MIN":
      return a < b ? a : b;
    case "MAX":
      return a > b ? a : b;
    case "INT_AND":
      return a & b;
    case "INT_OR":
      return a | b;
    case "INT_XOR":
      return a ^ b;
    default:
      return shifted(name, a, b);
  }
}

/** A shift by less than 0 or more than 63 bits is unknown. */
function shifted(name: OperationName, value: bigint, by: bigint): bigint | undefined {
  if (by < 0n || by >= BITS) return undefined;
  switch (name) {
    case "INT_LSHIFT":
      return wrapped(value << by);
    case "INT_RSHIFT":
      return wrapped(BigInt.asUintN(64, value) >> by);
    case "INT_ARSHIFT":
      return value >> by;
    default:
      return undefined;
  }
}

/** An operation on one integer. */
export function onInteger(name: OperationName, value: bigint): bigint | undefined {
  switch (name) {
    case "SUB":
      return wrapped(-value);
    case "DIV":
      return onIntegers("DIV", 1n, value);
    case "ABS":
      return value < 0n ? wrapped(-value) : value;
    case "INT_NOT":
      return ~value;
    case "INT_COUNT":
      return BigInt([...bitsOf(value)].filter((bit) => bit === "1").length);
    case "TO_INT":
    case "ADD":
    case "MUL":
    case "MIN":
    case "MAX":
    case "INT_AND":
    case "INT_OR":
    case "INT_XOR":
      return value;
    default:
      return undefined;
  }
}

/** Place of the first bit of a kind, from the left or from the right; the leftmost is 0, -1 is none. */
export function scanInteger(value: bigint, wanted: boolean, fromLeft: boolean): bigint {
  const bits = bitsOf(value);
  const bit = wanted ? "1" : "0";
  return BigInt(fromLeft ? bits.indexOf(bit) : bits.lastIndexOf(bit));
}

function bitsOf(value: bigint): string {
  return BigInt.asUintN(64, value).toString(2).padStart(64, "0");
}

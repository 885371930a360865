/** Arithmetic of filter expressions on floats. Pure; undefined is unknown. */
import type { OperationName } from "./operations.ts";

export function onFloats(name: OperationName, a: number, b: number): number | undefined {
  switch (name) {
    case "ADD":
      return a + b;
    case "SUB":
      return a - b;
    case "MUL":
      return a * b;
    case "DIV":
      return a / b;
    case "POW":
      return a ** b;
    case "LOG":
      return Math.log(a) / Math.log(b);
    case "MIN":
      return a < b ? a : b;
    case "MAX":
      return a > b ? a : b;
    default:
      return undefined;
  }
}

export function onFloat(name: OperationName, value: number): number | bigint | undefined {
  switch (name) {
    case "SUB":
      return -value;
    case "DIV":
      return 1 / value;
    case "ABS":
      return Math.abs(value);
    case "FLOOR":
      return Math.floor(value);
    case "CEIL":
      return Math.ceil(value);
    case "TO_INT":
      return integerOf(value);
    case "TO_FLOAT":
    case "ADD":
    case "MUL":
    case "MIN":
    case "MAX":
      return value;
    default:
      return undefined;
  }
}

/** Without its fraction; what 64 bits do not hold is unknown. */
function integerOf(value: number): bigint | undefined {
  if (!Number.isFinite(value)) return undefined;
  const whole = BigInt(Math.trunc(value));
  return BigInt.asIntN(64, whole) === whole ? whole : undefined;
}

/**
 * The operations of filter expressions by their codes: names, numbers and types of their arguments, and what
 * they return. What is known and not there is refused by its name.
 */
import type { ValueType } from "./values.ts";

/** Of what types arguments are: `same` and `number` ask for one type of all of them. */
export type Arguments = "same" | "number" | readonly ValueType[];

export interface Operation {
  readonly name: OperationName;
  readonly least: number;
  readonly most: number;
  /** A list says the types in turn; its last one is that of all that follow. */
  readonly takes: Arguments;
  /** `same`: what it takes. */
  readonly gives: ValueType | "same";
}

const MANY = Number.POSITIVE_INFINITY;
const BOOL = ["bool"] as const;
const INT = ["int"] as const;
const FLOAT = ["float"] as const;

type Row = readonly [name: string, least: number, most: number, takes: Arguments, gives: Operation["gives"]];

const ROWS = {
  1: ["EQ", 2, 2, "same", "bool"],
  2: ["NE", 2, 2, "same", "bool"],
  3: ["GT", 2, 2, "same", "bool"],
  4: ["GE", 2, 2, "same", "bool"],
  5: ["LT", 2, 2, "same", "bool"],
  6: ["LE", 2, 2, "same", "bool"],
  16: ["AND", 1, MANY, BOOL, "bool"],
  17: ["OR", 1, MANY, BOOL, "bool"],
  18: ["NOT", 1, 1, BOOL, "bool"],
  19: ["EXCLUSIVE", 1, MANY, BOOL, "bool"],
  20: ["ADD", 1, MANY, "number", "same"],
  21: ["SUB", 1, MANY, "number", "same"],
  22: ["MUL", 1, MANY, "number", "same"],
  23: ["DIV", 1, MANY, "number", "same"],
  24: ["POW", 2, 2, FLOAT, "float"],
  25: ["LOG", 2, 2, FLOAT, "float"],
  26: ["MOD", 2, 2, INT, "int"],
  27: ["ABS", 1, 1, "number", "same"],
  28: ["FLOOR", 1, 1, FLOAT, "float"],
  29: ["CEIL", 1, 1, FLOAT, "float"],
  30: ["TO_INT", 1, 1, "number", "int"],
  31: ["TO_FLOAT", 1, 1, "number", "float"],
  32: ["INT_AND", 1, MANY, INT, "int"],
  33: ["INT_OR", 1, MANY, INT, "int"],
  34: ["INT_XOR", 1, MANY, INT, "int"],
  35: ["INT_NOT", 1, 1, INT, "int"],
  36: ["INT_LSHIFT", 2, 2, INT, "int"],
  37: ["INT_RSHIFT", 2, 2, INT, "int"],
  38: ["INT_ARSHIFT", 2, 2, INT, "int"],
  39: ["INT_COUNT", 1, 1, INT, "int"],
  40: ["INT_LSCAN", 2, 2, ["int", "bool"], "int"],
  41: ["INT_RSCAN", 2, 2, ["int", "bool"], "int"],
  50: ["MIN", 1, MANY, "number", "same"],
  51: ["MAX", 1, MANY, "number", "same"],
  65: ["DEVICE_SIZE", 0, 0, [], "int"],
  66: ["LAST_UPDATE", 0, 0, [], "int"],
  67: ["SINCE_UPDATE", 0, 0, [], "int"],
  68: ["VOID_TIME", 0, 0, [], "int"],
  69: ["TTL", 0, 0, [], "int"],
  70: ["SET_NAME", 0, 0, [], "string"],
  71: ["KEY_EXISTS", 0, 0, [], "bool"],
  72: ["IS_TOMBSTONE", 0, 0, [], "bool"],
  73: ["MEMORY_SIZE", 0, 0, [], "int"],
  74: ["RECORD_SIZE", 0, 0, [], "int"],
} as const satisfies Readonly<Record<number, Row>>;

export type OperationName = (typeof ROWS)[keyof typeof ROWS][0] | "IN_LIST";

/** Codes whose arguments are no plain expressions, or of any type: decode.ts knows them one by one. */
export const Code = {
  unknown: 0,
  regex: 7,
  inList: 9,
  digestModulo: 64,
  key: 80,
  bin: 81,
  binType: 82,
  cond: 123,
  variable: 124,
  let: 125,
  quote: 126,
} as const;

const NOT_THERE: Readonly<Record<number, string>> = {
  8: "GEO (comparisons of regions)",
  100: "REMOVE_RESULT",
  101: "MAP_KEYS_IN",
  102: "MAP_VALUES_IN",
  122: "LOOPVAR",
  127: "CALL (operations on lists, maps, bits and HLLs)",
};

const OPERATIONS = new Map(
  Object.entries(ROWS).map(([code, [name, least, most, takes, gives]]) => [
    Number(code),
    { name, least, most, takes, gives },
  ]),
);

export function operationOf(code: number): Operation | undefined {
  return OPERATIONS.get(code);
}

/** Name of an operation that Aerospike has, and this server does not. */
export function missingOperation(code: number): string | undefined {
  return NOT_THERE[code];
}

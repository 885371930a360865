/**
 * Evaluates a checked expression on a record, in three values: what a record cannot say is unknown
 * (undefined), as a bin that it lacks, or that is of another type. Unknown goes through every operation but
 * AND and OR, of which one argument may decide. Pure; its work is bounded (EXPRESSION_WORK_MAX), and what
 * needs more is unknown as a whole.
 */
import { assert } from "../assert.ts";
import { EXPRESSION_WORK_MAX } from "../limits.ts";
import { onFloat, onFloats } from "./floats.ts";
import { onInteger, onIntegers, scanInteger } from "./integers.ts";
import type { Node } from "./node.ts";
import type { OperationName } from "./operations.ts";
import type { ExpressionRecord } from "./record.ts";
import { matchesRegex } from "./regex.ts";
import { readingWork, storedValue } from "./stored-value.ts";
import { compareValues, isList, isText, type Value, weightOf } from "./values.ts";

type Outcome = Value | undefined;

const MS_NS = 1_000_000n;
const S_NS = 1_000_000_000n;
/** What void time and TTL are of a record that never expires. */
const NEVER = -1n;

/** Work that may be done yet; several evaluations may share it. */
export interface WorkLeft {
  left: number;
}

export function workOfOne(): WorkLeft {
  return { left: EXPRESSION_WORK_MAX };
}

/** What the expression gives of the record at `nowMs` (Unix milliseconds); undefined: unknown. */
export function evaluate(
  node: Node,
  record: ExpressionRecord,
  nowMs: number,
  work = workOfOne(),
): Value | undefined {
  const evaluation = new Evaluation(record, nowMs, work);
  const value = evaluation.of(node);
  return evaluation.isOver ? undefined : value;
}

class Evaluation {
  readonly #record: ExpressionRecord;
  readonly #nowMs: number;
  readonly #variables: Outcome[] = [];
  readonly #work: WorkLeft;

  constructor(record: ExpressionRecord, nowMs: number, work: WorkLeft) {
    this.#work = work;
    this.#record = record;
    this.#nowMs = nowMs;
  }

  get isOver(): boolean {
    return this.#work.left < 0;
  }

  #spend(work: number): boolean {
    this.#work.left -= work;
    return !this.isOver;
  }

  of(node: Node): Outcome {
    switch (node.kind) {
      case "unknown":
        return undefined;
      case "literal":
        return node.value;
      case "operation":
        return this.#operation(node.name, node.args);
      case "regex":
        return this.#regex(node);
      case "digest-modulo":
        return this.#digestModulo(node.modulus);
      case "key":
        return this.#key(node);
      case "bin":
        return this.#bin(node);
      case "bin-type":
        return this.#record.tombstone ? undefined : BigInt(this.#record.bin(node.name)?.particle ?? 0);
      case "cond":
        return this.#cond(node);
      case "let":
        for (const { slot, value } of node.variables) this.#variables[slot] = this.of(value);
        return this.of(node.scope);
      default:
        return this.#variables[node.slot];
    }
  }

  #operation(name: OperationName, args: readonly Node[]): Outcome {
    switch (name) {
      case "AND":
        return this.#decided(args, false);
      case "OR":
        return this.#decided(args, true);
      case "EXCLUSIVE":
        return this.#exclusive(args);
      default:
        if (args.length === 0) return this.#metadata(name);
    }
    const values: Value[] = [];
    for (const arg of args) {
      const value = this.of(arg);
      if (value === undefined) return undefined;
      values.push(value);
    }
    return this.#onValues(name, values);
  }

  /** One argument that is `deciding` decides, whatever the others are. */
  #decided(args: readonly Node[], deciding: boolean): Outcome {
    let isUnknown = false;
    for (const arg of args) {
      const value = this.of(arg);
      if (value === deciding) return deciding;
      if (value === undefined) isUnknown = true;
    }
    return isUnknown ? undefined : !deciding;
  }

  /** Whether exactly one is true: two that are decide, whatever the others are. */
  #exclusive(args: readonly Node[]): Outcome {
    let isUnknown = false;
    let truths = 0;
    for (const arg of args) {
      const value = this.of(arg);
      if (value === undefined) isUnknown = true;
      else if (value === true && ++truths > 1) return false;
    }
    return isUnknown ? undefined : truths === 1;
  }

  #onValues(name: OperationName, values: readonly Value[]): Outcome {
    const [first = null, second] = values;
    switch (name) {
      case "NOT":
        return first !== true;
      case "EQ":
      case "NE":
      case "GT":
      case "GE":
      case "LT":
      case "LE":
        return this.#compared(name, first, second ?? null);
      case "IN_LIST":
        return this.#inList(first, second ?? null);
      case "INT_LSCAN":
      case "INT_RSCAN":
        return typeof first === "bigint"
          ? scanInteger(first, second === true, name === "INT_LSCAN")
          : undefined;
      case "TO_FLOAT":
        return typeof first === "bigint" ? Number(first) : first;
      default:
        return arithmetic(name, values);
    }
  }

  #compared(name: OperationName, a: Value, b: Value): Outcome {
    return this.#spend(Math.min(weightOf(a), weightOf(b))) ? compared(name, a, b) : undefined;
  }

  #inList(value: Value, list: Value): Outcome {
    if (!isList(list) || !this.#spend(list.weight)) return undefined;
    return list.items.some((item) => compareValues(item, value) === 0);
  }

  #metadata(name: OperationName): Outcome {
    const record = this.#record;
    switch (name) {
      case "LAST_UPDATE":
        return BigInt(record.writtenMs) * MS_NS;
      case "SINCE_UPDATE":
        return BigInt(Math.max(0, Math.floor(this.#nowMs) - record.writtenMs));
      case "VOID_TIME": {
        const { expirySeconds } = record;
        return expirySeconds === 0 ? NEVER : BigInt(expirySeconds) * S_NS;
      }
      case "TTL": {
        const { expirySeconds } = record;
        const left = expirySeconds - Math.floor(this.#nowMs / 1000);
        return expirySeconds === 0 ? NEVER : BigInt(Math.max(0, left));
      }
      case "SET_NAME":
        return { type: "string", bytes: record.setName, particle: 3 };
      case "KEY_EXISTS":
        return record.userKey.length > 0;
      case "IS_TOMBSTONE":
        return record.tombstone;
      case "DEVICE_SIZE":
      case "MEMORY_SIZE":
      case "RECORD_SIZE":
        return BigInt(record.sizeBytes);
      default:
        return undefined;
    }
  }

  #regex({ regex, text }: Extract<Node, { kind: "regex" }>): Outcome {
    const value = this.of(text);
    if (value === undefined || !isText(value) || !this.#spend(value.bytes.length)) return undefined;
    return matchesRegex(regex, value.bytes.toString("utf8"), (work) => this.#spend(work));
  }

  /** Of the digest's last four bytes, little-endian: the first two are the partition. */
  #digestModulo(modulus: number): Outcome {
    const { digest } = this.#record;
    const { buffer, byteOffset, byteLength } = digest;
    assert(byteLength >= 4, "a digest is longer than what is taken of it");
    const view = new DataView(buffer, byteOffset, byteLength);
    return BigInt(view.getUint32(byteLength - 4, true) % modulus);
  }

  #key({ type }: Extract<Node, { kind: "key" }>): Outcome {
    const { userKey } = this.#record;
    if (userKey.length === 0) return undefined;
    const end = userKey.length;
    return storedValue({ particle: userKey[0] ?? 0, bytes: userKey, start: 1, end }, type);
  }

  #bin({ name, type }: Extract<Node, { kind: "bin" }>): Outcome {
    if (this.#record.tombstone) return undefined;
    const bin = this.#record.bin(name);
    if (bin === undefined || !this.#spend(readingWork(bin))) return undefined;
    return storedValue(bin, type);
  }

  #cond({ cases, otherwise }: Extract<Node, { kind: "cond" }>): Outcome {
    for (const { test, action } of cases) {
      const value = this.of(test);
      if (value === undefined) return undefined;
      if (value === true) return this.of(action);
    }
    return this.of(otherwise);
  }
}

function compared(name: OperationName, a: Value, b: Value): boolean {
  // As floats compare: with what is no number nothing is equal, nor in order.
  if (Number.isNaN(a) || Number.isNaN(b)) return name === "NE";
  const order = compareValues(a, b);
  switch (name) {
    case "EQ":
      return order === 0;
    case "NE":
      return order !== 0;
    case "GT":
      return order > 0;
    case "GE":
      return order >= 0;
    case "LT":
      return order < 0;
    default:
      return order <= 0;
  }
}

/** All of one type, as decode.ts has made sure: of floats and integers mixed it is unknown. */
function arithmetic(name: OperationName, values: readonly Value[]): Outcome {
  const [first, ...rest] = values;
  if (rest.length === 0) {
    if (typeof first === "bigint") return onInteger(name, first);
    return typeof first === "number" ? onFloat(name, first) : undefined;
  }
  let result: Outcome = first;
  for (const value of rest) {
    if (typeof result === "bigint" && typeof value === "bigint") result = onIntegers(name, result, value);
    else if (typeof result === "number" && typeof value === "number") result = onFloats(name, result, value);
    else return undefined;
  }
  return result;
}

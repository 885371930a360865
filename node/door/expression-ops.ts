/**
 * Ops that evaluate an expression on the record as the ops before them have left it: EXP_READ returns what it
 * gives under the op's name, EXP_MODIFY writes it into a bin. Pure.
 */
import { MeridianError } from "../../common/errors.ts";
import { decodeOperation, type ExpressionOperation } from "../../common/expression/decode.ts";
import { evaluate, type WorkLeft } from "../../common/expression/evaluate.ts";
import type { ExpressionRecord, StoredBin } from "../../common/expression/record.ts";
import { storedForm } from "../../common/expression/stored-form.ts";
import type { Value } from "../../common/expression/values.ts";
import { type BinSpan, type BinTable, binParticle, binValueStart, makeBin } from "./bins.ts";
import { OP_HEADER_BYTES, Particle, ResultCode } from "./wire.ts";

/** Flags of both ops, and of EXP_MODIFY alone. */
const ExpressionFlag = {
  createOnly: 1,
  updateOnly: 2,
  allowDelete: 4,
  policyNoFail: 8,
  evalNoFail: 16,
} as const;

const NOTHING = Buffer.alloc(0);

/** What an op sees. */
export interface Seen {
  readonly record: ExpressionRecord;
  readonly nowMs: number;
  /** Of all expressions of a request. */
  readonly workLeft: WorkLeft;
}

/** The op's answer, or the code that ends the request. */
export function expressionRead(op: BinSpan, seen: Seen): BinSpan | number {
  const operation = operationOf(op);
  if (operation === undefined) return ResultCode.parameter;
  const value = evaluate(operation.node, seen.record, seen.nowMs, seen.workLeft);
  if (value === undefined && (operation.flags & ExpressionFlag.evalNoFail) === 0)
    return ResultCode.notApplicable;
  return binOf(op, value ?? null);
}

/** The bin's new value, "delete" or "leave" it, or the code that ends the request. */
export function expressionModify(
  op: BinSpan,
  exists: boolean,
  seen: Seen,
): BinSpan | "delete" | "leave" | number {
  const operation = operationOf(op);
  if (operation === undefined) return ResultCode.parameter;
  const { node, flags } = operation;
  const isTolerant = (flags & ExpressionFlag.policyNoFail) !== 0;
  if (exists && (flags & ExpressionFlag.createOnly) !== 0) return isTolerant ? "leave" : ResultCode.binExists;
  if (!exists && (flags & ExpressionFlag.updateOnly) !== 0)
    return isTolerant ? "leave" : ResultCode.binNotFound;
  const value = evaluate(node, seen.record, seen.nowMs, seen.workLeft);
  if (value === undefined) {
    return (flags & ExpressionFlag.evalNoFail) !== 0 ? "leave" : ResultCode.notApplicable;
  }
  if (value !== null) return binOf(op, value);
  if ((flags & ExpressionFlag.allowDelete) !== 0) return "delete";
  return isTolerant ? "leave" : ResultCode.notApplicable;
}

function operationOf(op: BinSpan): ExpressionOperation | undefined {
  try {
    return decodeOperation(op.bytes.subarray(binValueStart(op), op.end));
  } catch (error) {
    if (error instanceof MeridianError && error.code === "EXPRESSION_INVALID") return undefined;
    throw error;
  }
}

function binOf(op: BinSpan, value: Value): BinSpan {
  const form = storedForm(value);
  return makeBin(op.bytes, op.start, form?.particle ?? Particle.null, form?.bytes ?? NOTHING, undefined);
}

/** A record with the bins of a table, as ops have changed it; the rest is of the record that was there. */
export class TableRecord implements ExpressionRecord {
  readonly #base: Omit<ExpressionRecord, "bin">;
  readonly #table: BinTable;

  constructor(base: Omit<ExpressionRecord, "bin">, table: BinTable) {
    this.#base = base;
    this.#table = table;
  }

  get digest(): Uint8Array {
    return this.#base.digest;
  }
  get setName(): Buffer {
    return this.#base.setName;
  }
  get userKey(): Buffer {
    return this.#base.userKey;
  }
  get writtenMs(): number {
    return this.#base.writtenMs;
  }
  get expirySeconds(): number {
    return this.#base.expirySeconds;
  }
  get sizeBytes(): number {
    return this.#base.sizeBytes;
  }
  readonly tombstone = false;

  bin(name: Buffer): StoredBin | undefined {
    const op = Buffer.concat([Buffer.alloc(OP_HEADER_BYTES), name]);
    op[OP_HEADER_BYTES - 1] = name.length;
    const found = this.#table.find(op, 0);
    if (found === undefined) return undefined;
    const { bytes, end } = found;
    return { particle: binParticle(found), bytes, start: binValueStart(found), end };
  }
}

/**
 * Ops that make a bin's new value of its present one: INCR, APPEND, PREPEND. Pure.
 */
import { type BinSpan, binParticle, binValueStart, makeBin } from "./bins.ts";
import { OpType, Particle, ResultCode } from "./wire.ts";

/** The new bin, or the code that says why there is none. */
export type Modified = BinSpan | number;

/** Applies the op (INCR, APPEND or PREPEND) to a bin; a bin that is not there is made. */
export function modifyBin(current: BinSpan | undefined, op: BinSpan): Modified {
  if (current === undefined) return op;
  const particle = binParticle(op);
  // No conversion between types: a counter that became a string is a mistake of somebody.
  if (binParticle(current) !== particle) return ResultCode.binType;
  if (op.bytes[op.start + 4] === OpType.increment) return increment(current, op, particle);
  const present = current.bytes.subarray(binValueStart(current), current.end);
  const added = op.bytes.subarray(binValueStart(op), op.end);
  return op.bytes[op.start + 4] === OpType.append
    ? makeBin(op.bytes, op.start, particle, present, added)
    : makeBin(op.bytes, op.start, particle, added, present);
}

function increment(current: BinSpan, op: BinSpan, particle: number): Modified {
  const from = binValueStart(current);
  const by = binValueStart(op);
  const sum = Buffer.allocUnsafe(8);
  if (particle === Particle.integer) {
    // Two's complement, as a 64-bit machine adds: an overflow wraps.
    sum.writeBigInt64BE(BigInt.asIntN(64, current.bytes.readBigInt64BE(from) + op.bytes.readBigInt64BE(by)));
  } else {
    sum.writeDoubleBE(current.bytes.readDoubleBE(from) + op.bytes.readDoubleBE(by));
  }
  return makeBin(op.bytes, op.start, particle, sum, undefined);
}

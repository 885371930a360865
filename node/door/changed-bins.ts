/** The names of the bins that a request changes, as the change log wants them. */
import type { RecordImage } from "../../proto/record.ts";
import { type BinSpan, BinTable, opEnd } from "./bins.ts";
import type { Message } from "./message.ts";
import { OpType } from "./wire.ts";

function isWriteOp(type: number): boolean {
  return (
    type !== OpType.read && type !== OpType.expressionRead && type !== OpType.touch && type !== OpType.delete
  );
}

/** Bins of the record that a request which replaces it does not write: they go, and so are changed, too. */
export function droppedBins(message: Message, replaced: RecordImage): BinSpan[] {
  const { buffer } = message;
  const table = BinTable.of(replaced.bytes, replaced.binsOffset, replaced.binCount);
  let op = message.opsStart;
  for (let index = 0; index < message.opCount; index++) {
    if (isWriteOp(buffer[op + 4] as number)) table.remove(buffer, op);
    op = opEnd(buffer, op);
  }
  return table.spans();
}

/** Bytes of `u8 length, name` repeated. */
export function changedNamesBytes(message: Message, dropped: readonly BinSpan[]): number {
  const { buffer } = message;
  let bytes = 0;
  let op = message.opsStart;
  for (let index = 0; index < message.opCount; index++) {
    if (isWriteOp(buffer[op + 4] as number)) bytes += 1 + (buffer[op + 7] as number);
    op = opEnd(buffer, op);
  }
  for (const bin of dropped) bytes += 1 + (bin.bytes[bin.start + 7] as number);
  // The entry's length field has 16 bits; beyond it the change is said to be of unknown bins.
  return bytes > 0xffff ? 0 : bytes;
}

/** Writes them at `out[offset]`, where the bytes end that were made for them. */
export function writeChangedNames(
  message: Message,
  dropped: readonly BinSpan[],
  out: Buffer,
  offset: number,
): void {
  if (out.length === offset) return;
  let at = offset;
  const write = (source: Buffer, op: number): void => {
    const length = 1 + (source[op + 7] as number);
    source.copy(out, at, op + 7, op + 7 + length);
    at += length;
  };
  let op = message.opsStart;
  for (let index = 0; index < message.opCount; index++) {
    if (isWriteOp(message.buffer[op + 4] as number)) write(message.buffer, op);
    op = opEnd(message.buffer, op);
  }
  for (const bin of dropped) write(bin.bytes, bin.start);
}

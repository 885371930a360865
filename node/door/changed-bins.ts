/** The names of the bins that a request changes, as the change log wants them. */
import { opEnd } from "./bins.ts";
import type { Message } from "./message.ts";
import { OpType } from "./wire.ts";

function isWriteOp(type: number): boolean {
  return type !== OpType.read && type !== OpType.touch && type !== OpType.delete;
}

/** Bytes of `u8 length, name` repeated. */
export function changedNamesBytes(message: Message): number {
  const { buffer } = message;
  let bytes = 0;
  let op = message.opsStart;
  for (let index = 0; index < message.opCount; index++) {
    if (isWriteOp(buffer[op + 4] as number)) bytes += 1 + (buffer[op + 7] as number);
    op = opEnd(buffer, op);
  }
  // The entry's length field has 16 bits; beyond it the change is said to be of unknown bins.
  return bytes > 0xffff ? 0 : bytes;
}

/** Writes them at `out[offset]`, where the bytes end that were made for them. */
export function writeChangedNames(message: Message, out: Buffer, offset: number): void {
  if (out.length === offset) return;
  const { buffer } = message;
  let at = offset;
  let op = message.opsStart;
  for (let index = 0; index < message.opCount; index++) {
    if (isWriteOp(buffer[op + 4] as number)) {
      const length = 1 + (buffer[op + 7] as number);
      buffer.copy(out, at, op + 7, op + 7 + length);
      at += length;
    }
    op = opEnd(buffer, op);
  }
}

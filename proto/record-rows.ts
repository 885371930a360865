/**
 * Records in the body of a frame: 20 bytes digest, u32 length (LE), image; repeated. Length 0 means
 * that there is no such record.
 */
import { MeridianError } from "../common/errors.ts";
import { DIGEST_BYTES } from "../common/limits.ts";

const HEAD_BYTES = DIGEST_BYTES + 4;

export interface RecordRowBytes {
  readonly digest: Buffer;
  readonly image: Buffer | undefined;
}

/** The buffers to send, one after the other; images are not copied. */
export function encodeRecordRows(rows: readonly RecordRowBytes[]): Buffer[] {
  const heads = Buffer.allocUnsafe(rows.length * HEAD_BYTES);
  const buffers: Buffer[] = [];
  rows.forEach((row, index) => {
    const offset = index * HEAD_BYTES;
    heads.set(row.digest, offset);
    heads.writeUInt32LE(row.image?.length ?? 0, offset + DIGEST_BYTES);
    buffers.push(heads.subarray(offset, offset + HEAD_BYTES));
    if (row.image !== undefined) buffers.push(row.image);
  });
  return buffers;
}

/** Views into `body`. Throws RECORD_CORRUPT when it is cut short. */
export function decodeRecordRows(body: Buffer): RecordRowBytes[] {
  const rows: RecordRowBytes[] = [];
  let offset = 0;
  while (offset < body.length) {
    const length = offset + HEAD_BYTES <= body.length ? body.readUInt32LE(offset + DIGEST_BYTES) : -1;
    const end = offset + HEAD_BYTES + length;
    if (length < 0 || end > body.length) {
      throw new MeridianError("RECORD_CORRUPT", `records cut short at byte ${offset}`);
    }
    rows.push({
      digest: body.subarray(offset, offset + DIGEST_BYTES),
      image: length === 0 ? undefined : body.subarray(offset + HEAD_BYTES, end),
    });
    offset = end;
  }
  return rows;
}

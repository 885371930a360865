/**
 * A batch row as a request of its own: what another node is handed, when the row's primary is there.
 */
import { DIGEST_BYTES } from "../../common/limits.ts";
import type { Message } from "./message.ts";
import { FieldId, MESSAGE_HEADER_BYTES, writeU32 } from "./wire.ts";

/** u32 size, u8 id. */
const FIELD_HEADER_BYTES = 5;
const DIGEST_FIELD_BYTES = FIELD_HEADER_BYTES + DIGEST_BYTES;
const NOTHING = Buffer.alloc(0);

/** The filter of a row, when it is the whole batch's and so none of the row's fields; else nothing. */
function foreignFilter(message: Message): Buffer {
  const { filterStart, fieldsStart, opsStart, filterBytes } = message;
  const isOwn = filterStart >= fieldsStart && filterStart < opsStart;
  if (filterStart < 0 || isOwn) return NOTHING;
  const field = Buffer.allocUnsafe(FIELD_HEADER_BYTES + filterBytes);
  writeU32(field, 1 + filterBytes, 0);
  field[4] = FieldId.filter;
  field.set(message.filter, FIELD_HEADER_BYTES);
  return field;
}

/** The AS_MSG body of a request for one record: its own bytes, or made of a batch row. */
export function singleRecordBody(message: Message): Buffer {
  if (!message.isRow) return message.body;
  const { buffer, fieldsStart, opsStart, opsEnd } = message;
  const fieldsBytes = opsStart - fieldsStart;
  const opsBytes = opsEnd - opsStart;
  const filter = foreignFilter(message);
  const body = Buffer.allocUnsafe(
    MESSAGE_HEADER_BYTES + fieldsBytes + DIGEST_FIELD_BYTES + filter.length + opsBytes,
  );
  body[0] = MESSAGE_HEADER_BYTES;
  body[1] = message.info1;
  body[2] = message.info2;
  body[3] = message.info3;
  body[4] = message.info4;
  body[5] = 0;
  writeU32(body, message.generation, 6);
  writeU32(body, message.ttl, 10);
  writeU32(body, message.timeoutMs, 14);
  body.writeUInt16BE(message.fieldCount + (filter.length > 0 ? 2 : 1), 18);
  body.writeUInt16BE(message.opCount, 20);
  let at = MESSAGE_HEADER_BYTES;
  at += buffer.copy(body, at, fieldsStart, opsStart);
  writeU32(body, 1 + DIGEST_BYTES, at);
  body[at + 4] = FieldId.digest;
  at += 5;
  at += buffer.copy(body, at, message.digestStart, message.digestStart + DIGEST_BYTES);
  at += filter.copy(body, at);
  buffer.copy(body, at, opsStart, opsEnd);
  return body;
}

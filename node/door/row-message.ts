/**
 * A batch row as a request of its own: what another node is handed, when the row's primary is there.
 */
import { DIGEST_BYTES } from "../../common/limits.ts";
import type { Message } from "./message.ts";
import { FieldId, MESSAGE_HEADER_BYTES, writeU32 } from "./wire.ts";

const DIGEST_FIELD_BYTES = 5 + DIGEST_BYTES;

/** The AS_MSG body of a request for one record: its own bytes, or made of a batch row. */
export function singleRecordBody(message: Message): Buffer {
  if (!message.isRow) return message.body;
  const { buffer, fieldsStart, opsStart, opsEnd } = message;
  const fieldsBytes = opsStart - fieldsStart;
  const opsBytes = opsEnd - opsStart;
  const body = Buffer.allocUnsafe(MESSAGE_HEADER_BYTES + fieldsBytes + DIGEST_FIELD_BYTES + opsBytes);
  body[0] = MESSAGE_HEADER_BYTES;
  body[1] = message.info1;
  body[2] = message.info2;
  body[3] = message.info3;
  body[4] = message.info4;
  body[5] = 0;
  writeU32(body, message.generation, 6);
  writeU32(body, message.ttl, 10);
  writeU32(body, message.timeoutMs, 14);
  body.writeUInt16BE(message.fieldCount + 1, 18);
  body.writeUInt16BE(message.opCount, 20);
  let at = MESSAGE_HEADER_BYTES;
  at += buffer.copy(body, at, fieldsStart, opsStart);
  writeU32(body, 1 + DIGEST_BYTES, at);
  body[at + 4] = FieldId.digest;
  at += 5;
  at += buffer.copy(body, at, message.digestStart, message.digestStart + DIGEST_BYTES);
  buffer.copy(body, at, opsStart, opsEnd);
  return body;
}

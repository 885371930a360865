/**
 * The admin protocol (type 2), as a server without security speaks it: every command answers
 * "security not enabled". Clients that were given a user carry on without a session.
 */
import { writeProtoHeader } from "./reply.ts";
import { PROTO_HEADER_BYTES, ProtoType, ResultCode } from "./wire.ts";

const ADMIN_HEADER_BYTES = 16;

/** The reply to any admin request; echoes the command where there is one. */
export function securityReply(body: Buffer): Buffer {
  const reply = Buffer.alloc(PROTO_HEADER_BYTES + ADMIN_HEADER_BYTES);
  writeProtoHeader(reply, ProtoType.admin, ADMIN_HEADER_BYTES);
  reply[PROTO_HEADER_BYTES + 1] = ResultCode.securityNotEnabled;
  reply[PROTO_HEADER_BYTES + 2] = body[2] ?? 0;
  return reply;
}

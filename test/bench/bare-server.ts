/**
 * The limit that client operations are measured against: a bare TCP server that parses the Aerospike
 * client's frames and answers from a Map. No partitions, no replicas, no disk, no checks: what is
 * left is the kernel, Node, and the frames. Started as a process of its own; prints its port.
 *
 *   node test/bench/bare-server.ts
 */
import { createServer, type Socket } from "node:net";

const PROTO_BYTES = 8;
const MESSAGE_BYTES = 22;
const HEAD_BYTES = PROTO_BYTES + MESSAGE_BYTES;
const TYPE_INFO = 1;
const TYPE_ADMIN = 2;
const FIELD_DIGEST = 4;
const INFO1_READ = 1;
const INFO2_WRITE = 1;
const RESULT_NOT_FOUND = 2;
const RESULT_NO_SECURITY = 52;
const NAMESPACE = "test";

/** Digest (as Latin-1) to the record's bins in the protocol's op layout. */
const records = new Map<string, Buffer>();
const everyPartition = Buffer.alloc(512, 0xff).toString("base64");
let port = 0;

function infoValue(command: string): string {
  switch (command) {
    case "node":
      return "BB9000000000001";
    case "build":
      return "7.0.0.0";
    case "features":
      return "pscans;query-show;batch-any;pquery";
    case "partition-generation":
    case "peers-generation":
      return "1";
    case "cluster-name":
      return "null";
    case "service-clear-std":
      return `127.0.0.1:${port}`;
    case "peers-clear-std":
      return "1,3000,[]";
    case "replicas":
      return `${NAMESPACE}:0,1,${everyPartition}`;
    default:
      return "";
  }
}

function answerInfo(body: Buffer): Buffer {
  const lines = body
    .toString("latin1")
    .split("\n")
    .filter((line) => line !== "")
    .map((command) => `${command}\t${infoValue(command)}\n`);
  const text = Buffer.from(lines.join(""), "latin1");
  const reply = Buffer.alloc(PROTO_BYTES + text.length);
  reply.writeUInt32BE(text.length, 4);
  reply[0] = 2;
  reply[1] = TYPE_INFO;
  reply.set(text, PROTO_BYTES);
  return reply;
}

function answerAdmin(): Buffer {
  const reply = Buffer.alloc(PROTO_BYTES + 16);
  reply.writeUInt32BE(16, 4);
  reply[0] = 2;
  reply[1] = TYPE_ADMIN;
  reply[9] = RESULT_NO_SECURITY;
  return reply;
}

function head(result: number, generation: number, ops: number, bodyBytes: number): Buffer {
  const reply = Buffer.allocUnsafe(HEAD_BYTES + bodyBytes).fill(0, 0, HEAD_BYTES);
  reply[0] = 2;
  reply[1] = 3;
  reply.writeUInt32BE(MESSAGE_BYTES + bodyBytes, 4);
  reply[8] = MESSAGE_BYTES;
  reply[13] = result;
  reply.writeUInt32BE(generation, 14);
  reply.writeUInt16BE(ops, 28);
  return reply;
}

/** Answers one AS_MSG frame that lies at `start` of `buffer`. */
function answerMessage(buffer: Buffer, start: number, end: number): Buffer {
  const message = start + PROTO_BYTES;
  const info1 = buffer[message + 1] ?? 0;
  const info2 = buffer[message + 2] ?? 0;
  const fields = buffer.readUInt16BE(message + 18);
  const ops = buffer.readUInt16BE(message + 20);
  let offset = message + MESSAGE_BYTES;
  let digest = "";
  for (let field = 0; field < fields; field++) {
    const size = buffer.readUInt32BE(offset);
    if (buffer[offset + 4] === FIELD_DIGEST) digest = buffer.toString("latin1", offset + 5, offset + 25);
    offset += 4 + size;
  }
  if ((info2 & INFO2_WRITE) !== 0) {
    const bins = Buffer.from(buffer.subarray(offset, end));
    for (let op = 0, at = 0; op < ops; op++) {
      bins[at + 4] = 1;
      at += 4 + bins.readUInt32BE(at);
    }
    records.set(digest, bins);
    return head(0, 1, 0, 0);
  }
  const bins = (info1 & INFO1_READ) === 0 ? undefined : records.get(digest);
  if (bins === undefined) return head(RESULT_NOT_FOUND, 0, 0, 0);
  const reply = head(0, 1, 1, bins.length);
  reply.set(bins, HEAD_BYTES);
  return reply;
}

function serve(socket: Socket): void {
  let rest: Buffer | undefined;
  socket.setNoDelay(true);
  socket.on("error", () => socket.destroy());
  socket.on("data", (chunk) => {
    const buffer = rest === undefined ? chunk : Buffer.concat([rest, chunk]);
    const replies: Buffer[] = [];
    let offset = 0;
    while (buffer.length - offset >= PROTO_BYTES) {
      const end = offset + PROTO_BYTES + buffer.readUInt32BE(offset + 4);
      if (end > buffer.length) break;
      const type = buffer[offset + 1];
      if (type === TYPE_INFO) replies.push(answerInfo(buffer.subarray(offset + PROTO_BYTES, end)));
      else if (type === TYPE_ADMIN) replies.push(answerAdmin());
      else replies.push(answerMessage(buffer, offset, end));
      offset = end;
    }
    rest = offset === buffer.length ? undefined : buffer.subarray(offset);
    const [first] = replies;
    if (first !== undefined) socket.write(replies.length === 1 ? first : Buffer.concat(replies));
  });
}

const server = createServer(serve);
server.listen(0, "127.0.0.1", 1024, () => {
  const address = server.address();
  if (address !== null && typeof address !== "string") port = address.port;
  console.log(port);
});
process.on("SIGTERM", () => process.exit(0));

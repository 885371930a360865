/** Builds requests of the client protocol byte by byte, for tests that say exactly what is sent. */
import { createHash } from "node:crypto";

export interface OpSpec {
  readonly type: number;
  readonly name?: string;
  readonly particle?: number;
  readonly value?: Uint8Array;
  readonly version?: number;
}

export interface RequestSpec {
  readonly info1?: number;
  readonly info2?: number;
  readonly info3?: number;
  readonly info4?: number;
  readonly generation?: number;
  readonly ttl?: number;
  readonly timeoutMs?: number;
  readonly namespace?: string | undefined;
  readonly set?: string;
  readonly userKey?: Uint8Array;
  /** Left out when null. */
  readonly digest?: Uint8Array | null;
  readonly fields?: readonly (readonly [number, Uint8Array])[];
  readonly ops?: readonly OpSpec[];
}

/** A digest for a name: any 20 bytes do. */
export function digestFor(name: string): Buffer {
  return createHash("sha1").update(name).digest();
}

export function int(value: number | bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(BigInt(value));
  return bytes;
}

export function double(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return bytes;
}

function field(id: number, data: Uint8Array): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(data.length + 1);
  head[4] = id;
  return Buffer.concat([head, data]);
}

export function op(spec: OpSpec): Buffer {
  const name = Buffer.from(spec.name ?? "", "latin1");
  const value = spec.value ?? Buffer.alloc(0);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(4 + name.length + value.length);
  head[4] = spec.type;
  head[5] = spec.particle ?? 0;
  head[6] = spec.version ?? 0;
  head[7] = name.length;
  return Buffer.concat([head, name, value]);
}

function keyFields(spec: RequestSpec): Buffer[] {
  const fields: Buffer[] = [];
  if (spec.namespace !== undefined) fields.push(field(0, Buffer.from(spec.namespace)));
  if (spec.set !== undefined) fields.push(field(1, Buffer.from(spec.set)));
  if (spec.digest !== null && spec.digest !== undefined) fields.push(field(4, spec.digest));
  if (spec.userKey !== undefined) fields.push(field(2, spec.userKey));
  for (const [id, data] of spec.fields ?? []) fields.push(field(id, data));
  return fields;
}

/** An AS_MSG body. */
export function body(given: RequestSpec): Buffer {
  const spec = { namespace: "test", digest: digestFor("key"), ...given };
  const fields = keyFields(spec);
  const ops = (spec.ops ?? []).map(op);
  const head = Buffer.alloc(22);
  head[0] = 22;
  head[1] = spec.info1 ?? 0;
  head[2] = spec.info2 ?? 0;
  head[3] = spec.info3 ?? 0;
  head[4] = spec.info4 ?? 0;
  head.writeUInt32BE(spec.generation ?? 0, 6);
  head.writeUInt32BE(spec.ttl ?? 0, 10);
  head.writeUInt32BE(spec.timeoutMs ?? 0, 14);
  head.writeUInt16BE(fields.length, 18);
  head.writeUInt16BE(ops.length, 20);
  return Buffer.concat([head, ...fields, ...ops]);
}

/** Any frame. */
export function frame(type: number, content: Uint8Array): Buffer {
  const head = Buffer.alloc(8);
  head[0] = 2;
  head[1] = type;
  head.writeUInt32BE(content.length, 4);
  return Buffer.concat([head, content]);
}

export function request(spec: RequestSpec): Buffer {
  return frame(3, body(spec));
}

/** A row of a batch; `repeat` takes all but the digest from the row before. */
export interface RowSpec extends RequestSpec {
  readonly index: number;
  readonly style: "old" | "new" | "repeat";
}

function batchRow(spec: RowSpec): Buffer {
  const head = Buffer.alloc(25);
  head.writeUInt32BE(spec.index);
  head.set(spec.digest ?? digestFor("key"), 4);
  const content = { namespace: "test", ...spec, digest: null };
  const fields = keyFields(content);
  const counts = Buffer.alloc(4);
  counts.writeUInt16BE(fields.length, 0);
  counts.writeUInt16BE(spec.ops?.length ?? 0, 2);
  const rest = [counts, ...fields, ...(spec.ops ?? []).map(op)];
  if (spec.style === "repeat") {
    head[24] = 0x01;
    return head;
  }
  if (spec.style === "old") {
    head[24] = 0;
    return Buffer.concat([head, Buffer.from([spec.info1 ?? 0]), ...rest]);
  }
  head[24] = 0x0e;
  const attributes = Buffer.alloc(9);
  attributes[0] = spec.info1 ?? 0;
  attributes[1] = spec.info2 ?? 0;
  attributes[2] = spec.info3 ?? 0;
  attributes.writeUInt16BE(spec.generation ?? 0, 3);
  attributes.writeUInt32BE(spec.ttl ?? 0, 5);
  return Buffer.concat([head, attributes, ...rest]);
}

/** A batch request; `count` claims another number of rows than there are. */
export function batch(rows: readonly RowSpec[], flags = 0x0c, count = rows.length): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(count);
  head[4] = flags;
  const data = Buffer.concat([head, ...rows.map(batchRow)]);
  return request({ info1: 0x08, namespace: undefined, digest: null, fields: [[41, data]] });
}

export interface ReplyBin {
  readonly name: string;
  readonly particle: number;
  readonly value: Buffer;
}

export interface Reply {
  readonly info3: number;
  readonly code: number;
  readonly generation: number;
  readonly voidTime: number;
  readonly index: number;
  readonly bins: readonly ReplyBin[];
}

/** Reads the replies that lie one after the other in an AS_MSG body. */
export function readReplies(bytes: Buffer): Reply[] {
  const replies: Reply[] = [];
  let at = 0;
  while (at < bytes.length) {
    if (bytes[at] !== 22) throw new Error(`no reply header at ${at}`);
    const opCount = bytes.readUInt16BE(at + 20);
    const start = at;
    at += 22;
    const bins: ReplyBin[] = [];
    for (let index = 0; index < opCount; index++) {
      const size = bytes.readUInt32BE(at);
      const nameBytes = bytes[at + 7] ?? 0;
      const value = at + 8 + nameBytes;
      bins.push({
        name: bytes.toString("latin1", at + 8, value),
        particle: bytes[at + 5] ?? 0,
        value: bytes.subarray(value, at + 4 + size),
      });
      at += 4 + size;
    }
    replies.push({
      info3: bytes[start + 3] ?? 0,
      code: bytes[start + 5] ?? 0,
      generation: bytes.readUInt32BE(start + 6),
      voidTime: bytes.readUInt32BE(start + 10),
      index: bytes.readUInt32BE(start + 14),
      bins,
    });
  }
  return replies;
}

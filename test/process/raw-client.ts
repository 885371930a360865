/**
 * A connection to one node that speaks just enough of the client protocol to stay with that node:
 * unlike the official client it does not route elsewhere, and it can send anything. Numbers are
 * from the protocol's description, not from the door's sources.
 */
import { createHash } from "node:crypto";
import { connect, type Socket } from "node:net";
import type { Key } from "./official-client.ts";

const PROTO_BYTES = 8;
const MESSAGE_BYTES = 22;
const PARTICLE = { integer: 1, string: 3 };
const OP = { read: 1, write: 2 };

export interface RawReply {
  /** As the protocol numbers it; 0 is success, 2 not found, 9 timeout. */
  readonly resultCode: number;
  readonly generation: number;
  /** Bins by name; integers and strings only. */
  readonly bins: Readonly<Record<string, number | string>>;
}

type Waiting = { resolve: (reply: RawReply) => void; reject: (error: Error) => void };

export class RawClient {
  readonly #socket: Socket;
  readonly #waiting: Waiting[] = [];
  #received: Buffer = Buffer.alloc(0);
  #broken: Error | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on("data", (chunk) => {
      this.#received = Buffer.concat([this.#received, chunk]);
      this.#drain();
    });
    socket.on("error", (error) => this.#break(error));
    socket.on("close", () => this.#break(new Error("the node closed the connection")));
  }

  static connect(port: number, host = "127.0.0.1"): Promise<RawClient> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, host);
      socket.once("error", reject);
      socket.once("connect", () => {
        socket.off("error", reject);
        socket.setNoDelay(true);
        resolve(new RawClient(socket));
      });
    });
  }

  /** Rejects when the connection breaks before the reply. */
  get(key: Key, timeoutMs = 0): Promise<RawReply> {
    return this.#request(message({ info1: 0x03, info2: 0, fields: keyFields(key), ops: [], timeoutMs }));
  }

  put(key: Key, bins: Readonly<Record<string, number | string>>, timeoutMs = 0): Promise<RawReply> {
    const ops = Object.entries(bins).map(([name, value]) => operation(OP.write, name, value));
    return this.#request(message({ info1: 0, info2: 0x01, fields: keyFields(key), ops, timeoutMs }));
  }

  /** Sends a whole frame as it is. */
  send(frame: Uint8Array): Promise<RawReply> {
    return this.#request(frame);
  }

  close(): void {
    this.#socket.destroy();
  }

  #request(frame: Uint8Array): Promise<RawReply> {
    if (this.#broken !== undefined) return Promise.reject(this.#broken);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#socket.write(frame);
    });
  }

  #drain(): void {
    while (this.#received.length >= PROTO_BYTES) {
      const end = PROTO_BYTES + this.#received.readUIntBE(2, 6);
      if (this.#received.length < end) return;
      const reply = parseReply(this.#received.subarray(PROTO_BYTES, end));
      this.#received = this.#received.subarray(end);
      this.#waiting.shift()?.resolve(reply);
    }
  }

  #break(error: Error): void {
    this.#broken ??= error;
    for (const { reject } of this.#waiting.splice(0)) reject(error);
  }
}

export interface RawMessage {
  readonly info1: number;
  readonly info2: number;
  readonly fields: readonly Buffer[];
  readonly ops: readonly Buffer[];
  readonly timeoutMs?: number | undefined;
}

/** A whole frame of a message. */
export function message({ info1, info2, fields, ops, timeoutMs }: RawMessage): Buffer {
  const header = Buffer.alloc(MESSAGE_BYTES);
  header[0] = MESSAGE_BYTES;
  header[1] = info1;
  header[2] = info2;
  header.writeUInt32BE(timeoutMs ?? 0, 14);
  header.writeUInt16BE(fields.length, 18);
  header.writeUInt16BE(ops.length, 20);
  return frame(3, Buffer.concat([header, ...fields, ...ops]));
}

/** Version 2, a type, the length, a body. */
export function frame(type: number, body: Uint8Array): Buffer {
  const head = Buffer.alloc(PROTO_BYTES);
  head[0] = 2;
  head[1] = type;
  head.writeUIntBE(body.length, 2, 6);
  return Buffer.concat([head, body]);
}

export function field(type: number, value: Uint8Array): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(value.length + 1);
  head[4] = type;
  return Buffer.concat([head, value]);
}

export function operation(type: number, name: string, value: number | string): Buffer {
  const bytes = typeof value === "number" ? integer(value) : Buffer.from(value);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(4 + name.length + bytes.length);
  head[4] = type;
  head[5] = typeof value === "number" ? PARTICLE.integer : PARTICLE.string;
  head[7] = name.length;
  return Buffer.concat([head, Buffer.from(name), bytes]);
}

export function keyFields(key: Key): Buffer[] {
  return [field(0, Buffer.from(key.ns)), field(1, Buffer.from(key.set)), field(4, digest(key))];
}

function digest({ set, key }: Key): Buffer {
  const hash = createHash("ripemd160")
    .update(set)
    .update(Buffer.from([PARTICLE.string]));
  return hash.update(key).digest();
}

/** The partition of a key, as the protocol's clients compute it. */
export function partitionOf(key: Key): number {
  return digest(key).readUInt16LE(0) & 0xfff;
}

function integer(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(BigInt(value));
  return bytes;
}

function parseReply(body: Buffer): RawReply {
  const bins: Record<string, number | string> = {};
  let at = MESSAGE_BYTES;
  for (let fields = body.readUInt16BE(18); fields > 0; fields--) at += 4 + body.readUInt32BE(at);
  for (let ops = body.readUInt16BE(20); ops > 0; ops--) {
    const end = at + 4 + body.readUInt32BE(at);
    const nameEnd = at + 8 + (body[at + 7] ?? 0);
    const value = body.subarray(nameEnd, end);
    const isInteger = body[at + 5] === PARTICLE.integer;
    bins[body.toString("utf8", at + 8, nameEnd)] = isInteger
      ? Number(value.readBigInt64BE())
      : value.toString();
    at = end;
  }
  return { resultCode: body[5] ?? -1, generation: body.readUInt32BE(6), bins };
}

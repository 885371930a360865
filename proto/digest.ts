/**
 * A record's digest from its set and user key, as the clients compute it: RIPEMD-160 over the set
 * name, the key's particle type and its bytes. The namespace is not part of it.
 */
import { createHash } from "node:crypto";
import { MeridianError } from "../common/errors.ts";

const PARTICLE_INTEGER = 1;
const PARTICLE_STRING = 3;

/** Digest of a record with a string or an integer key. */
export function digestOf(setName: string, key: string | bigint): Buffer {
  return createHash("ripemd160")
    .update(setName)
    .update(new Uint8Array([typeof key === "string" ? PARTICLE_STRING : PARTICLE_INTEGER]))
    .update(typeof key === "string" ? Buffer.from(key) : integerBytes(key))
    .digest();
}

function integerBytes(value: bigint): Buffer {
  if (BigInt.asIntN(64, value) !== value) {
    throw new MeridianError("BAD_REQUEST", `key ${value} does not fit 64 bits`);
  }
  const bytes = Buffer.allocUnsafe(8);
  bytes.writeBigInt64BE(value);
  return bytes;
}

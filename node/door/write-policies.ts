/**
 * Conditions of a write (exists and generation policies, user key, set) and its void time. Pure.
 */
import type { RecordImage } from "../../proto/record.ts";
import type { Message } from "./message.ts";
import { Info2, Info3, ResultCode, sameBytes, TTL_DEFAULT, TTL_KEEP, TTL_NEVER } from "./wire.ts";

/** The policy of what must be there, or must not. */
export function checkExistence(message: Message, existing: RecordImage | undefined): number {
  const { info2, info3 } = message;
  if (existing === undefined) {
    if ((info3 & (Info3.updateOnly | Info3.replaceOnly)) !== 0) return ResultCode.notFound;
    if ((info2 & Info2.delete) !== 0) return ResultCode.notFound;
  } else if ((info2 & Info2.createOnly) !== 0) {
    return ResultCode.exists;
  }
  return ResultCode.ok;
}

/** The policy of generations, and whether it is the record that the client means. */
export function checkPolicies(
  message: Message,
  current: RecordImage | undefined,
  existing: RecordImage | undefined,
): number {
  const { info2 } = message;
  const stored = existing?.generation ?? 0;
  if ((info2 & Info2.generation) !== 0 && !sameGeneration(stored, message.generation)) {
    return ResultCode.generation;
  }
  if ((info2 & Info2.generationGreater) !== 0 && message.generation <= stored) {
    return ResultCode.generation;
  }
  if (current === undefined) return ResultCode.ok;
  if (keyDiffers(message, current)) return ResultCode.keyMismatch;
  // The digest is over the set name, so another name is a broken client, not another record.
  const { setName } = current;
  const differs =
    message.setBytes !== 0 && setName.length !== 0 && Buffer.compare(message.setName, setName) !== 0;
  return differs ? ResultCode.parameter : ResultCode.ok;
}

/** Whether request and record both carry the user key, and not the same one: a digest collision. */
export function keyDiffers(message: Message, image: RecordImage): boolean {
  if (message.keyBytes === 0) return false;
  const stored = image.userKey;
  if (stored.length === 0) return false;
  return (
    stored.length !== message.keyBytes ||
    !sameBytes(stored, 0, message.buffer, message.keyStart, stored.length)
  );
}

/**
 * Clients keep a generation in 16 bits (a batch row has no more on the wire), ours has 32 and never
 * wraps. An expected value that fits 16 bits is compared with the lower 16 of the stored one: after
 * 65,536 writes a client of old must still be able to write.
 */
function sameGeneration(stored: number, expected: number): boolean {
  return expected > 0xffff ? stored === expected : (stored & 0xffff) === expected;
}

/** Void time after a write of `ttl`; the listener refused what is out of range. */
export function voidTimeFor(
  ttl: number,
  existing: RecordImage | undefined,
  nowVoidTime: number,
  defaultTtl: number,
): number {
  if (ttl === TTL_NEVER) return 0;
  if (ttl === TTL_KEEP && existing !== undefined) return existing.voidTime;
  const seconds = ttl === TTL_DEFAULT || ttl === TTL_KEEP ? defaultTtl : ttl;
  return seconds === 0 ? 0 : nowVoidTime + seconds;
}

/** What an op of a request is, and whether its value is whole: looked at once, when it is parsed. */
import { BIN_NAME_BYTES_MAX } from "../../common/limits.ts";
import { OP_HEADER_BYTES, OpType, Particle, readU16 } from "./wire.ts";

/** What the ops of a request are; several may be set. */
export const OpFlag = {
  /** A READ. */
  read: 1,
  /** Anything that changes the record. */
  modify: 2,
  /** An op that this server does not know. */
  unsupported: 4,
  nameTooLong: 8,
  /** A value that its particle type does not allow, or a name missing. */
  broken: 16,
  /** Something else than a WRITE of a value. */
  notPlainWrite: 32,
  /** A value that needs the bin's present value: not allowed in a replace. */
  needsValue: 64,
} as const;

/** The flags of the op at `buffer[offset]`, which lies inside the body. */
export function classifyOp(buffer: Buffer, offset: number, nameBytes: number, valueBytes: number): number {
  const type = buffer[offset + 4] as number;
  const particle = buffer[offset + 5] as number;
  const tooLong = nameBytes > BIN_NAME_BYTES_MAX ? OpFlag.nameTooLong : 0;
  switch (type) {
    case OpType.write: {
      const value = offset + OP_HEADER_BYTES + nameBytes;
      if (nameBytes === 0 || !isValue(buffer, particle, value, valueBytes)) {
        return OpFlag.modify | OpFlag.broken | OpFlag.notPlainWrite;
      }
      return OpFlag.modify | tooLong | (particle === Particle.null ? OpFlag.notPlainWrite : 0);
    }
    case OpType.expressionRead:
      return expressionFlags(OpFlag.read, particle, nameBytes, valueBytes) | tooLong;
    case OpType.expressionModify:
      return expressionFlags(OpFlag.modify | OpFlag.needsValue, particle, nameBytes, valueBytes) | tooLong;
    case OpType.read:
      return OpFlag.read | OpFlag.notPlainWrite | tooLong;
    case OpType.increment: {
      const fits = (particle === Particle.integer || particle === Particle.double) && valueBytes === 8;
      return modifyFlags(fits && nameBytes > 0) | tooLong;
    }
    case OpType.append:
    case OpType.prepend:
      return modifyFlags(nameBytes > 0 && (particle === Particle.string || isBlob(particle))) | tooLong;
    case OpType.touch:
    case OpType.delete:
      return OpFlag.modify | OpFlag.notPlainWrite;
    default:
      return OpFlag.unsupported | OpFlag.notPlainWrite;
  }
}

/** Its msgpack is looked at when it is evaluated. */
function expressionFlags(flags: number, particle: number, nameBytes: number, valueBytes: number): number {
  const fits = particle === Particle.blob && nameBytes > 0 && valueBytes > 0;
  return flags | OpFlag.notPlainWrite | (fits ? 0 : OpFlag.broken);
}

function modifyFlags(valid: boolean): number {
  const flags = OpFlag.modify | OpFlag.notPlainWrite | OpFlag.needsValue;
  return valid ? flags : flags | OpFlag.broken;
}

/** Blobs, those of one language included: raw bytes that can be appended to. */
function isBlob(particle: number): boolean {
  return (
    particle === Particle.blob ||
    (particle >= Particle.languageBlobFirst && particle <= Particle.languageBlobLast)
  );
}

/**
 * Whether a value may be stored: what clients read without a check of their own must be whole.
 * A GeoJSON value shorter than its cells, for one, makes a reader's length negative.
 */
function isValue(buffer: Buffer, particle: number, offset: number, length: number): boolean {
  switch (particle) {
    case Particle.string:
    case Particle.blob:
    case Particle.hll:
    case Particle.vector:
      return true;
    case Particle.integer:
    case Particle.double:
      return length === 8;
    case Particle.null:
      return length === 0;
    case Particle.bool:
      return length === 1 && (buffer[offset] as number) <= 1;
    case Particle.map:
      return length > 0 && isMapHead(buffer[offset] as number);
    case Particle.list:
      return length > 0 && isListHead(buffer[offset] as number);
    case Particle.geojson:
      return length >= 3 && 3 + readU16(buffer, offset + 1) * 8 <= length;
    default:
      return isBlob(particle);
  }
}

/** First byte of a msgpack map: fixmap, map16, map32. */
function isMapHead(byte: number): boolean {
  return (byte & 0xf0) === 0x80 || byte === 0xde || byte === 0xdf;
}
/** First byte of a msgpack array: fixarray, array16, array32. */
function isListHead(byte: number): boolean {
  return (byte & 0xf0) === 0x90 || byte === 0xdc || byte === 0xdd;
}

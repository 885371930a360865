/**
 * Constants of the Aerospike client protocol: the numbers that go over the wire, nothing else.
 * A number here is never changed; what is not supported is refused by name, not left out.
 */

export const PROTO_VERSION = 2;
/** Version, type, 48-bit body length. */
export const PROTO_HEADER_BYTES = 8;
/** AS_MSG header that follows the proto header of a message. */
export const MESSAGE_HEADER_BYTES = 22;
export const REPLY_HEADER_BYTES = PROTO_HEADER_BYTES + MESSAGE_HEADER_BYTES;
/** u32 size, op type, particle type, version, name length. */
export const OP_HEADER_BYTES = 8;

export const ProtoType = { info: 1, admin: 2, message: 3, compressed: 4 } as const;

export const Info1 = {
  read: 0x01,
  getAll: 0x02,
  shortQuery: 0x04,
  batchIndex: 0x08,
  xdr: 0x10,
  noBinData: 0x20,
  readModeApAll: 0x40,
  compressResponse: 0x80,
} as const;

export const Info2 = {
  write: 0x01,
  delete: 0x02,
  generation: 0x04,
  generationGreater: 0x08,
  durableDelete: 0x10,
  createOnly: 0x20,
  relaxApLongQuery: 0x40,
  respondAllOps: 0x80,
} as const;

export const Info3 = {
  last: 0x01,
  commitMaster: 0x02,
  partitionDone: 0x04,
  updateOnly: 0x08,
  createOrReplace: 0x10,
  replaceOnly: 0x20,
} as const;

export const Info4 = {
  /** Verify read, roll forward, roll back, on locking only: all belong to transactions. */
  transaction: 0x0f,
} as const;

export const FieldId = {
  namespace: 0,
  set: 1,
  key: 2,
  recordVersion: 3,
  digest: 4,
  transactionId: 5,
  transactionDeadline: 6,
  taskId: 7,
  scanOptions: 8,
  socketTimeout: 9,
  recordsPerSecond: 10,
  partitionIds: 11,
  digests: 12,
  maxRecords: 13,
  bvals: 15,
  indexName: 21,
  indexType: 26,
  udfPackage: 30,
  udfOperation: 33,
  queryBins: 40,
  batchIndex: 41,
  batchIndexWithSet: 42,
  filter: 43,
} as const;

export const OpType = {
  read: 1,
  write: 2,
  cdtRead: 3,
  cdtModify: 4,
  increment: 5,
  expressionRead: 7,
  expressionModify: 8,
  append: 9,
  prepend: 10,
  touch: 11,
  bitRead: 12,
  bitModify: 13,
  delete: 14,
  hllRead: 15,
  hllModify: 16,
  stringRead: 17,
  stringModify: 18,
  toString: 19,
} as const;

export const Particle = {
  null: 0,
  integer: 1,
  double: 2,
  string: 3,
  blob: 4,
  /** 7 to 12: blobs of one language (Java, C#, Python, Ruby, PHP, Erlang). */
  languageBlobFirst: 7,
  languageBlobLast: 12,
  vector: 16,
  bool: 17,
  hll: 18,
  map: 19,
  list: 20,
  geojson: 23,
} as const;

export const ResultCode = {
  ok: 0,
  serverError: 1,
  notFound: 2,
  generation: 3,
  parameter: 4,
  exists: 5,
  binExists: 6,
  full: 8,
  timeout: 9,
  /** By configuration: `reject-xdr-writes`, `reject-non-xdr-writes`. */
  alwaysForbidden: 10,
  unavailable: 11,
  binType: 12,
  tooBig: 13,
  unsupported: 16,
  binNotFound: 17,
  overload: 18,
  keyMismatch: 19,
  namespace: 20,
  binName: 21,
  forbidden: 22,
  /** An expression that gives nothing for the record. */
  notApplicable: 26,
  /** The record is there, and does not pass the request's filter expression. */
  filteredOut: 27,
  securityNotEnabled: 52,
  batchMaxRequests: 151,
  invalidGeojson: 160,
} as const;

/** Void times of request headers. */
export const TTL_DEFAULT = 0;
export const TTL_NEVER = 0xffff_ffff;
export const TTL_KEEP = 0xffff_fffe;
/** Ten years: the longest TTL that a request may ask for. */
export const TTL_MAX_SECONDS = 315_360_000;

export const BatchRowType = {
  repeat: 0x01,
  info: 0x02,
  generation: 0x04,
  ttl: 0x08,
  info4: 0x10,
} as const;

export const BatchFlag = { respondAllKeys: 0x04 } as const;

/** Big-endian u16; no bounds check, the caller made sure. */
export function readU16(bytes: Uint8Array, offset: number): number {
  return ((bytes[offset] as number) << 8) | (bytes[offset + 1] as number);
}

/** Big-endian u32; no bounds check, the caller made sure. */
export function readU32(bytes: Uint8Array, offset: number): number {
  return (
    (((bytes[offset] as number) << 24) |
      ((bytes[offset + 1] as number) << 16) |
      ((bytes[offset + 2] as number) << 8) |
      (bytes[offset + 3] as number)) >>>
    0
  );
}

/** Writes a big-endian u32. */
export function writeU32(bytes: Uint8Array, value: number, offset: number): void {
  bytes[offset] = value >>> 24;
  bytes[offset + 1] = value >>> 16;
  bytes[offset + 2] = value >>> 8;
  bytes[offset + 3] = value;
}

/** Whether `length` bytes at `a[aOffset]` and `b[bOffset]` are equal. Meant for short runs. */
export function sameBytes(
  a: Uint8Array,
  aOffset: number,
  b: Uint8Array,
  bOffset: number,
  length: number,
): boolean {
  for (let index = 0; index < length; index++) {
    if (a[aOffset + index] !== b[bOffset + index]) return false;
  }
  return true;
}

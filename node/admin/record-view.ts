/** Records as the admin routes show them: the version in full, the key where it is stored. */
import { createHash } from "node:crypto";
import { MeridianError } from "../../common/errors.ts";
import { lutUnixMs } from "../../common/version/version.ts";
import { partitionOfDigest, slotOf } from "../../proto/cluster-map.ts";
import { digestOf } from "../../proto/digest.ts";
import { RecordImage } from "../../proto/record.ts";
import { binRecordOf } from "../../proto/record-bins.ts";
import type { AdminSource } from "./admin-source.ts";

const PARTICLE_INTEGER = 1;
const PARTICLE_DOUBLE = 2;
const PARTICLE_STRING = 3;
/** Bytes of the image hash that are shown: enough to tell two images apart. */
const HASH_BYTES_SHOWN = 12;

/** A record's version; LUT as decimal string since it does not fit a JSON number. */
export interface RecordView {
  readonly digest: string;
  readonly set: string;
  /** The user key as text when the client sent it along. */
  readonly key: string | undefined;
  readonly generation: number;
  readonly lut: string;
  readonly lutIso: string;
  readonly sourceId: number;
  readonly voidTime: number;
  readonly tombstone: boolean;
  readonly seen: readonly { readonly sourceId: number; readonly lut: string }[];
  readonly imageBytes: number;
  readonly imageHash: string;
}

export function viewRecord(digest: Buffer, bytes: Buffer): RecordView {
  const image = RecordImage.checked(bytes);
  return {
    digest: digest.toString("hex"),
    set: image.setName.toString(),
    key: showUserKey(image.userKey),
    generation: image.generation,
    lut: image.lut.toString(),
    lutIso: new Date(lutUnixMs(image.lut)).toISOString(),
    sourceId: image.sourceId,
    voidTime: image.voidTime,
    tombstone: image.tombstone,
    seen: image.seen.map((field) => ({ sourceId: field.sourceId, lut: field.lut.toString() })),
    imageBytes: bytes.length,
    imageHash: imageHashOf(bytes),
  };
}

/** Tells images apart: of equal versions of a record, whether their content is equal, too. */
export function imageHashOf(bytes: Uint8Array): string {
  return createHash("sha256")
    .update(bytes)
    .digest("hex")
    .slice(0, 2 * HASH_BYTES_SHOWN);
}

/** One bin of a record whose bins converge: which write gave it its value, or took it. */
export interface BinView {
  readonly name: string;
  readonly lut: string;
  readonly lutIso: string;
  readonly sourceId: number;
  /** Deleted, or expired. */
  readonly dead: boolean;
}

/** The bins of a stamped image, by name; none of another one. */
export function viewStamps(bytes: Buffer): BinView[] {
  const image = RecordImage.checked(bytes);
  if (!image.isStamped) return [];
  return [...binRecordOf(image).bins]
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([name, { lut, sourceId, value }]) => ({
      name: Buffer.from(name, "latin1").toString(),
      ...{ lut: lut.toString(), lutIso: new Date(lutUnixMs(lut)).toISOString(), sourceId },
      dead: value === undefined,
    }));
}

/** The `/record` route: what this node holds of one record, and whether it is its primary. */
export function recordRoute(source: AdminSource, query: URLSearchParams): unknown {
  const namespaceId = namespaceIdOf(source, query);
  const digest = digestOfQuery(query);
  const partition = partitionOfDigest(digest);
  const slot = slotOf(namespaceId, partition);
  const bytes = source.storage.get(slot, digest);
  const map = source.map();
  const row = map?.namespaces[namespaceId]?.rows[partition];
  const nameOf = (id: string): string => map?.members.find((member) => member.id === id)?.name ?? id;
  return {
    node: source.name,
    partition,
    isPrimary: source.isPrimary(slot),
    primary: row?.primary ? nameOf(row.primary) : null,
    replicas: row?.inSync.filter((id) => id !== row.primary).map(nameOf) ?? [],
    record: bytes === undefined ? null : viewRecord(digest, bytes),
  };
}

/** The id of the namespace that a query names (`namespace`, else the first one). */
export function namespaceIdOf(source: AdminSource, query: URLSearchParams): number {
  const name = query.get("namespace");
  if (name === null) return 0;
  const id = source.namespaces.findIndex((namespace) => namespace.name === name);
  if (id < 0) throw new MeridianError("NOT_FOUND", `namespace ${name} is not configured here`);
  return id;
}

/** `digest` (40 hex digits), or `key` (with `keyType=integer` for a number) and `set`. */
export function digestOfQuery(query: URLSearchParams): Buffer {
  const hex = query.get("digest");
  if (hex !== null) {
    if (!/^[0-9a-fA-F]{40}$/.test(hex)) throw new MeridianError("BAD_REQUEST", "digest: 40 hex digits");
    return Buffer.from(hex, "hex");
  }
  const key = query.get("key");
  if (key === null) throw new MeridianError("BAD_REQUEST", "a digest, or a set and a key are needed");
  if (query.get("keyType") !== "integer") return digestOf(query.get("set") ?? "", key);
  if (!/^-?\d{1,20}$/.test(key)) throw new MeridianError("BAD_REQUEST", `key ${key} is no integer`);
  return digestOf(query.get("set") ?? "", BigInt(key));
}

function showUserKey(userKey: Buffer): string | undefined {
  if (userKey.length === 0) return undefined;
  const value = userKey.subarray(1);
  if (userKey[0] === PARTICLE_STRING) return value.toString();
  if (userKey[0] === PARTICLE_INTEGER && value.length === 8) return value.readBigInt64BE().toString();
  if (userKey[0] === PARTICLE_DOUBLE && value.length === 8) return value.readDoubleBE().toString();
  return value.toString("hex");
}

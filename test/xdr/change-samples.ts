/** Changes for tests of the formats. */
import { Entry, EntryKind, encodeEntry, Operation } from "../../proto/entry.ts";
import { encodeImage } from "../../proto/record.ts";
import type { Outcome } from "../../proto/ledger.ts";
import {
  beforeOf,
  type ChangeFacts,
  changedBins,
  operationName,
  outcomeOf,
  sourceOf,
} from "../../xdr-shipper/feed/change.ts";

export const DIGEST = Buffer.alloc(20, 7);
export const VOID_TIME = 500_000_000;

/** A bin in the layout of records. */
export function bin(name: string, particle: number, value: Buffer): Buffer {
  const head = Buffer.from([0, 0, 0, 0, 1, particle, 0, name.length]);
  head.writeUInt32BE(4 + name.length + value.length);
  return Buffer.concat([head, Buffer.from(name), value]);
}

export function int(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(value);
  return bytes;
}

export interface Given {
  readonly bins?: readonly Buffer[];
  readonly operation?: Operation;
  readonly originId?: number;
  readonly outcome?: Outcome;
  readonly generation?: number;
  readonly userKey?: Buffer;
  readonly changed?: readonly string[];
  readonly tombstone?: boolean;
  readonly again?: boolean;
  /** Bins of the record before; null: there was none. */
  readonly before?: readonly Buffer[] | null;
}

export function facts(given: Given): ChangeFacts {
  const generation = given.generation ?? 3;
  const image = imageOf(given, given.bins ?? [], generation);
  const before = given.before && imageOf({}, given.before, generation - 1);
  const changed = (given.changed ?? []).map((name) => Buffer.from([name.length, ...Buffer.from(name)]));
  const entry = new Entry(
    encodeEntry({
      kind: EntryKind.put,
      operation: given.operation ?? Operation.update,
      partitionId: 9,
      epoch: 1,
      sequence: 12,
      originId: given.originId ?? 0,
      originSequence: given.originId === undefined ? 0 : 77,
      originLogId: given.originId === undefined ? 0 : 88,
      outcome: given.outcome,
      digest: DIGEST,
      changedBins: Buffer.concat(changed),
      before: before === null ? Buffer.alloc(0) : before,
      image,
    }),
  );
  return {
    namespace: "test",
    set: entry.image.setName.toString(),
    digest: entry.digest,
    image: entry.image,
    before: beforeOf(entry),
    operation: operationName(entry.operation),
    origin: given.originId === undefined ? "dc-a" : "dc-b",
    outcome: outcomeOf(entry),
    changed: changedBins(entry),
    source: sourceOf(entry),
    place: { logId: 11, partition: 9, from: 10, sequence: 12, again: given.again ?? false },
  };
}

function imageOf({ tombstone, userKey }: Given, bins: readonly Buffer[], generation: number): Buffer {
  return encodeImage({
    generation,
    lut: (1_700_000_000_123n << 16n) | 5n,
    sourceId: 1,
    voidTime: VOID_TIME,
    tombstone: tombstone ?? false,
    seen: [],
    setName: Buffer.from('o"rders'),
    userKey: userKey ?? Buffer.concat([Buffer.from([3]), Buffer.from("key")]),
    binCount: bins.length,
    bins: Buffer.concat(bins),
  });
}

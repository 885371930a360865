/** Proves that a record's image says to expressions what is in it, however many bins it has. */
import { expect, test } from "vitest";
import { bin, int } from "../test/xdr/change-samples.ts";
import { ImageRecord } from "./expression-record.ts";
import { encodeImage, RecordImage } from "./record.ts";

function recordOf(names: readonly string[], voidTime = 0): ImageRecord {
  const bins = names.map((name, index) => bin(name, 1, int(BigInt(index))));
  const parts = { generation: 3, lut: (1_700_000_000_123n << 16n) | 7n, sourceId: 1, voidTime, seen: [] };
  const image = encodeImage({
    ...{ ...parts, tombstone: false, setName: Buffer.from("demo"), userKey: Buffer.of(3, 97) },
    ...{ binCount: bins.length, bins: Buffer.concat(bins) },
  });
  return new ImageRecord(new RecordImage(image), Buffer.alloc(20, 9));
}

test("metadata, in Unix time", () => {
  const record = recordOf(["a"], 500_000_000);
  expect([record.writtenMs, record.expirySeconds]).toEqual([1_700_000_000_123, 1_762_304_000]);
  expect([record.setName.toString(), record.userKey.length, record.tombstone]).toEqual(["demo", 2, false]);
  expect(recordOf([]).expirySeconds).toBe(0);
  expect(record.sizeBytes).toBeGreaterThan(29);
});

test("bins by their whole names, one by one and by an index", () => {
  const names = Array.from({ length: 300 }, (_, index) => `bin-${index}`);
  const record = recordOf(names);
  for (let round = 0; round < 3; round++) {
    for (const [index, name] of [...names.entries()].filter(([at]) => at % 37 === 0)) {
      const found = record.bin(Buffer.from(name));
      expect(found?.bytes.readBigInt64BE(found.start)).toBe(BigInt(index));
      expect([found?.particle, (found?.end ?? 0) - (found?.start ?? 0)]).toEqual([1, 8]);
    }
    for (const other of ["bin", "bin-300", "bin-1 ", ""]) {
      expect(record.bin(Buffer.from(other))).toBeUndefined();
    }
  }
});

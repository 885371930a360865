/** Proves that record rows survive the way, absent records included, and that cuts are refused. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeRecordRows, encodeRecordRows } from "./record-rows.ts";

const anyRow = fc.record({
  digest: fc.uint8Array({ minLength: 20, maxLength: 20 }).map((bytes) => Buffer.from(bytes)),
  image: fc.option(
    fc.uint8Array({ minLength: 1, maxLength: 80 }).map((bytes) => Buffer.from(bytes)),
    { nil: undefined },
  ),
});

test("round trip; a cut is refused unless it lies between rows", () => {
  fc.assert(
    fc.property(fc.array(anyRow, { maxLength: 6 }), fc.nat({ max: 600 }), (rows, cut) => {
      const body = Buffer.concat(encodeRecordRows(rows));
      const hex = decodeRecordRows(body).map((row) => [
        row.digest.toString("hex"),
        row.image?.toString("hex"),
      ]);
      expect(hex).toEqual(rows.map((row) => [row.digest.toString("hex"), row.image?.toString("hex")]));
      const ends = [0];
      for (const row of rows) ends.push((ends.at(-1) ?? 0) + 24 + (row.image?.length ?? 0));
      if (cut < body.length && !ends.includes(cut)) {
        expect(() => decodeRecordRows(body.subarray(0, cut))).toThrow("cut short");
      }
    }),
  );
});

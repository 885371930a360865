/**
 * Proves that a bulk write has a bounded number in flight, tries again what may be, gives up after
 * its time, and counts and shows what failed: written + failed is always all of them.
 */
import { setImmediate as turn } from "node:timers/promises";
import { expect, test } from "vitest";
import { writeAll } from "./bulk-writer.ts";

const items = Array.from({ length: 500 }, (_, index) => index);
const base = { items, concurrency: 16, giveUpMs: 5000, isRetryable: () => true, onProgress: () => undefined };

test("all are written once, with at most the concurrency in flight", async () => {
  const written: number[] = [];
  let inFlight = 0;
  let inFlightMost = 0;
  const result = await writeAll({
    ...base,
    write: async (item) => {
      inFlight += 1;
      inFlightMost = Math.max(inFlightMost, inFlight);
      await turn();
      inFlight -= 1;
      written.push(item);
    },
  });
  expect(result).toMatchObject({ written: 500, failed: 0, retries: 0 });
  expect(written.toSorted((a, b) => a - b)).toEqual(items);
  expect(inFlightMost).toBe(16);
});

test("what may be tried again is, until it is certain", async () => {
  const tries = new Map<number, number>();
  const result = await writeAll({
    ...base,
    write: async (item) => {
      const count = (tries.get(item) ?? 0) + 1;
      tries.set(item, count);
      if (item % 50 === 0 && count < 3) throw new Error("in doubt");
    },
  });
  expect(result).toMatchObject({ written: 500, failed: 0, retries: 20 });
});

test("a refusal for good is not tried again, and is counted and shown", async () => {
  let calls = 0;
  const result = await writeAll({
    ...base,
    isRetryable: () => false,
    write: async (item) => {
      calls += 1;
      if (item < 7) throw new Error(`refused ${item}`);
    },
  });
  expect(result).toMatchObject({ written: 493, failed: 7, retries: 0 });
  expect(result.failures).toEqual(["refused 0", "refused 1", "refused 2", "refused 3", "refused 4"]);
  expect(calls).toBe(500);
});

test("what stays in doubt fails when its time is over", async () => {
  const write = async (): Promise<void> => {
    throw new Error("timeout");
  };
  const result = await writeAll({ ...base, items: [1, 2, 3], giveUpMs: 50, write });
  expect(result).toMatchObject({ written: 0, failed: 3 });
});

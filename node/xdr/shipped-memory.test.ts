/**
 * Proves of the memory of shipped positions: it helps only a tail that starts exactly where the
 * destination was, in the same log, and it survives a restart.
 */
import { expect, test } from "vitest";
import type { StorageGroup } from "../store/storage.ts";
import { ShippedMemory } from "./shipped-memory.ts";

function disk() {
  const values = new Map<string, Buffer>();
  return {
    meta: (key: string) => values.get(key),
    write: (group: StorageGroup) => {
      for (const { key, value } of group.meta ?? []) if (value !== undefined) values.set(key, value);
      return Promise.resolve();
    },
  };
}

const fail = (error: unknown): void => {
  throw error;
};

test("what is covered after a base is known for that base and log only", async () => {
  const memory = new ShippedMemory(disk(), fail);
  memory.note(2, 5, { logId: 11, base: 10, covered: 15 });
  expect(memory.coveredFrom(2, 5, 11, 10, 10)).toBe(15);
  expect(memory.coveredFrom(2, 5, 11, 10, 20)).toBe(20);
  expect(memory.coveredFrom(2, 5, 11, 9, 9)).toBe(9);
  expect(memory.coveredFrom(2, 5, 12, 10, 10)).toBe(10);
  expect(memory.coveredFrom(3, 5, 11, 10, 10)).toBe(10);
  await memory.close();
});

test("it is there after a restart", async () => {
  const storage = disk();
  const before = new ShippedMemory(storage, fail);
  before.note(2, 5, { logId: 11, base: 10, covered: 15 });
  before.note(2, 8191, { logId: 2 ** 50, base: 0, covered: 2 ** 40 });
  before.note(2, 6, { logId: 11, base: 10, covered: 10 });
  await before.close();
  const after = new ShippedMemory(storage, fail);
  expect(after.coveredFrom(2, 5, 11, 10, 10)).toBe(15);
  expect(after.coveredFrom(2, 8191, 2 ** 50, 0, 0)).toBe(2 ** 40);
  await after.close();
});

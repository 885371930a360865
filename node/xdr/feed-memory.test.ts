/**
 * Proves of kept positions of feeds: what is on the disk comes back; of a position that was moved, what is
 * told from before the move is void, also after a restart; one that never was is kept in the format of
 * releases that know no moves; who was forgotten is not kept again.
 */
import { expect, test } from "vitest";
import { PARTITION_COUNT } from "../../common/limits.ts";
import { FeedMemory } from "./feed-memory.ts";

class Disk {
  readonly values = new Map<string, Buffer>();

  meta(key: string): Buffer | undefined {
    return this.values.get(key);
  }
  write({ meta }: { meta?: readonly { key: string; value: Buffer | undefined }[] }): Promise<void> {
    for (const { key, value } of meta ?? []) {
      if (value === undefined) this.values.delete(key);
      else this.values.set(key, value);
    }
    return Promise.resolve();
  }
}

function memoryOn(disk: Disk): FeedMemory {
  return new FeedMemory({
    storage: disk,
    onSaved: () => undefined,
    onError: (error) => {
      throw error;
    },
  });
}

const TOLD = { consumer: "audit", logId: 11, partitions: [7], stream: "s", streamLast: 5, open: true };

function kept(memory: FeedMemory, consumer = "audit") {
  const position = memory.state("orders", [consumer])[1];
  return {
    last: position?.lasts?.[7],
    covered: position?.covered?.[7],
    move: position?.moves?.[7],
    stream: position?.stream,
  };
}

test("a move takes a position back, and what is told from before it does not take it forward", async () => {
  const disk = new Disk();
  const memory = memoryOn(disk);
  memory.note("orders", [{ ...TOLD, lasts: [90], covered: [95] }], () => undefined);
  expect(kept(memory)).toEqual({ last: 90, covered: 95, move: undefined, stream: "s" });
  memory.note(
    "orders",
    [{ ...TOLD, lasts: [-2], covered: [0], moves: [1], stream: "", streamLast: 0 }],
    () => undefined,
  );
  memory.note("orders", [{ ...TOLD, lasts: [99], covered: [99] }], () => undefined);
  const moved = { last: -2, covered: 0, move: 1, stream: "" };
  expect(kept(memory)).toEqual(moved);
  await memory.close();
  const again = memoryOn(disk);
  again.note("orders", [{ ...TOLD, lasts: [99], covered: [99] }], () => undefined);
  expect(kept(again)).toEqual(moved);
  again.note("orders", [{ ...TOLD, lasts: [3], covered: [4], moves: [1] }], () => undefined);
  expect(kept(again)).toEqual({ last: 3, covered: 4, move: 1, stream: "s" });
  await again.close();
});

test("without a move it is kept as releases do that know none", async () => {
  const disk = new Disk();
  const memory = memoryOn(disk);
  memory.note("orders", [{ ...TOLD, lasts: [90], covered: [95] }], () => undefined);
  await memory.close();
  const bytes = disk.values.get("feed.orders.audit") ?? Buffer.alloc(3);
  expect([bytes[0], bytes.length]).toEqual([1, 3 + bytes.readUInt16LE(1) + 16 * PARTITION_COUNT]);
  expect(kept(memoryOn(disk))).toMatchObject({ last: 90, covered: 95 });
});

test("who is forgotten leaves nothing, whatever a shipper says later", async () => {
  const disk = new Disk();
  const memory = memoryOn(disk);
  const told = { ...TOLD, consumer: "audit@3", lasts: [90], covered: [95] };
  memory.note("orders", [told], () => undefined);
  memory.forget("orders", "audit@3");
  memory.note("orders", [told], () => undefined);
  await memory.close();
  expect([...disk.values.keys()]).toEqual([]);
  expect(kept(memory, "audit@3")).toMatchObject({ last: 0 });
});

/**
 * Batches over a raw socket: both row styles, REPEAT, mixed reads and writes, per-row results, bounds,
 * what breaks a batch as a whole, and bounded memory when the client does not read.
 */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openDoor, type TestDoor } from "./door-set-up.ts";
import { RawClient } from "./raw-client.ts";
import { batch, digestFor, int, request, type RowSpec } from "./request-builder.ts";

let t: TestDoor;
let c: RawClient;

beforeEach(async () => {
  t = await openDoor({ batchRowsMax: 3000 });
  c = await RawClient.open(t.door.port);
});
afterEach(async () => {
  c.close();
  t.records.release();
  await t.door.stop();
});

const reading = (index: number, name: string, more?: Partial<RowSpec>): RowSpec => ({
  index,
  style: "new",
  digest: digestFor(name),
  info1: 3,
  ...more,
});
const writing = (index: number, name: string, value: number, more?: Partial<RowSpec>): RowSpec => ({
  index,
  style: "new",
  digest: digestFor(name),
  info2: 1,
  ops: [{ type: 2, name: "a", particle: 1, value: int(value) }],
  ...more,
});

async function put(name: string, value: number): Promise<void> {
  await c.askBatch(batch([writing(0, name, value)]));
}

describe("rows", () => {
  test("of both styles, repeated ones included", async () => {
    await put("x", 1);
    await put("y", 2);
    const { rows, last } = await c.askBatch(
      batch([
        reading(5, "x", { style: "old" }),
        { index: 9, style: "repeat", digest: digestFor("y") },
        reading(7, "x", { info1: 1, ops: [{ type: 1, name: "a" }] }),
        { index: 3, style: "repeat", digest: digestFor("none") },
        reading(4, "y", { info1: 0x21 }),
      ]),
    );
    expect(
      rows.map((row) => [row.index, row.code, row.bins.map((bin) => Number(bin.value.readBigInt64BE()))]),
    ).toEqual([
      [5, 0, [1]],
      [9, 0, [2]],
      [7, 0, [1]],
      [3, 2, []],
      [4, 0, []],
    ]);
    expect(last).toMatchObject({ code: 0, info3: 1 });
  });

  test("reads, writes and deletes mixed, each with its own result", async () => {
    await put("x", 1);
    const { rows } = await c.askBatch(
      batch([
        writing(0, "x", 5, { info2: 1 | 0x20 }),
        writing(1, "new", 6),
        reading(2, "x"),
        { index: 3, style: "new", digest: digestFor("x"), info2: 3 },
        { index: 4, style: "new", digest: digestFor("none"), info2: 3 },
        reading(5, "x"),
        reading(6, "x", { namespace: "nowhere" }),
        writing(7, "x", 1, { ops: [{ type: 4, name: "a", particle: 4 }] }),
        writing(8, "new", 7, { info2: 1 | 0x04, generation: 9 }),
      ]),
    );
    expect(rows.map((row) => row.code)).toEqual([5, 0, 0, 0, 2, 2, 20, 16, 3]);
  });

  test("rows of one record are done in their order", async () => {
    const rows = Array.from({ length: 100 }, (_, index) =>
      writing(index, "x", 1, {
        info1: 1,
        ops: [
          { type: 5, name: "a", particle: 1, value: int(1) },
          { type: 1, name: "a" },
        ],
      }),
    );
    const answered = await c.askBatch(batch(rows));
    expect(answered.rows.map((row) => Number(row.bins[0]?.value.readBigInt64BE()))).toEqual(
      rows.map((_, index) => index + 1),
    );
  });

  test("without 'respond to all keys' a failed row ends the batch", async () => {
    await put("x", 1);
    const failing = writing(1, "x", 5, { info2: 1 | 0x20 });
    const stopped = await c.askBatch(batch([reading(0, "none"), failing, reading(2, "x")], 0x08));
    expect(stopped.rows.map((row) => row.code)).toEqual([2, 5]);
    expect(stopped.last.code).toBe(0);
  });

  test("a write in doubt has no row, and the batch ends with TIMEOUT", async () => {
    await put("x", 1);
    t.records.faults.inDoubt = true;
    const { rows, last } = await c.askBatch(batch([reading(0, "x"), writing(1, "y", 1), reading(2, "x")]));
    expect(rows.map((row) => row.index)).toEqual([0, 2]);
    expect(last.code).toBe(9);
  });
});

describe("refused as a whole", () => {
  test.each([
    ["too many rows", batch(Array.from({ length: 3001 }, (_, index) => reading(index, "x"))), 151],
    ["a count of 4 billion", batch([reading(0, "x")], 0x0c, 0xffff_ffff), 151],
    ["more rows said than there are", batch([reading(0, "x")], 0x0c, 100), 4],
    ["fewer rows said than there are", batch([reading(0, "x"), reading(1, "y")], 0x0c, 1), 4],
    ["a repeat of nothing", batch([{ index: 0, style: "repeat", digest: digestFor("x") }]), 4],
    ["no batch field", request({ info1: 0x08 }), 4],
    ["an empty batch field", request({ info1: 0x08, fields: [[41, Buffer.alloc(0)]] }), 4],
    [
      "a broken filter",
      request({
        info1: 0x08,
        fields: [
          [43, Buffer.alloc(1)],
          [41, Buffer.alloc(5)],
        ],
      }),
      4,
    ],
  ])("%s", async (_name, bytes, code) => {
    const { rows, last } = await c.askBatch(bytes);
    expect(rows).toEqual([]);
    expect(last.code).toBe(code);
    expect((await c.ask(request({ info1: 3, digest: digestFor("none") }))).code).toBe(2);
    expect(t.records.evaluations).toHaveLength(0);
  });

  test("no rows are no rows", async () => {
    expect(await c.askBatch(batch([]))).toMatchObject({ rows: [], last: { code: 0 } });
  });
});

test("large replies come in several frames, and wait for a slow reader", async () => {
  const value = Buffer.alloc(200_000, 1);
  await c.ask(
    request({ info2: 1, digest: digestFor("big"), ops: [{ type: 2, name: "a", particle: 4, value }] }),
  );
  c.socket.pause();
  const rows = Array.from({ length: 200 }, (_, index) => reading(index, "big"));
  c.send(batch(rows));
  const counters = t.door.namespaces[0]?.counters.batch_sub.read;
  const done = (): number => counters?.success ?? 0;
  let before = -1;
  // Until the door makes no progress: it waits for its client.
  while (done() !== before || done() === 0) {
    before = done();
    for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
  }
  expect(done()).toBeLessThan(150);
  c.socket.resume();
  const { rows: answered, frames } = await c.askBatch(Buffer.alloc(0));
  expect(answered).toHaveLength(200);
  expect(frames).toBeGreaterThan(10);
});

test("requests behind a batch wait for it", async () => {
  await put("x", 1);
  t.records.faults.hold = true;
  c.send(Buffer.concat([batch([reading(0, "x")]), request({ info1: 3, digest: digestFor("x") })]));
  while (t.records.held < 1) await new Promise((resolve) => setImmediate(resolve));
  t.records.release();
  const { rows } = await c.askBatch(Buffer.alloc(0));
  expect(rows).toHaveLength(1);
  expect((await c.ask(Buffer.alloc(0))).code).toBe(0);
});

test("a batch whose client leaves stops", async () => {
  t.records.faults.hold = true;
  c.send(batch(Array.from({ length: 3000 }, (_, index) => writing(index, `k${index}`, 1))));
  while (t.records.held < 1024) await new Promise((resolve) => setImmediate(resolve));
  c.close();
  while (t.door.counters.client_connections > 0) await new Promise((resolve) => setImmediate(resolve));
  t.records.release();
  expect(t.records.images.size).toBe(1024);
  expect(t.door.counters.batch_index_error).toBe(1);
});

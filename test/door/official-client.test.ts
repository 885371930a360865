/**
 * The official npm client, unmodified, against the door in a process of its own: every command and
 * policy that the door supports, all value types, errors by their codes, writes in doubt, proxying.
 */
import type { EventEmitter } from "node:events";
import Aerospike from "aerospike";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { DoorProcess } from "./door-client.ts";
import { RawClient } from "./raw-client.ts";
import { request } from "./request-builder.ts";

type Client = Awaited<ReturnType<typeof Aerospike.connect>>;
type TestKey = InstanceType<typeof Aerospike.Key> & Parameters<Client["put"]>[0];
const { operations: op, policy } = Aerospike;

Aerospike.setDefaultLogging({ level: Aerospike.log.OFF });
let door: DoorProcess;
let client: Client;
let count = 0;

beforeAll(async () => {
  door = await DoorProcess.start();
  client = await Aerospike.connect({
    hosts: `127.0.0.1:${door.port}`,
    clusterName: "meridian-test",
  });
});
afterAll(() => door.stop());
afterEach(async () => {
  expect(door.alive).toBe(true);
  expect((await door.report()).counters["demarshal_error"]).toBe(0);
});

/** A key; the class's own typings do not fit strict optional types, though its values do. */
function keyOf(namespace: string, set: string, userKey: string | number | Buffer): TestKey {
  return new Aerospike.Key(namespace, set, userKey) as TestKey;
}

/** A key that no other test uses. */
function newKey(namespace = "test"): TestKey {
  count += 1;
  return keyOf(namespace, "demo", `key-${count}`);
}

/** The code (and doubt) of what a call throws. */
async function failure(call: Promise<unknown>): Promise<{ code: unknown; inDoubt: unknown }> {
  try {
    await call;
  } catch (error) {
    if (error instanceof Aerospike.AerospikeError) return { code: error.code, inDoubt: error.inDoubt };
    throw error;
  }
  throw new Error("no error");
}

async function codeOf(call: Promise<unknown>): Promise<unknown> {
  return (await failure(call)).code;
}

describe("single-record commands", () => {
  test("put, get, select, exists, remove", async () => {
    const key = newKey();
    await client.put(key, { a: 1, b: "two" });
    const record = await client.get(key);
    expect(record.bins).toEqual({ a: 1, b: "two" });
    expect(record.gen).toBe(1);
    expect((await client.select(key, ["b", "none"])).bins).toEqual({ b: "two" });
    expect(await client.exists(key)).toBe(true);
    await client.remove(key);
    expect(await client.exists(key)).toBe(false);
    expect(await codeOf(client.get(key))).toBe(2);
    expect(await codeOf(client.select(key, ["b"]))).toBe(2);
    expect(await codeOf(client.remove(key))).toBe(2);
  });

  test("put merges bins and deletes one by null; the last one takes the record", async () => {
    const key = newKey();
    await client.put(key, { a: 1, b: 2 });
    await client.put(key, { b: 3, c: 4 });
    expect((await client.get(key)).bins).toEqual({ a: 1, b: 3, c: 4 });
    await client.put(key, { a: null, b: null });
    expect((await client.get(key)).bins).toEqual({ c: 4 });
    await client.put(key, { c: null });
    expect(await client.exists(key)).toBe(false);
  });

  test("generations go on through a delete", async () => {
    const key = newKey();
    await client.put(key, { a: 1 });
    await client.remove(key);
    await client.put(key, { a: 1 });
    expect((await client.get(key)).gen).toBe(3);
  });

  test("append, prepend, incr", async () => {
    const key = newKey();
    await client.append(key, { s: "b" });
    await client.append(key, { s: "c" });
    await client.prepend(key, { s: "a" });
    await client.incr(key, { n: 5 });
    await client.incr(key, { n: -7 });
    expect((await client.get(key)).bins).toEqual({ s: "abc", n: -2 });
    expect(await codeOf(client.incr(key, { s: 1 }))).toBe(12);
    expect(await codeOf(client.append(key, { n: "x" }))).toBe(12);
  });

  test("operate: all kinds of ops in one atomic call, in order", async () => {
    const key = newKey();
    const made = await client.operate(key, [
      op.write("n", 10),
      op.incr("n", 5),
      op.read("n"),
      op.append("s", "yz"),
      op.prepend("s", "x"),
      op.read("s"),
      op.write("d", new Aerospike.Double(1.5)),
      op.incr("d", new Aerospike.Double(0.25)),
      op.read("d"),
    ]);
    expect(made.bins).toEqual({ n: 15, s: "xyz", d: 1.75 });
    const gone = await client.operate(key, [op.read("n"), op.delete()]);
    expect(gone.bins).toEqual({ n: 15 });
    expect(await client.exists(key)).toBe(false);
    const again = await client.operate(key, [op.delete(), op.write("m", 1)]);
    expect(again.gen).toBe(3);
    expect((await client.get(key)).bins).toEqual({ m: 1 });
  });

  test("operate: one op that fails undoes the others", async () => {
    const key = newKey();
    await client.put(key, { n: 1, s: "x" });
    expect(await codeOf(client.operate(key, [op.incr("n", 1), op.incr("s", 1)]))).toBe(12);
    expect(await client.get(key)).toMatchObject({ gen: 1, bins: { n: 1, s: "x" } });
  });

  test("operate: reads only", async () => {
    const key = newKey();
    await client.put(key, { n: 1, s: "x" });
    expect((await client.operate(key, [op.read("s")])).bins).toEqual({ s: "x" });
    expect((await client.get(key)).gen).toBe(1);
    expect(await codeOf(client.operate(newKey(), [op.read("s")]))).toBe(2);
  });

  test("a key of any type", async () => {
    for (const userKey of [1, "one", Buffer.from([1, 2, 3])]) {
      const key = keyOf("test", "keys", userKey);
      await client.put(key, { a: 1 });
      expect((await client.get(key)).bins).toEqual({ a: 1 });
    }
  });
});

describe("value types", () => {
  const unicode = "žluťoučký 🐎 \u0000 end";
  test.each([
    ["integer", 42],
    ["negative integer", -1],
    ["largest integer", 2n ** 63n - 1n],
    ["smallest integer", -(2n ** 63n)],
    ["double", 1.25],
    ["boolean", true],
    ["empty string", ""],
    ["long string", "x".repeat(100_000)],
    ["list", [1, "two", 3.5, [4, [5]], { six: 7 }, null, true]],
    ["empty list", []],
    ["map", { a: 1, b: [2, { c: "d" }], e: { f: {} } }],
    ["empty map", {}],
  ])("%s", async (_name, value) => {
    const key = newKey();
    await client.put(key, { v: value });
    expect((await client.get(key)).bins).toEqual({ v: value });
  });

  test("blob", async () => {
    const key = newKey();
    const value = Buffer.from(Array.from({ length: 256 }, (_, index) => index));
    await client.put(key, { v: value });
    expect(Buffer.compare((await client.get(key)).bins["v"] as Buffer, value)).toBe(0);
  });

  test("string of any characters", async () => {
    const key = newKey();
    await client.put(key, { v: unicode.replaceAll("\u0000", "") });
    expect((await client.get(key)).bins).toEqual({ v: unicode.replaceAll("\u0000", "") });
  });

  test("GeoJSON", async () => {
    const key = newKey();
    const value = new Aerospike.GeoJSON({ type: "Point", coordinates: [14.4, 50.1] });
    await client.put(key, { v: value });
    expect(JSON.parse(String((await client.get(key)).bins["v"]))).toEqual(JSON.parse(value.toString()));
  });

  test("all particle types come back byte for byte", async () => {
    const raw = await RawClient.open(door.port);
    const text = Buffer.from("any bytes \u0000\u00ff");
    const ops = [3, 4, 7, 8, 9, 10, 11, 12, 16, 18].map((particle) => ({
      name: `p${particle}`,
      particle,
      value: text,
    }));
    ops.push({ name: "p1", particle: 1, value: Buffer.alloc(8, 0xfe) });
    ops.push({ name: "p2", particle: 2, value: Buffer.from("7ff8000000000001", "hex") });
    ops.push({ name: "p17", particle: 17, value: Buffer.from([1]) });
    ops.push({ name: "p19", particle: 19, value: Buffer.from([0x82, 1, 2, 0xc7, 0, 1, 0xc0]) });
    ops.push({
      name: "p20",
      particle: 20,
      value: Buffer.from([0x92, 0xcb, 0x7f, 0xf8, 0, 0, 0, 0, 0, 1, 3]),
    });
    ops.push({ name: "p23", particle: 23, value: Buffer.from([0, 0, 0, 0x7b, 0x7d]) });
    expect((await raw.ask(request({ info2: 1, ops: ops.map((one) => ({ ...one, type: 2 })) }))).code).toBe(0);
    expect((await raw.ask(request({ info1: 3 }))).bins).toEqual(ops);
    const one = await raw.ask(
      request({
        info1: 1,
        ops: [
          { type: 1, name: "p20" },
          { type: 1, name: "p2" },
        ],
      }),
    );
    expect(one.bins.map((bin) => bin.name)).toEqual(["p20", "p2"]);
    raw.close();
  });
});

describe("record-exists policies", () => {
  const exists = (how: number) => new Aerospike.WritePolicy({ exists: how });

  test("create", async () => {
    const key = newKey();
    await client.put(key, { a: 1 }, {}, exists(policy.exists.CREATE));
    expect(await codeOf(client.put(key, { a: 2 }, {}, exists(policy.exists.CREATE)))).toBe(5);
    await client.remove(key);
    await client.put(key, { a: 3 }, {}, exists(policy.exists.CREATE));
    expect((await client.get(key)).bins).toEqual({ a: 3 });
  });

  test("update", async () => {
    const key = newKey();
    expect(await codeOf(client.put(key, { a: 1 }, {}, exists(policy.exists.UPDATE)))).toBe(2);
    await client.put(key, { a: 1 });
    await client.put(key, { b: 2 }, {}, exists(policy.exists.UPDATE));
    expect((await client.get(key)).bins).toEqual({ a: 1, b: 2 });
  });

  test("replace", async () => {
    const key = newKey();
    expect(await codeOf(client.put(key, { a: 1 }, {}, exists(policy.exists.REPLACE)))).toBe(2);
    await client.put(key, { a: 1 }, {}, exists(policy.exists.CREATE_OR_REPLACE));
    await client.put(key, { b: 2 }, {}, exists(policy.exists.REPLACE));
    expect((await client.get(key)).bins).toEqual({ b: 2 });
    await client.put(key, { c: 3 }, {}, exists(policy.exists.CREATE_OR_REPLACE));
    expect((await client.get(key)).bins).toEqual({ c: 3 });
  });
});

describe("generation policies", () => {
  test("equal", async () => {
    const key = newKey();
    const equal = new Aerospike.WritePolicy({ gen: policy.gen.EQ });
    await client.put(key, { a: 1 });
    await client.put(key, { a: 2 }, { gen: 1 }, equal);
    expect(await codeOf(client.put(key, { a: 3 }, { gen: 1 }, equal))).toBe(3);
    const removal = (generation: number) => new Aerospike.RemovePolicy({ gen: policy.gen.EQ, generation });
    expect(await codeOf(client.remove(key, removal(1)))).toBe(3);
    await client.remove(key, removal(2));
  });

  test("greater", async () => {
    const key = newKey();
    const greater = new Aerospike.WritePolicy({ gen: policy.gen.GT });
    await client.put(key, { a: 1 });
    await client.put(key, { a: 2 }, { gen: 10 }, greater);
    expect(await codeOf(client.put(key, { a: 3 }, { gen: 2 }, greater))).toBe(3);
  });
});

describe("TTL", () => {
  const ttlOf = async (key: TestKey) => (await client.get(key)).ttl;

  test("seconds, default, never, keep, touch", async () => {
    const key = newKey("gen");
    await client.put(key, { a: 1 }, { ttl: 1000 });
    expect(await ttlOf(key)).toBeGreaterThan(990);
    await client.put(key, { a: 2 }, { ttl: Aerospike.ttl.DONT_UPDATE });
    expect(await ttlOf(key)).toBeGreaterThan(990);
    await client.put(key, { a: 3 }, { ttl: Aerospike.ttl.NEVER_EXPIRE });
    expect(await ttlOf(key)).toBe(Aerospike.ttl.NEVER_EXPIRE);
    // The default of this namespace is 100 seconds.
    await client.put(key, { a: 4 }, { ttl: Aerospike.ttl.NAMESPACE_DEFAULT });
    expect(await ttlOf(key)).toBeLessThanOrEqual(100);
    await client.operate(key, [op.touch(5000)]);
    expect(await ttlOf(key)).toBeGreaterThan(4990);
    expect((await client.get(key)).gen).toBe(5);
    const touched = await client.operate(key, [op.touch(7000), op.read("a")]);
    expect(touched.bins).toEqual({ a: 4 });
    expect(await codeOf(client.operate(newKey(), [op.touch(10)]))).toBe(2);
  });

  test("an expired record is gone for readers and made anew by writers", async () => {
    const key = newKey();
    await client.put(key, { a: 1, b: 2 }, { ttl: 50 });
    await door.order({ ahead: 100 });
    expect(await codeOf(client.get(key))).toBe(2);
    expect(await client.exists(key)).toBe(false);
    expect(await codeOf(client.remove(key))).toBe(2);
    await client.put(key, { c: 3 }, {}, new Aerospike.WritePolicy({ exists: policy.exists.CREATE }));
    expect(await client.get(key)).toMatchObject({ gen: 2, bins: { c: 3 } });
    await door.order({ ahead: 0 });
  });

  test("a read renews a record of which little life is left", async () => {
    const key = newKey();
    await client.put(key, { a: 1 }, { ttl: 100 });
    const renewing = new Aerospike.ReadPolicy({ readTouchTtlPercent: 50 });
    await client.get(key, renewing);
    expect((await client.get(key)).gen).toBe(1);
    await door.order({ ahead: 60 });
    await client.get(key, renewing);
    expect((await client.get(key)).gen).toBe(2);
    await door.order({ ahead: 120 });
    expect((await client.get(key)).bins).toEqual({ a: 1 });
    await door.order({ ahead: 0 });
  });
});

test("send-key and durable delete", async () => {
  const key = newKey();
  await client.put(key, { a: 1 }, {}, new Aerospike.WritePolicy({ key: policy.key.SEND }));
  expect((await client.get(key, new Aerospike.ReadPolicy({ key: policy.key.SEND }))).bins).toEqual({ a: 1 });
  await client.remove(key, new Aerospike.RemovePolicy({ durableDelete: true }));
  expect(await client.exists(key)).toBe(false);
});

test("compressed requests and replies", async () => {
  const compressing = await Aerospike.connect({
    hosts: `127.0.0.1:${door.port}`,
    policies: {
      read: new Aerospike.ReadPolicy({ compress: true }),
      write: new Aerospike.WritePolicy({ compress: true }),
      batch: new Aerospike.BatchPolicy({ compress: true }),
    },
  });
  const key = newKey();
  const value = { v: "compressible ".repeat(5000) };
  await compressing.put(key, value);
  expect((await compressing.get(key)).bins).toEqual(value);
  const rows = await compressing.batchRead(Array.from({ length: 20 }, () => ({ key, readAllBins: true })));
  for (const row of rows) expect(row.record.bins).toEqual(value);
});

describe("batches", () => {
  const many = (n: number) => Array.from({ length: n }, () => newKey());

  test("read: all bins, some bins, none, of records that are there or not", async () => {
    const [there, missing] = [newKey(), newKey()];
    await client.put(there, { a: 1, b: 2 });
    const rows = await client.batchRead([
      { key: there, readAllBins: true },
      { key: there, bins: ["b"] },
      { key: there },
      { key: missing, readAllBins: true },
    ]);
    expect(rows.map((row) => row.status)).toEqual([0, 0, 0, 2]);
    expect(rows.slice(0, 3).map((row) => row.record.bins)).toEqual([{ a: 1, b: 2 }, { b: 2 }, {}]);
  });

  test("the older calls: batchGet, batchSelect, batchExists", async () => {
    const keys = many(50);
    for (const key of keys.slice(0, 25)) await client.put(key, { a: 1, b: 2 });
    for (const call of [client.batchGet(keys), client.batchSelect(keys, ["a"]), client.batchExists(keys)]) {
      const rows = await call;
      expect(rows.map((row) => row.status)).toEqual(keys.map((_, index) => (index < 25 ? 0 : 2)));
    }
  });

  test("write, remove, mixed with reads, thousands of rows", async () => {
    const keys = many(3000);
    const type = Aerospike.batchType;
    const written = await client.batchWrite(
      keys.map((key, index) => ({
        type: type.BATCH_WRITE,
        key,
        ops: [op.write("n", index), op.incr("n", 1)],
      })),
    );
    expect(new Set(written.map((row) => row.status))).toEqual(new Set([0]));
    const read = await client.batchRead(keys.map((key) => ({ key, readAllBins: true })));
    expect(read.map((row) => row.record.bins?.["n"])).toEqual(keys.map((_, index) => index + 1));
    const [first, second] = keys;
    if (first === undefined || second === undefined) throw new Error("no keys");
    const mixed = await client.batchWrite([
      { type: type.BATCH_READ, key: first, readAllBins: true },
      { type: type.BATCH_REMOVE, key: first },
      { type: type.BATCH_READ, key: first, readAllBins: true },
      { type: type.BATCH_WRITE, key: second, ops: [op.write("m", 1), op.read("n")] },
    ]);
    expect(mixed.map((row) => row.status)).toEqual([0, 0, 2, 0]);
    expect(mixed[3]?.record.bins?.["n"]).toBe(2);
    const removed = await client.batchRemove(keys.slice(1));
    expect(new Set(removed.map((row) => row.status))).toEqual(new Set([0]));
  });

  test("policies of rows", async () => {
    const [a, b] = [newKey(), newKey()];
    await client.put(a, { n: 1 });
    const write = (key: typeof a, given: object) => ({
      type: Aerospike.batchType.BATCH_WRITE,
      key,
      ops: [op.write("n", 2)],
      policy: new Aerospike.BatchWritePolicy(given),
    });
    const rows = await client.batchWrite([
      write(a, { exists: policy.exists.CREATE }),
      write(b, { exists: policy.exists.UPDATE }),
    ]);
    expect(rows.map((row) => row.status)).toEqual([5, 2]);
  });
});

describe("refusals", () => {
  test("what is not supported answers 16, and the connection lives", async () => {
    const key = newKey();
    await client.put(key, { l: [1], m: { a: 1 } });
    const opened = (await door.report()).counters["client_connections_opened"];
    for (let round = 0; round < 3; round++) {
      expect(await codeOf(client.operate(key, [Aerospike.lists.append("l", 2)]))).toBe(16);
      expect(
        await codeOf(
          client.operate(key, [Aerospike.maps.getByKey("m", "a", Aerospike.maps.returnType.VALUE)]),
        ),
      ).toBe(16);
      expect(await codeOf(client.apply(key, { module: "m", funcname: "f" }))).toBe(16);
    }
    expect((await door.report()).counters["client_connections_opened"]).toBe(opened);
    expect((await client.get(key)).bins).toEqual({ l: [1], m: { a: 1 } });
  });

  test("scans and queries are refused, not left hanging", async () => {
    const code = (stream: EventEmitter) =>
      new Promise((resolve) => {
        stream.on("error", (error: { code: number }) => resolve(error.code));
        stream.on("end", () => resolve("end"));
      });
    expect(await code(client.scan("test", "demo").foreach())).toBe(16);
    expect(await code(client.query("test", "demo").foreach())).toBe(16);
  });

  test("unknown namespace, record too big", async () => {
    expect(await codeOf(client.put(newKey("nowhere"), { a: 1 }))).toBe(20);
    const key = newKey();
    expect(await codeOf(client.put(key, { a: Buffer.alloc(1_200_000) }))).toBe(13);
    expect(await client.exists(key)).toBe(false);
  });

  test("a user name is no obstacle where security is off", async () => {
    const known = await Aerospike.connect({
      hosts: `127.0.0.1:${door.port}`,
      user: "admin",
      password: "admin",
    });
    const key = newKey();
    await known.put(key, { a: 1 });
    expect((await known.get(key)).bins).toEqual({ a: 1 });
  });

  test("another cluster's name is noticed by the client", async () => {
    const wrong = Aerospike.connect({
      hosts: `127.0.0.1:${door.port}`,
      clusterName: "other",
    });
    await expect(wrong).rejects.toThrow();
  });

  test("info", async () => {
    const [answer] = await client.infoAll("namespaces");
    expect(answer?.info).toContain("test;gen");
  });
});

describe("writes in doubt", () => {
  afterEach(async () => {
    await door.order({ faults: { inDoubt: false }, release: true });
  });

  test("are reported so by the client, each kind of them", async () => {
    const key = newKey();
    await client.put(key, { a: 1 });
    await door.order({ faults: { inDoubt: true } });
    const doubtful = { code: 9, inDoubt: true };
    expect(await failure(client.put(key, { a: 2 }))).toEqual(doubtful);
    expect(await failure(client.operate(key, [op.incr("a", 1), op.read("a")]))).toEqual(doubtful);
    expect(await failure(client.remove(key))).toEqual(doubtful);
    expect((await client.get(key)).bins).toEqual({ a: 1 });
  });

  test("in a batch, too", async () => {
    await door.order({ faults: { inDoubt: true } });
    const rows = [newKey(), newKey(), newKey()].map((key) => ({
      type: Aerospike.batchType.BATCH_WRITE,
      key,
      ops: [op.write("a", 1)],
    }));
    expect(await failure(client.batchWrite(rows))).toEqual({ code: 9, inDoubt: true });
  });

  test("a write that takes longer than its client waits", async () => {
    await door.order({ faults: { hold: true } });
    const patience = new Aerospike.WritePolicy({ totalTimeout: 150, maxRetries: 0 });
    expect(await failure(client.put(newKey(), { a: 1 }, {}, patience))).toEqual({ code: 9, inDoubt: true });
    const reading = new Aerospike.ReadPolicy({ totalTimeout: 150, maxRetries: 0 });
    expect(await failure(client.get(newKey(), reading))).toEqual({ code: 9, inDoubt: false });
  });
});

test("200 in flight", async () => {
  // The client's own second is not much on a busy machine, and what is proved here is no speed.
  const patience = { totalTimeout: 30_000, socketTimeout: 30_000 };
  const busy = await Aerospike.connect({
    hosts: `127.0.0.1:${door.port}`,
    maxConnsPerNode: 300,
    policies: { operate: new Aerospike.OperatePolicy(patience) },
  });
  const key = newKey();
  let left = 5000;
  const worker = async (): Promise<void> => {
    while (left-- > 0) await busy.incr(key, { n: 1 });
  };
  await Promise.all(Array.from({ length: 200 }, worker));
  expect((await busy.get(key)).bins).toEqual({ n: 5000 });
});

// Last, since it changes the door for good.
describe("a node that is not the primary of half of its partitions", () => {
  const keys = Array.from({ length: 60 }, (_, index) => keyOf("test", "split", index));

  test("hands on what it is asked", async () => {
    await door.order({ split: true });
    await Promise.all(keys.map((key, index) => client.put(key, { n: index })));
    const records = await Promise.all(keys.map((key) => client.get(key)));
    expect(records.map((record) => record.bins["n"])).toEqual(keys.map((_, index) => index));
    const rows = await client.batchRead(keys.map((key) => ({ key, readAllBins: true })));
    expect(rows.map((row) => row.record.bins?.["n"])).toEqual(keys.map((_, index) => index));
    const { counters, secondCounters } = await door.report();
    expect(counters["client_proxy_complete"]).toBeGreaterThan(0);
    expect(counters["batch_sub_proxy_complete"]).toBeGreaterThan(0);
    expect(secondCounters["from_proxy_write_success"]).toBeGreaterThan(0);
    expect(secondCounters["from_proxy_read_success"]).toBeGreaterThan(0);
  });

  test("a broken link leaves writes in doubt, reads not", async () => {
    await door.order({ cutLink: true });
    const single = new Aerospike.ReadPolicy({ maxRetries: 0 });
    const writes = await Promise.all(
      keys.map((key) =>
        client.put(key, { n: 1 }).then(
          () => undefined,
          (error) => error,
        ),
      ),
    );
    const reads = await Promise.all(
      keys.map((key) =>
        client.get(key, single).then(
          () => undefined,
          (error) => error,
        ),
      ),
    );
    const failedWrites = writes.filter((error) => error !== undefined);
    expect(failedWrites.length).toBeGreaterThan(0);
    expect(failedWrites.length).toBeLessThan(keys.length);
    for (const error of failedWrites) expect(error).toMatchObject({ code: 9, inDoubt: true });
    const failedReads = reads.filter((error) => error !== undefined);
    expect(failedReads.length).toBe(failedWrites.length);
    for (const error of failedReads) expect(error).toMatchObject({ code: 11, inDoubt: false });
    await door.order({ cutLink: false });
  });
});

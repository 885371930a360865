/**
 * Filter expressions of the official npm client against the door in a process of its own: reads, writes,
 * deletes, touches, operates and batches, also of a node that hands them on. What does not pass is answered
 * 27 and left as it was; what is no expression, 4.
 */
import Aerospike from "aerospike";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bin, int as intPart, op as opPart, str } from "../expression/expression-bytes.ts";
import { DoorProcess } from "./door-client.ts";
import { RawClient } from "./raw-client.ts";
import { batch, digestFor, int, type RequestSpec, request } from "./request-builder.ts";

type Client = Awaited<ReturnType<typeof Aerospike.connect>>;
type TestKey = InstanceType<typeof Aerospike.Key> & Parameters<Client["put"]>[0];
const { exp, operations: op } = Aerospike;

Aerospike.setDefaultLogging({ level: Aerospike.log.OFF });
let door: DoorProcess;
let client: Client;
let raw: RawClient;
let count = 0;

beforeAll(async () => {
  door = await DoorProcess.start();
  client = await Aerospike.connect({ hosts: `127.0.0.1:${door.port}`, clusterName: "meridian-test" });
  raw = await RawClient.open(door.port);
});
afterAll(async () => {
  raw?.close();
  await door?.stop();
});

/** A key that no other test uses; the class's own typings do not fit strict optional types. */
function newKey(set = "demo"): TestKey {
  count += 1;
  return new Aerospike.Key("test", set, `key-${count}`) as TestKey;
}

async function codeOf(call: Promise<unknown>): Promise<unknown> {
  try {
    await call;
    return 0;
  } catch (error) {
    if (error instanceof Aerospike.AerospikeError) return error.code;
    throw error;
  }
}

/** Its typings call it otherwise than the module does. */
const variable = Reflect.get(exp, "var") as (typeof exp)["_var"];
const isOne = exp.eq(exp.binInt("n"), exp.int(1));
const isTwo = exp.eq(exp.binInt("n"), exp.int(2));
type Filter = typeof isOne;

const get = (key: TestKey, filterExpression: Filter) =>
  codeOf(client.get(key, new Aerospike.ReadPolicy({ filterExpression })));

describe("single records", () => {
  test("reads", async () => {
    const key = newKey();
    await client.put(key, { n: 1 });
    expect([await get(key, isOne), await get(key, isTwo)]).toEqual([0, 27]);
    expect(await get(newKey(), isTwo)).toBe(2);
    const policy = new Aerospike.ReadPolicy({ filterExpression: isTwo });
    expect(await codeOf(client.select(key, ["n"], policy))).toBe(27);
    const { counters } = await door.report();
    expect(counters["client_read_filtered_out"]).toBeGreaterThanOrEqual(2);
  });

  test("writes, deletes and touches change nothing of what does not pass", async () => {
    const key = newKey();
    const write = (filterExpression: Filter, n: number) =>
      codeOf(client.put(key, { n }, {}, new Aerospike.WritePolicy({ filterExpression })));
    const remove = (filterExpression: Filter) =>
      codeOf(client.remove(key, new Aerospike.RemovePolicy({ filterExpression })));
    const operate = (filterExpression: Filter, ops: ReturnType<typeof op.touch>[]) =>
      codeOf(client.operate(key, ops, {}, new Aerospike.OperatePolicy({ filterExpression })));
    // What is not there yet passes.
    expect(await write(isTwo, 1)).toBe(0);
    expect([await write(isTwo, 7), await remove(isTwo)]).toEqual([27, 27]);
    expect([await operate(isTwo, [op.touch(50)]), await operate(isTwo, [op.incr("n", 1)])]).toEqual([27, 27]);
    const record = await client.get(key);
    expect([record.bins, record.gen, record.ttl]).toEqual([{ n: 1 }, 1, Aerospike.ttl.NEVER_EXPIRE]);
    expect([await operate(isOne, [op.touch(50)]), await operate(isOne, [op.incr("n", 1)])]).toEqual([0, 0]);
    expect([await write(isOne, 9), await write(isTwo, 2), await remove(isTwo)]).toEqual([27, 0, 0]);
    expect(await client.exists(key)).toBe(false);
    expect(await remove(isTwo)).toBe(2);
    const { counters } = await door.report();
    expect(counters["client_write_filtered_out"]).toBeGreaterThanOrEqual(4);
    expect(counters["client_delete_filtered_out"]).toBe(1);
  });

  test("a record that must not be there is said to be there, whatever the filter", async () => {
    const key = newKey();
    await client.put(key, { n: 1 });
    const policy = new Aerospike.WritePolicy({
      filterExpression: isTwo,
      exists: Aerospike.policy.exists.CREATE,
    });
    expect(await codeOf(client.put(key, { n: 3 }, {}, policy))).toBe(5);
  });

  test("what a filter may ask of a record", async () => {
    const key = newKey("cities");
    const bins = { n: 5, f: 2.5, s: "Lisbon", b: Buffer.from([1, 2]), l: [1, "x"], m: { a: 1 }, t: true };
    const policy = new Aerospike.WritePolicy({ key: Aerospike.policy.key.SEND });
    await client.put(key, bins, { ttl: 1000 }, policy);
    const yes: Record<string, Filter> = {
      bins: exp.and(
        exp.eq(exp.binFloat("f"), exp.float(2.5)),
        exp.eq(exp.binStr("s"), exp.str("Lisbon")),
        exp.eq(exp.binBlob("b"), exp.bytes(Buffer.from([1, 2]))),
        exp.eq(exp.binList("l"), exp.list([1, "x"])),
        exp.eq(exp.binMap("m"), exp.map({ a: 1 })),
        exp.eq(exp.binBool("t"), exp.bool(true)),
      ),
      "bins that are there": exp.and(exp.binExists("n"), exp.not(exp.binExists("none"))),
      regex: exp.cmpRegex(Aerospike.regex.EXTENDED | Aerospike.regex.ICASE, "^lis", exp.binStr("s")),
      metadata: exp.and(
        exp.eq(exp.setName(), exp.str("cities")),
        exp.gt(exp.ttl(), exp.int(900)),
        exp.le(exp.ttl(), exp.int(1000)),
        exp.lt(exp.sinceUpdate(), exp.int(60_000)),
        exp.gt(exp.recordSize(), exp.int(20)),
        exp.lt(exp.lastUpdate(), exp.voidTime()),
      ),
      key: exp.and(exp.keyExist(), exp.eq(exp.keyStr(), exp.str(String(key.key)))),
      arithmetic: exp.eq(exp.add(exp.binInt("n"), exp.int(3)), exp.mul(exp.int(2), exp.int(4))),
      variables: exp.let(
        exp.def("x", exp.sub(exp.binInt("n"), exp.int(1))),
        exp.eq(variable("x"), exp.int(4)),
      ),
      conditions: exp.cond(exp.gt(exp.binInt("n"), exp.int(4)), exp.bool(true), exp.bool(false)),
      exclusive: exp.exclusive(exp.eq(exp.binInt("n"), exp.int(5)), exp.bool(false)),
    };
    for (const [name, filter] of Object.entries(yes)) {
      expect([name, await get(key, filter)]).toEqual([name, 0]);
      expect([name, await get(key, exp.not(filter))]).toEqual([name, 27]);
    }
    // Unknown passes neither way.
    const unknown = exp.eq(exp.binInt("s"), exp.int(5));
    expect([await get(key, unknown), await get(key, exp.not(unknown))]).toEqual([27, 27]);
    expect(await get(key, exp.or(unknown, exp.bool(true)))).toBe(0);
  });

  test("what is no filter, or not there, is refused", async () => {
    const key = newKey();
    await client.put(key, { n: 1 });
    for (const filter of [
      exp.binInt("n"),
      exp.eq(exp.binInt("n"), exp.str("1")),
      exp.gt(exp.lists.size(exp.binList("l")), exp.int(2)),
      exp.cmpRegex(Aerospike.regex.EXTENDED, "(", exp.binStr("s")),
    ]) {
      expect(await get(key, filter)).toBe(4);
    }
    expect(await get(key, isOne)).toBe(0);
  });
});

describe("operations", () => {
  const { operations: expression } = exp;
  const flags = exp.expWriteFlags;
  const double = exp.mul(exp.binInt("n"), exp.int(2));
  const values = async (key: TestKey) => (await client.get(key)).bins;

  test("read what an expression gives of the record as the operations before have left it", async () => {
    const key = newKey();
    await client.put(key, { n: 4, s: "x", l: [1, { a: 2 }] });
    const read = async (...ops: Parameters<Client["operate"]>[1]) => (await client.operate(key, ops)).bins;
    expect(await read(expression.read("twice", double, 0), op.read("n"))).toEqual({ twice: 8, n: 4 });
    expect(await read(op.incr("n", 1), expression.read("twice", double, 0))).toEqual({
      twice: 10,
      n: null,
    });
    const all = {
      bool: exp.gt(exp.binInt("n"), exp.int(4)),
      float: exp.float(1.5),
      string: exp.str("text"),
      blob: exp.bytes(Buffer.from([1, 2])),
      stored: exp.binList("l"),
      list: exp.list([1, "x", [2.5, null]]),
      map: exp.map({ b: 1, a: [true] }),
      set: exp.setName(),
    };
    const ops = Object.entries(all).map(([name, one]) => expression.read(name, one, 0));
    expect(await read(...ops)).toEqual({
      ...{ bool: true, float: 1.5, string: "text", blob: Buffer.from([1, 2]), stored: [1, { a: 2 }] },
      ...{ list: [1, "x", [2.5, null]], map: { b: 1, a: [true] }, set: "demo" },
    });
    const none = exp.binInt("none");
    expect(await codeOf(read(expression.read("r", none, 0)))).toBe(26);
    expect(await read(expression.read("r", none, exp.expReadFlags.EVAL_NO_FAIL), op.read("n"))).toEqual({
      r: null,
      n: 5,
    });
    expect(await codeOf(client.operate(newKey(), [expression.read("r", double, 0)]))).toBe(2);
  });

  test("write what an expression gives, by its policies", async () => {
    const key = newKey();
    await client.put(key, { n: 4 });
    const write = (name: string, one: Filter, flag = 0) =>
      codeOf(client.operate(key, [expression.write(name, one, flag)]));
    expect([await write("n", double), await write("m", double)]).toEqual([0, 0]);
    expect(await values(key)).toEqual({ n: 8, m: 16 });
    expect([
      await write("n", double, flags.CREATE_ONLY),
      await write("o", double, flags.UPDATE_ONLY),
    ]).toEqual([6, 17]);
    expect(await write("n", double, flags.CREATE_ONLY | flags.POLICY_NO_FAIL)).toBe(0);
    expect([await write("n", exp.binInt("none")), await write("n", exp.nil())]).toEqual([26, 26]);
    expect(await write("n", exp.binInt("none"), flags.EVAL_NO_FAIL)).toBe(0);
    expect([(await client.get(key)).gen, await values(key)]).toEqual([3, { n: 8, m: 16 }]);
    expect(await write("m", exp.nil(), flags.ALLOW_DELETE)).toBe(0);
    expect(await values(key)).toEqual({ n: 8 });
    expect(await write("n", exp.gt(exp.lists.size(exp.binList("l")), exp.int(2)))).toBe(4);
    // One that fails leaves all as it was.
    expect(
      await codeOf(client.operate(key, [op.incr("n", 1), expression.write("n", exp.unknown(), 0)])),
    ).toBe(26);
    expect(await values(key)).toEqual({ n: 8 });
    const made = newKey();
    await client.operate(made, [
      expression.write("r", exp.int(1), 0),
      expression.write("n", exp.binInt("r"), 0),
    ]);
    expect(await values(made)).toEqual({ r: 1, n: 1 });
  });

  test("all of a request's expressions share one bound of work", async () => {
    const key = newKey();
    await client.put(key, { s: "a".repeat(100_000), n: 1 });
    const slow = exp.cmpRegex(Aerospike.regex.EXTENDED, "b$", exp.binStr("s"));
    const ops = Array.from({ length: 20 }, (_, index) =>
      expression.read(`r${index}`, slow, exp.expReadFlags.EVAL_NO_FAIL),
    );
    const { bins } = await client.operate(key, ops);
    expect([bins["r0"], bins["r19"]]).toEqual([false, null]);
  });
});

test("batches: a filter for all rows, and rows with their own", async () => {
  const keys = Array.from({ length: 6 }, () => newKey());
  await Promise.all(keys.map((key, index) => client.put(key, { n: index % 3 })));
  const reads = keys.map((key) => ({ key, readAllBins: true }));
  const all = await client.batchRead(reads, new Aerospike.BatchPolicy({ filterExpression: isOne }));
  expect(all.map(({ status }) => status)).toEqual([27, 0, 27, 27, 0, 27]);
  expect(all.map(({ record }) => record.bins?.["n"])).toEqual([
    undefined,
    1,
    undefined,
    undefined,
    1,
    undefined,
  ]);
  const own = reads.map((row, index) => {
    const policy = new Aerospike.BatchReadPolicy({ filterExpression: isTwo });
    return index < 3 ? { ...row, type: Aerospike.batchType.BATCH_READ, policy } : row;
  });
  const mixed = await client.batchRead(own, new Aerospike.BatchPolicy({ filterExpression: isOne }));
  expect(mixed.map(({ status }) => status)).toEqual([27, 27, 0, 27, 0, 27]);
  const written = await client.batchWrite(
    keys.map((key) => ({
      type: Aerospike.batchType.BATCH_WRITE,
      key,
      ops: [op.incr("n", 10)],
      policy: new Aerospike.BatchWritePolicy({ filterExpression: isTwo }),
    })),
  );
  expect(written.map(({ status }) => status)).toEqual([27, 27, 0, 27, 27, 0]);
  const after = await client.batchRead(reads);
  expect(after.map(({ record }) => record.bins?.["n"])).toEqual([0, 1, 12, 0, 1, 12]);
  expect((await door.report()).counters["batch_sub_read_filtered_out"]).toBe(8);
});

describe("byte by byte", () => {
  const digest = digestFor("bytes");
  const filter = (value: number) => opPart(1, bin("int", "a"), intPart(value));
  const spec = (given: RequestSpec, field: Buffer): Buffer =>
    request({ digest, ...given, fields: [[43, field]] });

  test("a batch without answers for all keys goes on behind a row that is filtered out", async () => {
    const write = { info2: 1, ops: [{ type: 2, name: "a", particle: 1, value: int(1) }] };
    expect(await raw.ask(request({ digest, ...write }))).toMatchObject({ code: 0 });
    const row = { style: "new", digest, info1: 3 } as const;
    const { rows, last } = await raw.askBatch(
      batch(
        [
          { index: 0, ...row, fields: [[43, filter(2)]] },
          { index: 1, style: "repeat", digest },
          { index: 2, ...row },
        ],
        0x08,
      ),
    );
    expect(rows.map(({ index, code, bins }) => [index, code, bins.length])).toEqual([
      [0, 27, 0],
      [1, 27, 0],
      [2, 0, 1],
    ]);
    expect(last.code).toBe(0);
  });

  test.each([
    ["nothing", Buffer.alloc(0)],
    ["a string", str("x")],
    ["more than there is", Buffer.of(0x93, 1)],
    ["nested without an end", Buffer.alloc(1000, 0x91)],
    ["a list of 4 billion", Buffer.of(0xdd, 255, 255, 255, 255)],
    ["more than may be", Buffer.alloc(70_000)],
  ])("%s is no filter: 4, and nothing is done", async (_what, field) => {
    const write = { info2: 1, ops: [{ type: 2, name: "a", particle: 1, value: int(9) }] };
    expect((await raw.ask(spec(write, field))).code).toBe(4);
    expect((await raw.ask(spec({ info1: 3 }, field))).code).toBe(4);
    expect((await raw.ask(spec({ info1: 3 }, filter(1)))).code).toBe(0);
    for (const value of [field, Buffer.concat([Buffer.of(0x92), field])]) {
      const ops = [{ type: 7, name: "r", particle: 4, value }];
      expect((await raw.ask(request({ digest, info1: 1, ops }))).code).toBe(4);
      expect((await raw.ask(request({ digest, info2: 1, ops: [{ ...ops[0], type: 8 }] }))).code).toBe(4);
    }
  });
});

// Last, since it changes the door for good.
test("a node that is not the primary hands filters on, a batch's for each row", async () => {
  await door.order({ split: true });
  const keys = Array.from({ length: 40 }, () => newKey());
  await Promise.all(keys.map((key, index) => client.put(key, { n: index % 2 })));
  const reads = keys.map((key) => ({ key, readAllBins: true }));
  const rows = await client.batchRead(reads, new Aerospike.BatchPolicy({ filterExpression: isOne }));
  expect(rows.map(({ status }) => status)).toEqual(keys.map((_, index) => (index % 2 === 1 ? 0 : 27)));
  expect(await Promise.all(keys.map((key) => get(key, isTwo)))).toEqual(keys.map(() => 27));
  const { secondCounters } = await door.report();
  expect(secondCounters["from_proxy_read_filtered_out"]).toBeGreaterThan(0);
});

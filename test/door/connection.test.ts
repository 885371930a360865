/**
 * The door over raw sockets, with records in memory: order of pipelined replies, bounds and cut-offs,
 * timeouts, refusals, proxying, compression, draining: what the official client does not provoke.
 */
import { once } from "node:events";
import { connect } from "node:net";
import { deflateSync } from "node:zlib";
import { afterEach, describe, expect, test } from "vitest";
import type { DoorLimits } from "../../node/door/door-limits.ts";
import { decompressFrame } from "../../node/door/compression.ts";
import { openDoor, type TestDoor } from "./door-set-up.ts";
import { RawClient } from "./raw-client.ts";
import {
  batch,
  digestFor,
  frame,
  int,
  readReplies,
  request,
  type RequestSpec,
  type RowSpec,
} from "./request-builder.ts";

const doors: TestDoor[] = [];
const clients: RawClient[] = [];

afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  for (const test of doors.splice(0)) {
    test.records.release();
    await test.door.stop();
  }
});

async function open(limits?: Partial<DoorLimits>): Promise<TestDoor> {
  const opened = await openDoor(limits);
  doors.push(opened);
  return opened;
}

async function client(of: TestDoor): Promise<RawClient> {
  const raw = await RawClient.open(of.door.port);
  clients.push(raw);
  return raw;
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

const put = (name: string, value: number, more?: RequestSpec) =>
  request({
    info2: 1,
    digest: digestFor(name),
    ops: [{ type: 2, name: "a", particle: 1, value: int(value) }],
    ...more,
  });
const get = (name: string, more?: RequestSpec) => request({ info1: 3, digest: digestFor(name), ...more });

describe("pipelining", () => {
  test("replies come in the order of requests, also when they are ready in another", async () => {
    const t = await open();
    const c = await client(t);
    t.records.faults.hold = true;
    c.send(put("x", 1));
    await until(() => t.records.held === 1);
    // Ready at once, but behind the write.
    c.send(Buffer.concat([frame(1, Buffer.from("node\n")), request({ namespace: "nowhere", info1: 3 })]));
    await until(() => t.door.counters.info_complete === 1);
    expect(c.frames).toHaveLength(0);
    t.records.release();
    expect(readReplies((await c.frame()).body)[0]?.code).toBe(0);
    expect((await c.frame()).type).toBe(1);
    expect(readReplies((await c.frame()).body)[0]?.code).toBe(20);
  });

  test("hundreds of requests in one chunk are answered in one go", async () => {
    const t = await open({ pipelineMax: 16 });
    const c = await client(t);
    const names = Array.from({ length: 500 }, (_, index) => `k${index}`);
    c.send(Buffer.concat(names.map((name, index) => put(name, index))));
    c.send(Buffer.concat(names.map((name) => get(name))));
    await c.until(() => c.frames.length === 1000);
    const values = c.frames
      .slice(500)
      .map((one) => Number(readReplies(one.body)[0]?.bins[0]?.value.readBigInt64BE()));
    expect(values).toEqual(names.map((_, index) => index));
  });

  test("no more than the bound is in flight", async () => {
    const t = await open({ pipelineMax: 4 });
    const c = await client(t);
    t.records.faults.hold = true;
    c.send(Buffer.concat(Array.from({ length: 10 }, (_, index) => put(`k${index}`, 1))));
    await until(() => t.records.held === 4);
    const other = await client(t);
    await other.info("node");
    expect(t.records.held).toBe(4);
    t.records.release();
    await c.until(() => c.frames.length === 10);
  });
});

describe("bounds", () => {
  test("a client that does not read is not read from, and cut off", async () => {
    const t = await open({ stallMs: 300 });
    const c = await client(t);
    const big = Buffer.alloc(500_000, 1);
    c.send(request({ info2: 1, ops: [{ type: 2, name: "a", particle: 4, value: big }] }));
    await c.frame();
    c.socket.pause();
    const asked = 2000;
    c.send(Buffer.concat(Array.from({ length: asked }, () => get("key"))));
    await until(() => t.door.counters.reaped_fds === 1);
    const reads = t.door.namespaces[0]?.counters.client.read.success ?? 0;
    // What the kernel's buffers took, and the bound; by far not a gigabyte.
    expect(reads).toBeLessThan(100);
    c.socket.resume();
    await c.untilClosed();
  });

  test("a client that reads at last gets everything", async () => {
    const t = await open();
    const c = await client(t);
    c.send(
      request({ info2: 1, ops: [{ type: 2, name: "a", particle: 4, value: Buffer.alloc(500_000, 1) }] }),
    );
    await c.frame();
    c.socket.pause();
    c.send(Buffer.concat(Array.from({ length: 60 }, () => get("key"))));
    await until(() => (t.door.namespaces[0]?.counters.client.read.success ?? 0) > 1);
    c.socket.resume();
    await c.until(() => c.frames.length === 60);
  });

  test("an unfinished frame is not waited for without end", async () => {
    const t = await open({ stallMs: 300 });
    const c = await client(t);
    c.send(get("x").subarray(0, 20));
    const idle = await client(t);
    await c.untilClosed();
    expect(t.door.counters.reaped_fds).toBe(1);
    expect((await idle.info("node")).get("node")).toBe(t.id);
  });

  test("an unused connection is closed only when a limit says so", async () => {
    const t = await open({ idleMs: 200 });
    await (await client(t)).untilClosed();
    expect(t.door.counters.reaped_fds).toBe(1);
  });

  test("too many connections are refused", async () => {
    const t = await open({ connectionsMax: 2 });
    const first = await client(t);
    await client(t);
    await (await client(t)).untilClosed();
    expect(t.door.counters.client_connections_refused).toBe(1);
    expect((await first.info("node")).get("node")).toBe(t.id);
  });

  test("unfinished frames of all connections together are bounded", async () => {
    const t = await open({ partialBytesMax: 3_000_000 });
    const claims = frame(3, Buffer.alloc(2_000_000)).subarray(0, 1_900_000);
    const [first, second] = [await client(t), await client(t)];
    first.send(claims);
    second.send(claims);
    await Promise.race([first.untilClosed(), second.untilClosed()]);
    expect(t.door.counters.demarshal_error).toBe(1);
  });

  test("replies that wait for readers are bounded over all connections, and counted back", async () => {
    const t = await open({ unreadBytes: 200_000, unreadTotalBytesMax: 1_000_000 });
    const writer = await client(t);
    const large = { type: 2, name: "a", particle: 4, value: Buffer.alloc(90_000, 1) };
    expect((await writer.ask(request({ info2: 1, digest: digestFor("large"), ops: [large] }))).code).toBe(0);
    t.records.faults.hold = true;
    const deaf = await Promise.all(Array.from({ length: 4 }, () => client(t)));
    // As many as are taken while no reply is known, all answered at once: no client reads any of it.
    for (const one of deaf) {
      one.socket.pause();
      for (let count = 0; count < 12; count++) one.send(get("large"));
    }
    await until(() => t.records.held === deaf.length * 12);
    t.records.release();
    expect(t.door.counters.reaped_fds).toBeGreaterThan(0);
    await until(() => t.door.unreadBytes <= 1_000_000);
    for (const one of deaf) one.close();
    await until(() => t.door.unreadBytes === 0);
    expect((await writer.ask(put("small", 1))).code).toBe(0);
  });

  test("too much in flight is answered overload", async () => {
    const t = await open({ inFlightBytesMax: 100 });
    const c = await client(t);
    t.records.faults.hold = true;
    c.send(put("a", 1));
    await until(() => t.records.held === 1);
    c.send(put("b", 1));
    const other = await client(t);
    expect((await other.ask(put("c", 1))).code).toBe(18);
    t.records.release();
    await c.until(() => c.frames.length === 2);
    expect((await other.ask(put("c", 1))).code).toBe(0);
  });
});

describe("frames that are not what they should be", () => {
  test("out of step: closed, counted", async () => {
    const t = await open();
    const c = await client(t);
    c.send(Buffer.from("GET / HTTP/1.1\r\n\r\n"));
    await c.untilClosed();
    expect(t.door.counters.demarshal_error).toBe(1);
  });

  test.each([
    ["short body", frame(3, Buffer.alloc(4))],
    ["empty body", frame(3, Buffer.alloc(0))],
    ["wrong header size", frame(3, Buffer.alloc(22))],
    ["compressed nonsense", frame(4, Buffer.alloc(40, 7))],
    ["compressed frame that says another length", frame(4, Buffer.concat([int(30), deflateSync(get("x"))]))],
  ])("%s: answered 4, the connection lives", async (_name, bytes) => {
    const t = await open();
    const c = await client(t);
    expect((await c.ask(bytes)).code).toBe(4);
    expect((await c.ask(get("none"))).code).toBe(2);
    expect(t.door.counters.demarshal_error).toBe(1);
  });

  test("a compressed bomb makes no more bytes than a frame may have", async () => {
    const t = await open({ frameBytesMax: 1_000_000 });
    const c = await client(t);
    const bomb = deflateSync(Buffer.alloc(5_000_000));
    expect((await c.ask(frame(4, Buffer.concat([int(900_000), bomb])))).code).toBe(4);
    expect((await c.ask(frame(4, Buffer.concat([int(5_000_000), bomb])))).code).toBe(4);
  });

  test("security commands answer that there is no security", async () => {
    const t = await open();
    const c = await client(t);
    const login = Buffer.alloc(16);
    login[2] = 20;
    c.send(frame(2, login));
    const reply = await c.frame();
    expect(reply.type).toBe(2);
    expect(reply.body.length).toBe(16);
    expect(reply.body[1]).toBe(52);
  });
});

describe("result codes", () => {
  test.each([
    ["no namespace", { info1: 3, namespace: undefined }, 4],
    ["unknown namespace", { info1: 3, namespace: "nowhere" }, 20],
    ["no digest", { info1: 3, digest: null }, 4],
    ["set name of 64 bytes", { info1: 3, set: "s".repeat(64) }, 4],
    ["read of nothing", { info1: 1 }, 4],
    ["neither read nor write", {}, 4],
    ["write of nothing", { info2: 1 }, 4],
    ["write op in a read", { info1: 1, ops: [{ type: 2, name: "a", particle: 4 }] }, 4],
    ["TTL above ten years", { info2: 1, ttl: 315_360_001, ops: [{ type: 2, name: "a", particle: 4 }] }, 4],
    ["bin name of 16 bytes", { info2: 1, ops: [{ type: 2, name: "x".repeat(16), particle: 4 }] }, 21],
    ["list operation", { info2: 1, ops: [{ type: 4, name: "a", particle: 4 }] }, 16],
    ["broken filter", { info1: 3, fields: [[43, Buffer.from([0x90])]] }, 4],
    ["transaction", { info1: 3, fields: [[5, int(1)]] }, 16],
    ["UDF", { info2: 1, fields: [[30, Buffer.from("p")]] }, 16],
  ] as [string, RequestSpec, number][])("%s", async (_name, spec, code) => {
    const t = await open();
    const c = await client(t);
    const reply = await c.ask(request(spec));
    expect([reply.code, reply.info3]).toEqual([code, 0]);
    expect((await c.ask(get("none"))).code).toBe(2);
  });

  test("a scan is refused by a LAST", async () => {
    const t = await open();
    const c = await client(t);
    const scan = request({
      info1: 1,
      info3: 4,
      digest: null,
      fields: [
        [7, int(1)],
        [11, Buffer.alloc(2)],
      ],
    });
    expect(await c.ask(scan)).toMatchObject({ code: 16, info3: 1 });
  });

  test.each([
    ["unavailable", 11],
    ["stopping", 11],
    ["too-big", 13],
    ["busy", 18],
    ["full", 8],
    ["not-primary", 11],
    ["too-few-copies", 22],
  ] as const)("records refuse: %s", async (reason, code) => {
    const t = await open();
    const c = await client(t);
    t.records.faults.refuse = reason;
    expect((await c.ask(put("a", 1))).code).toBe(code);
    expect((await c.ask(get("a"))).code).toBe(code);
  });

  test("in doubt is a timeout", async () => {
    const t = await open();
    t.records.faults.inDoubt = true;
    expect((await (await client(t)).ask(put("a", 1))).code).toBe(9);
    expect(t.door.namespaces[0]?.counters.client.write.timeout).toBe(1);
  });

  test("the client's timeout bounds the wait, and a late outcome is not a second reply", async () => {
    const t = await open();
    const c = await client(t);
    t.records.faults.hold = true;
    expect((await c.ask(put("a", 1, { timeoutMs: 30 }))).code).toBe(9);
    expect((await c.ask(get("a", { timeoutMs: 30 }))).code).toBe(9);
    t.records.release();
    expect((await c.ask(get("a"))).bins[0]?.value).toEqual(int(1));
    expect(c.frames).toHaveLength(0);
  });

  test("a request without a timeout does not wait for ever", async () => {
    const t = await open({ transactionMaxMs: 40 });
    t.records.faults.hold = true;
    expect((await (await client(t)).ask(put("a", 1))).code).toBe(9);
  });
});

describe("proxying", () => {
  async function pair(): Promise<[TestDoor, TestDoor]> {
    const [first, second] = [await open(), await open()];
    first.records.faults.remote = () => second.id;
    first.records.faults.proxy = (message, done) =>
      second.door.handleProxied(Buffer.from(message), (reply) => setImmediate(() => done(reply)));
    return [first, second];
  }

  test("reads and writes reach the primary, and are counted at both", async () => {
    const [first, second] = await pair();
    const c = await client(first);
    expect(await c.ask(put("a", 5))).toMatchObject({ code: 0, generation: 1 });
    expect((await c.ask(get("a"))).bins[0]?.value).toEqual(int(5));
    expect((await c.ask(get("none"))).code).toBe(2);
    expect(second.door.namespaces[0]?.counters.from_proxy.read.success).toBe(1);
    expect(first.door.namespaces[0]?.counters.client.proxy.complete).toBe(3);
    expect(first.records.images.size).toBe(0);
  });

  test("batch rows, too, each with its index", async () => {
    const [first, second] = await pair();
    const c = await client(first);
    first.records.faults.remote = (slot) => (slot % 2 === 1 ? second.id : undefined);
    const rows: RowSpec[] = Array.from({ length: 40 }, (_, index) => ({
      index: index * 3,
      style: "new",
      digest: digestFor(`k${index}`),
      info2: 1,
      ops: [{ type: 2, name: "a", particle: 1, value: int(index) }],
    }));
    const written = await c.askBatch(batch(rows));
    expect(written.rows.map((row) => row.index).sort((a, b) => a - b)).toEqual(rows.map((row) => row.index));
    expect(second.records.images.size).toBeGreaterThan(0);
    expect(first.records.images.size + second.records.images.size).toBe(40);
    const read = await c.askBatch(batch(rows.map((row) => ({ ...row, info1: 3, info2: 0, ops: [] }))));
    for (const row of read.rows) expect(row.bins[0]?.value).toEqual(int(row.index / 3));
    expect(read.rows).toHaveLength(40);
  });

  test("never twice", async () => {
    const [first, second] = await pair();
    second.records.faults.remote = () => first.id;
    second.records.faults.proxy = () => {
      throw new Error("proxied twice");
    };
    expect((await (await client(first)).ask(put("a", 5))).code).toBe(11);
  });

  test("a broken link leaves a write in doubt and a read to be asked again", async () => {
    const [first] = await pair();
    first.records.faults.proxy = (_message, done) => done(undefined);
    const c = await client(first);
    expect((await c.ask(put("a", 5))).code).toBe(9);
    expect((await c.ask(get("a"))).code).toBe(11);
  });

  test("a proxied message that is no single request is refused", async () => {
    const t = await open();
    const answers: number[] = [];
    for (const bytes of [Buffer.alloc(3), batch([]).subarray(8)]) {
      t.door.handleProxied(bytes, (reply) => answers.push(readReplies(reply)[0]?.code ?? -1));
    }
    expect(answers).toEqual([4, 4]);
  });
});

describe("compression", () => {
  test("compressed requests are understood, compressed replies sent when asked", async () => {
    const t = await open();
    const c = await client(t);
    const plain = request({
      info2: 1,
      ops: [{ type: 2, name: "a", particle: 3, value: Buffer.alloc(5000, 97) }],
    });
    expect((await c.ask(frame(4, Buffer.concat([int(plain.length), deflateSync(plain)])))).code).toBe(0);
    c.send(get("key", { info1: 0x83 }));
    const reply = await c.frame();
    expect(reply.type).toBe(4);
    const inner = decompressFrame(reply.body, 1_000_000);
    expect(readReplies(inner?.subarray(8) ?? Buffer.alloc(0))[0]?.bins[0]?.value.length).toBe(5000);
    // A reply without bins gains nothing.
    expect((await c.ask(get("none", { info1: 0x83 }))).code).toBe(2);
  });
});

describe("stop", () => {
  test("answers what is in flight, then closes", async () => {
    const t = await open();
    const [busy, idle] = [await client(t), await client(t)];
    t.records.faults.hold = true;
    busy.send(put("a", 1));
    await until(() => t.records.held === 1);
    const stopped = t.door.stop();
    await idle.untilClosed();
    busy.send(put("b", 1));
    t.records.release();
    expect(readReplies((await busy.frame()).body)[0]?.code).toBe(0);
    await busy.untilClosed();
    await stopped;
    expect(t.records.images.size).toBe(1);
    expect(t.door.counters.client_connections).toBe(0);
  });

  test("does not wait for ever", async () => {
    const t = await open({ drainMs: 50 });
    const busy = await client(t);
    t.records.faults.hold = true;
    busy.send(put("a", 1));
    await until(() => t.records.held === 1);
    await t.door.stop();
    await busy.untilClosed();
  });

  test("does not wait for clients that keep their idle connections", async () => {
    const t = await open({ drainMs: 600_000, endMs: 50 });
    // It sees the door's end and leaves its own open, as a pool does.
    const socket = connect({ port: t.door.port, host: "127.0.0.1", allowHalfOpen: true });
    await once(socket, "connect");
    await until(() => t.door.counters.client_connections === 1);
    await t.door.stop();
    expect(t.door.counters.client_connections).toBe(0);
    socket.destroy();
  });

  test("a taken port is said so", async () => {
    const t = await open();
    const { createDoor } = await import("../../node/door/listener.ts");
    const { default: pino } = await import("pino");
    const second = createDoor({
      address: "127.0.0.1",
      port: t.door.port,
      records: t.records,
      context: {
        nodeId: t.id,
        clusterName: "",
        namespaces: [],
        map: () => undefined,
        serving: () => false,
        namespaceStatistics: () => ({}),
        statistics: () => ({}),
      },
      log: pino({ level: "silent" }),
    });
    await expect(second.start()).rejects.toMatchObject({ code: "PORT_TAKEN" });
  });
});

test("bytes that trickle in one by one make the same requests", async () => {
  const t = await open();
  const c = await client(t);
  for (const byte of Buffer.concat([put("a", 3), get("a")])) {
    if (!c.socket.write(Buffer.from([byte]))) await once(c.socket, "drain");
  }
  await c.until(() => c.frames.length === 2);
  expect(readReplies(c.frames[1]?.body ?? Buffer.alloc(0))[0]?.bins[0]?.value).toEqual(int(3));
});

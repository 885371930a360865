/**
 * Proves: malformed, truncated and oversized frames and random bytes at every port of every process
 * are refused and counted; the processes live on, with their memory bounded, and serve clients
 * meanwhile. And requests that are well-formed but wrong are answered as the protocol's table says:
 * unknown namespace 20, bin name too long 21, record too big 13, wrong bin type 12.
 */
import Aerospike from "aerospike";
import { randomBytes } from "node:crypto";
import { connect } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Deployment } from "../process/deployment.ts";
import { report } from "../process/figures.ts";
import { type Client, connectClient, keyOf, outcomeOf, read } from "../process/official-client.ts";
import { residentBytes } from "../process/process-table.ts";
import { field, frame, keyFields, message, operation, RawClient } from "../process/raw-client.ts";
import { untilTrue } from "../process/until.ts";

/** What a process may grow by while it is fed garbage. */
const GROWTH_BYTES_MAX = 200 * 1024 * 1024;
const ROUNDS = 8;
const KEY = keyOf("test", "bad-input", "k");

let deployment: Deployment;
let client: Client;

beforeAll(async () => {
  deployment = await Deployment.start({ nodes: 1, replicationFactor: 1 });
  client = await connectClient(deployment.hosts("dc-a"), { timeoutMs: 5000 });
});
afterAll(async () => {
  await deployment?.dispose();
});

/** Every listener of the set-up that is ours; NATS's own ports are reached through the WAN link. */
function ports(): { readonly owner: string; readonly port: number }[] {
  const { datacenters, wan, controlPort } = deployment.layout;
  return [
    ...datacenters.flatMap(({ nodes, shipper }) => [
      ...nodes.flatMap(({ name, servicePort, fabricPort, adminPort }) => [
        { owner: `${name} service`, port: servicePort },
        { owner: `${name} fabric`, port: fabricPort },
        { owner: `${name} admin`, port: adminPort },
      ]),
      { owner: `${shipper.name} admin`, port: shipper.adminPort },
    ]),
    ...wan.pairs.map(({ port }) => ({ owner: "WAN link", port })),
    { owner: "WAN link admin", port: wan.adminPort },
    { owner: "supervisor", port: controlPort },
  ];
}

/** A whole request that is right, to be spoilt. */
function goodPut(): Buffer {
  return message({ info1: 0, info2: 1, fields: keyFields(KEY), ops: [operation(2, "n", 1)] });
}

/** A proto header that announces `length` bytes. */
function announcing(length: number): Buffer {
  const head = Buffer.from(frame(3, Buffer.alloc(0)));
  head.writeUIntBE(length, 2, 6);
  return head;
}

function garbage(): Buffer[] {
  const good = goodPut();
  const flipped = Buffer.from(good);
  for (let at = 8; at < flipped.length; at += 5) flipped[at] = (flipped[at] ?? 0) ^ 0xff;
  return [
    randomBytes(16),
    randomBytes(4096),
    randomBytes(1024 * 1024),
    Buffer.alloc(1024 * 1024),
    Buffer.alloc(64 * 1024, 0xff),
    // Cut off in the header, in the message header, in a field.
    good.subarray(0, 5),
    good.subarray(0, 20),
    good.subarray(0, good.length - 3),
    flipped,
    // Lengths that lie: beyond every limit, and just a lot with nothing behind it.
    announcing(2 ** 47),
    announcing(15 * 1024 * 1024),
    Buffer.concat([announcing(1024), randomBytes(1024)]),
    // Counts of fields and operations that lie.
    message({ info1: 0, info2: 1, fields: [field(0, Buffer.from("test")), randomBytes(40)], ops: [] }),
    frame(9, randomBytes(64)),
    frame(4, randomBytes(256)),
    frame(1, Buffer.alloc(100_000, "x")),
    Buffer.from(`GET /${"x".repeat(100_000)} HTTP/1.1\r\n\r\n`),
    Buffer.from("POST /kill?name=a1 HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n"),
    Buffer.from("GET /status HTTP/1.1\r\nX: \u0000\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"),
  ];
}

/** Sends bytes and closes; resolves when the connection is gone, whoever ended it. */
function throwAt(port: number, bytes: Buffer): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => socket.end(bytes));
    // A reset is one of the right answers.
    socket.on("error", () => socket.destroy());
    socket.on("close", () => resolve());
    socket.resume();
    socket.setTimeout(500, () => socket.destroy());
  });
}

async function metric(port: number, name: string): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  const line = text.split("\n").find((one) => one.startsWith(`${name} `) || one.startsWith(`${name}{`));
  if (line === undefined) throw new Error(`no metric ${name} at ${port}`);
  return Number(line.split(" ").at(-1));
}

test("garbage at every port: all processes live, bounded, and it was counted", async () => {
  const { processes } = await (await deployment.running()).status();
  const supervisor = (await (await deployment.running()).status()).pid;
  const pids = [
    ...processes.map(({ name, pid }) => ({ name, pid: pid ?? 0 })),
    { name: "supervisor", pid: supervisor },
  ];
  const before = pids.map(({ pid }) => residentBytes(pid));
  const node = deployment.datacenter("dc-a").nodes[0];
  const { shipper } = deployment.datacenter("dc-a");
  if (node === undefined) throw new Error("no node");
  const counters = [
    { port: node.adminPort, name: "aerospike_node_stats_demarshal_error" },
    { port: node.adminPort, name: "meridian_fabric_refused_total" },
    { port: node.adminPort, name: "meridian_admin_refused_total" },
    { port: shipper.adminPort, name: "meridian_admin_refused_total" },
    { port: deployment.layout.wan.adminPort, name: "meridian_admin_refused_total" },
  ];
  const countedBefore = await Promise.all(counters.map(({ port, name }) => metric(port, name)));
  let served = 0;
  let thrown = 0;
  for (let round = 0; round < ROUNDS; round++) {
    for (const { port } of ports()) {
      const pieces = garbage();
      thrown += pieces.length;
      await Promise.all(pieces.map((bytes) => throwAt(port, bytes)));
    }
    expect(await outcomeOf(client.put(KEY, { round }))).toEqual({ kind: "applied" });
    expect(await read(client, KEY)).toEqual({ round });
    served += 1;
  }
  expect(served).toBe(ROUNDS);
  const countedAfter = await Promise.all(counters.map(({ port, name }) => metric(port, name)));
  for (const [index, { name, port }] of counters.entries()) {
    expect(countedAfter[index], `${name} at ${port}`).toBeGreaterThan(countedBefore[index] ?? 0);
  }
  const now = (await (await deployment.running()).status()).processes;
  expect(now.map(({ name, pid, state }) => ({ name, pid, state }))).toEqual(
    processes.map(({ name, pid }) => ({ name, pid, state: "running" })),
  );
  const growth = pids.map(({ pid }, index) => residentBytes(pid) - (before[index] ?? 0));
  report("bad input", { "pieces of garbage": thrown, "largest growth MB": Math.max(...growth) / 1e6 });
  for (const [index, { name }] of pids.entries()) {
    expect(growth[index], `growth of ${name}`).toBeLessThan(GROWTH_BYTES_MAX);
  }
});

test("connections that stop in the middle of a frame cost nothing to others", async () => {
  const node = deployment.datacenter("dc-a").nodes[0];
  if (node === undefined) throw new Error("no node");
  const half = goodPut().subarray(0, 30);
  const stuck = await Promise.all(
    Array.from(
      { length: 100 },
      () =>
        new Promise<ReturnType<typeof connect>>((resolve, reject) => {
          const socket = connect(node.servicePort, "127.0.0.1", () => {
            socket.write(half, () => resolve(socket));
          });
          socket.on("error", reject);
        }),
    ),
  );
  try {
    for (let number = 0; number < 100; number++) {
      expect(await outcomeOf(client.put(KEY, { number }))).toEqual({ kind: "applied" });
    }
  } finally {
    for (const socket of stuck) socket.destroy();
  }
});

test("what is well-formed and wrong is answered with its code", async () => {
  const node = deployment.datacenter("dc-a").nodes[0];
  if (node === undefined) throw new Error("no node");
  const raw = await RawClient.connect(node.servicePort);
  // The official client checks these two itself, so they are sent past it.
  const unknown = { ...KEY, ns: "nowhere" };
  const put = (key: typeof KEY, bin: string): Buffer =>
    message({ info1: 0, info2: 1, fields: keyFields(key), ops: [operation(2, bin, 1)] });
  expect((await raw.send(put(unknown, "n"))).resultCode).toBe(20);
  expect((await raw.get(unknown)).resultCode).toBe(20);
  expect((await raw.send(put(KEY, "a-name-over-15-b"))).resultCode).toBe(21);
  expect((await raw.send(put(KEY, "n"))).resultCode, "the connection is still good").toBe(0);
  raw.close();
  const big = await outcomeOf(client.put(KEY, { blob: Buffer.alloc(1024 * 1024 + 1) }));
  expect(big).toMatchObject({ kind: "refused", code: 13 });
  await client.put(KEY, { text: "no number" });
  const wrongType = await outcomeOf(client.operate(KEY, [Aerospike.operations.incr("text", 1)]));
  expect(wrongType).toMatchObject({ kind: "refused", code: 12 });
  // A list operation: a later release's matter, and said so.
  const later = await outcomeOf(client.operate(KEY, [Aerospike.lists.append("list", 1)]));
  expect(later).toMatchObject({ kind: "refused", code: 16 });
  expect(await read(client, KEY)).toMatchObject({ text: "no number" });
});

test("the other datacenter still follows", async () => {
  await untilTrue("verify to say equal", { timeoutMs: 60_000 }, async () => {
    return (await deployment.verify(10)).verdict === "equal";
  });
});

/**
 * Proves of a node that is asked for more than it has room for, that it lives on, in bounded memory, and
 * serves whoever behaves:
 * - more clients than it may have files open (P11): those beyond are refused, the log says so once, the
 *   store and the connections that there are do not notice, and there is room again when clients leave;
 * - clients that send requests and never read the answers (N8): they are not read on either.
 *
 * How: two nodes, each with few files and a small heap; raw connections to one of them.
 */
import { readFileSync } from "node:fs";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Deployment } from "../process/deployment.ts";
import { median, report } from "../process/figures.ts";
import { keyOf } from "../process/official-client.ts";
import { residentBytes } from "../process/process-table.ts";
import { keyFields, message, RawClient } from "../process/raw-client.ts";
import { untilTrue } from "../process/until.ts";

const NODE = "a1";
const OPEN_FILES = 400;
const HEAP_MEBIBYTES = 160;
/** More than there is room for. */
const CLIENTS = 300;
const MEBIBYTE = 1024 * 1024;

const DEAF_CLIENTS = 60;
const DEAF_REQUESTS = 500;
const LARGE = "x".repeat(100_000);
/** The product's bound of all unread replies, and as much again for what is being copied and collected. */
const DEAF_GROWTH_BYTES_MAX = 550 * MEBIBYTE;

const PROBE = keyOf("test", "overload", "probe");

let deployment: Deployment;
let probe: RawClient;
let port = 0;
const sockets: Socket[] = [];

beforeAll(async () => {
  deployment = await Deployment.start({
    datacenters: 1,
    nodes: 2,
    nodeOptions: `--max-old-space-size=${HEAP_MEBIBYTES}`,
    openFiles: OPEN_FILES,
  });
  await deployment.settled("dc-a");
  port = deployment.datacenter("dc-a").nodes[0]?.servicePort ?? 0;
  probe = await RawClient.connect(port);
});
afterAll(async () => {
  probe?.close();
  for (const socket of sockets) socket.destroy();
  await deployment?.dispose();
});

function log(): string {
  return readFileSync(join(deployment.layout.logFolder, `${NODE}.log`), "utf8");
}

/** Milliseconds of a write and a read each, by the one who behaves. */
async function probeTimes(count: number): Promise<number[]> {
  const times: number[] = [];
  for (let n = 1; n <= count; n++) {
    const startedMs = performance.now();
    expect((await probe.put(PROBE, { n }, 5000)).resultCode).toBe(0);
    expect((await probe.get(PROBE, 5000)).bins["n"]).toBe(n);
    times.push(performance.now() - startedMs);
  }
  return times;
}

async function open(): Promise<Socket> {
  const socket = connect(port, "127.0.0.1");
  sockets.push(socket);
  // A refusal ends in a reset or in an end, whichever comes first.
  socket.on("error", () => socket.destroy());
  await once(socket, "connect");
  return socket;
}

test("P11: more clients than files: the rest is refused, and nobody else notices", async () => {
  const clients = await Promise.all(Array.from({ length: CLIENTS }, open));
  for (const client of clients) client.resume();
  const openNow = (): number => clients.filter((client) => !client.destroyed && client.readable).length;
  await untilTrue(
    "those beyond the limit to be refused",
    { timeoutMs: 20_000 },
    () => openNow() < OPEN_FILES / 2,
  );
  const times = await probeTimes(50);
  report("more clients than files", { clients: CLIENTS, taken: openNow(), "ms of a probe": median(times) });
  expect(openNow()).toBeGreaterThan(OPEN_FILES / 8);
  expect(log()).toContain("few files may be open");
  expect(log().split("client connections refused").length - 1).toBe(1);
  for (const client of clients) client.destroy();
  await untilTrue("room for a client", { timeoutMs: 10_000 }, async () => {
    const late = await RawClient.connect(port);
    try {
      return (await late.get(PROBE, 2000)).resultCode === 0;
    } catch (error) {
      if (error instanceof Error) return false;
      throw error;
    } finally {
      late.close();
    }
  });
  expect((await deployment.overview()).down).toEqual([]);
});

test("N8: who never reads the answers costs little memory, and slows nobody", async () => {
  const key = keyOf("test", "overload", "large");
  expect((await probe.put(key, { v: LARGE }, 5000)).resultCode).toBe(0);
  const pid = await deployment.pidOf(NODE);
  const before = residentBytes(pid);
  const get = message({ info1: 0x03, info2: 0, fields: keyFields(key), ops: [] });
  const requests = Buffer.concat(Array.from({ length: DEAF_REQUESTS }, () => get));
  for (let index = 0; index < DEAF_CLIENTS; index++) {
    const socket = await open();
    socket.pause();
    socket.write(requests);
  }
  const times = await probeTimes(200);
  const growth = residentBytes(pid) - before;
  report("deaf clients", { "grown MiB": growth / MEBIBYTE, "ms of a probe": median(times) });
  expect(growth).toBeLessThan(DEAF_GROWTH_BYTES_MAX);
  // All answers together would be more than that by far.
  expect(DEAF_CLIENTS * DEAF_REQUESTS * LARGE.length).toBeGreaterThan(4 * DEAF_GROWTH_BYTES_MAX);
  expect(median(times)).toBeLessThan(500);
  for (const socket of sockets.splice(0)) socket.destroy();
});

/**
 * Proves what a new user does, with the set-up as `npm start` makes it: two datacenters of three
 * nodes. Records written by the command line and by the official client in either datacenter are in
 * the other, deletes too; real records load; status and verify say so; ports that are taken are one
 * clear line; stop, and starting again finds the data. (Every command's own behaviour is
 * command-line.test.ts's matter.)
 */
import { createServer } from "node:net";
import { once } from "node:events";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Deployment } from "../process/deployment.ts";
import { report } from "../process/figures.ts";
import {
  type Client,
  connectClient,
  keyOf,
  outcomeOf,
  read,
  readPatiently,
} from "../process/official-client.ts";
import { until } from "../process/until.ts";

const CITIES = 10_000;
const ARRIVAL_MS = 20_000;

let deployment: Deployment;
let clientA: Client | undefined;
let clientB: Client | undefined;

beforeAll(async () => {
  const startedMs = performance.now();
  deployment = await Deployment.start();
  report("first steps", { "start ms": performance.now() - startedMs });
});
afterAll(async () => {
  await deployment?.dispose();
});

async function clients(): Promise<{ a: Client; b: Client }> {
  clientA ??= await connectClient(deployment.hosts("dc-a"), { timeoutMs: 5000 });
  clientB ??= await connectClient(deployment.hosts("dc-b"), { timeoutMs: 5000 });
  return { a: clientA, b: clientB };
}

async function arrival(
  client: Client,
  name: string,
  fits: (bins: Record<string, unknown> | undefined) => boolean,
): Promise<Record<string, unknown> | undefined> {
  const key = keyOf("test", "demo", name);
  const found = await until(`${name} to arrive`, { timeoutMs: ARRIVAL_MS, intervalMs: 20 }, async () => {
    const bins = await read(client, key);
    return fits(bins) ? { bins } : undefined;
  });
  return found.bins;
}

test("records written by either means in one datacenter are in the other, and so are deletes", async () => {
  const { a, b } = await clients();
  const put = await deployment.meridian("put", "ada", "name=Ada", "age=36", "--dc", "dc-a");
  expect(put).toMatchObject({ code: 0 });
  expect(await arrival(b, "ada", (bins) => bins !== undefined)).toEqual({ name: "Ada", age: 36 });
  const written = await outcomeOf(b.put(keyOf("test", "demo", "grace"), { name: "Grace", tags: ["navy"] }));
  expect(written).toEqual({ kind: "applied" });
  const grace = await arrival(a, "grace", (bins) => bins !== undefined);
  expect(grace).toEqual({ name: "Grace", tags: ["navy"] });
  const got = await deployment.meridian("get", "grace", "--dc", "dc-a");
  expect(got).toMatchObject({ code: 0 });
  expect(got.stdout).toMatch(/source id 2/);
  expect(await deployment.meridian("delete", "ada", "--dc", "dc-b")).toMatchObject({ code: 0 });
  await arrival(a, "ada", (bins) => bins === undefined);
});

test("real records load into one datacenter; status and verify find them in both", async () => {
  const startedMs = performance.now();
  const loaded = await deployment.json("load", "cities", "--to", "dc-a", "--limit", String(CITIES));
  expect(loaded).toMatchObject({ written: CITIES, failed: 0 });
  const loadedMs = performance.now();
  const verified = await deployment.verify(30);
  report("first steps", {
    "load of 10,000 ms": loadedMs - startedMs,
    "verify ms": performance.now() - loadedMs,
  });
  expect(verified.verdict).toBe("equal");
  const namespace = verified.namespaces.find((one) => one.namespace === "test");
  // Grace is left, Ada is a tombstone.
  expect(namespace?.records).toEqual({ "dc-a": CITIES + 1, "dc-b": CITIES + 1 });
  expect(namespace?.tombstones).toEqual({ "dc-a": 1, "dc-b": 1 });
  const status = await deployment.json("status");
  expect(status).toMatchObject({
    phase: "running",
    down: [],
    datacenters: ["dc-a", "dc-b"].map((name) => ({
      name,
      nodes: [0, 1, 2].map(() => ({ state: "up" })),
      namespaces: [
        { name: "test", records: CITIES + 1, unavailable: 0, underReplicated: 0 },
        { name: "gen" },
      ],
    })),
  });
});

test("stop; a port that is taken is one clear line; starting again finds the data", async () => {
  clientA = undefined;
  clientB = undefined;
  expect(await deployment.meridian("stop")).toMatchObject({ code: 0 });
  const { servicePort } = deployment.datacenter("dc-b").nodes[1] ?? { servicePort: 0 };
  // The client that is still there calls on it.
  const squatter = createServer((socket) => socket.destroy()).listen(servicePort, "127.0.0.1");
  await once(squatter, "listening");
  try {
    const refused = await deployment.meridian("start", "--detach");
    expect(refused.code).not.toBe(0);
    expect(refused.stderr.trim().split("\n")).toHaveLength(1);
    expect(refused.stderr).toMatch(new RegExp(`port ${servicePort} .*taken.*--base-port`));
  } finally {
    squatter.close();
    await once(squatter, "close");
  }
  await deployment.up();
  const { b } = await clients();
  expect(await readPatiently(b, keyOf("test", "demo", "grace"))).toEqual({ name: "Grace", tags: ["navy"] });
  expect(await readPatiently(b, keyOf("test", "demo", "ada"))).toBeUndefined();
  const verified = await deployment.verify(30);
  expect(verified.verdict).toBe("equal");
  expect(verified.namespaces[0]?.records).toEqual({ "dc-a": CITIES + 1, "dc-b": CITIES + 1 });
});

/**
 * Proves: a declared consumer of a change feed that is killed and restarted at random, while a node is
 * killed, the shipper is killed and the bus is deleted under it, is handed every committed version of
 * every key, in order, each with what the record was before it, and what it is handed a second time is
 * marked. Judged by the generations that the log of acknowledgements implies, not by anything of the feed's.
 *
 * Also that the worked examples of docs/examples do what they say, run as a user runs them; and that a feed
 * which is declared by command outlives a killed node, and that its consumers are moved by command.
 *
 * How: registers are written without a stop in a datacenter of two nodes; the consumer is a process that
 * notes what it is handed. Settings make it another run: MERIDIAN_FEED_RATE, writes a second (without one a
 * few thousand, by MERIDIAN_FEED_PAUSE_MS); MERIDIAN_FEED_KEYS; MERIDIAN_FEED_FAULT_MS;
 * MERIDIAN_FEED_FORMAT. A rate of 5000 with 256 keys is what a fast machine is asked for.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { isDeepStrictEqual } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Change, Gap } from "../../cli/changes/change.ts";
import { type ChangesOptions, changes, placesOf } from "../../cli/changes/changes.ts";
import { feedsSchema } from "../../common/config.ts";
import { Deployment } from "../process/deployment.ts";
import { report } from "../process/figures.ts";
import { type Consumed, KilledConsumer } from "../process/killed-consumer.ts";
import { type Client, connectClient, readPatiently } from "../process/official-client.ts";
import { Registers } from "../process/registers.ts";
import { elapse, untilTrue } from "../process/until.ts";

const KEYS = Number(process.env["MERIDIAN_FEED_KEYS"] ?? 48);
const RATE = process.env["MERIDIAN_FEED_RATE"];
const LOAD =
  RATE === undefined
    ? { pauseMs: Number(process.env["MERIDIAN_FEED_PAUSE_MS"] ?? 10) }
    : { rate: Number(RATE) };
const FORMAT = { format: process.env["MERIDIAN_FEED_FORMAT"] ?? "json" };
/** Changes that are handed out before the first fault. */
const UNHARMED = 200;
/** Faults stand at least so long. */
const FAULT_MS = Number(process.env["MERIDIAN_FEED_FAULT_MS"] ?? 1500);

/** Consumers of docs/examples. */
const EXAMPLES = ["audit-log", "search-index", "cache-invalidator"];

let deployment: Deployment;
const examples: ChildProcess[] = [];
let client: Client;
let consumer: KilledConsumer;
let load: Registers;

beforeAll(async () => {
  deployment = await Deployment.start({
    datacenters: 1,
    nodes: 2,
    feeds: feedsSchema.parse([
      { name: "load", namespace: "test", set: "feed", consumers: ["audit"], "before-image": true, ...FORMAT },
      { name: "tables", namespace: "test", set: ["tables", "none"], format: "protobuf" },
      { name: "examples", namespace: "test", set: "examples", format: "flat-json", consumers: EXAMPLES },
    ]),
  });
  client = await connectClient(deployment.hosts("dc-a"));
  load = new Registers({ clients: [client], set: "feed", keys: KEYS, readers: 0, ...LOAD });
  consumer = new KilledConsumer({
    nats: `nats://127.0.0.1:${deployment.datacenter("dc-a").nats.port}`,
    datacenter: "dc-a",
    feed: "load",
    consumer: "audit",
    file: join(deployment.folder, "consumed.jsonl"),
    lifeMs: 2500,
  });
});
afterAll(async () => {
  await load?.stop();
  await consumer?.stop();
  for (const example of examples) example.kill("SIGKILL");
  await deployment?.dispose();
});

test("a killed consumer sees every version, in order, whatever is killed or wiped meanwhile", async () => {
  await deployment.settled("dc-a");
  const startedMs = performance.now();
  load.start();
  consumer.start();
  await untilTrue("the first changes", { timeoutMs: 30_000 }, () => consumer.consumed().length >= UNHARMED);
  // Nothing has happened yet that could hand out anything twice.
  expect(consumer.consumed().filter(({ again }) => again)).toEqual([]);
  consumer.startKilling();
  await elapse(FAULT_MS);

  await deployment.kill(["a1"]);
  await elapse(FAULT_MS);
  await deployment.restart(["a1"]);
  await deployment.settled("dc-a");

  await deployment.kill(["a-shipper"]);
  await elapse(FAULT_MS);
  await deployment.restart(["a-shipper"]);
  await elapse(FAULT_MS);

  await deployment.kill(["a-nats"]);
  rmSync(deployment.datacenter("dc-a").nats.store, { recursive: true });
  await elapse(FAULT_MS);
  await deployment.restart(["a-nats"]);
  await elapse(FAULT_MS);

  await load.stop();
  const stoppedMs = performance.now();
  await consumer.spare();
  const last = new Map<string, number>();
  for (const { key } of load.registers) {
    last.set(key.key, Number((await readPatiently(client, key))?.["n"]));
  }
  const lacking = (): string[] => {
    const seen = new Map(consumer.consumed().map(({ key, value }) => [key ?? "", value ?? 0]));
    return [...last].filter(([key, value]) => (seen.get(key) ?? 0) < value).map(([key]) => key);
  };
  await untilTrue(
    "the consumer to have all",
    { timeoutMs: 60_000, intervalMs: 250 },
    () => lacking().length === 0,
  ).catch((error: unknown) => {
    throw new Error(`the consumer lacks what is last of ${lacking().length} keys: ${lacking().join()}`, {
      cause: error,
    });
  });

  const caughtUpMs = performance.now();
  const consumed = consumer.consumed();
  const repeats = new Set(repeatsOf(consumed));
  const marked = consumed.filter(({ again }) => again);
  report("change feed", {
    "versions written": load.counts.applied,
    "in doubt": load.counts.inDoubt,
    handed: consumed.length,
    "handed twice": repeats.size,
    "marked as repeats": marked.length,
    "consumer killed": consumer.kills,
    "writes per second": load.counts.applied / ((stoppedMs - startedMs) / 1000),
    "seconds to catch up": (caughtUpMs - stoppedMs) / 1000,
  });
  expect(consumed.filter(({ gap }) => gap === true)).toEqual([]);
  expect([...repeats].filter(({ again }) => again !== true)).toEqual([]);
  const fresh = Map.groupBy(
    consumed.filter((one) => !repeats.has(one)),
    ({ key }) => key,
  );
  const problems = load.registers.flatMap((register) =>
    problemsOf(register, fresh.get(register.key.key) ?? []),
  );
  expect(problems).toEqual([]);
  expect(consumer.kills).toBeGreaterThan(2);
  expect(load.counts.applied).toBeGreaterThan(500);
});

test("a reader from the beginning is handed what stands, in each format", async () => {
  const key = (name: string) => ({ ns: "test", set: "tables", key: name });
  await client.put(key("kept"), { n: 2n ** 62n + 1n, blob: Buffer.from([255, 0]), list: [1, "a"] });
  await client.put(key("gone"), { n: 1 });
  await client.remove(key("gone"));
  const options = {
    nats: `nats://127.0.0.1:${deployment.datacenter("dc-a").nats.port}`,
    datacenter: "dc-a",
    from: "beginning",
    follow: false,
  } as const;
  const found: (Change | Gap)[] = [];
  for await (const change of changes({ ...options, feed: "tables" })) found.push(change);
  expect(found).toMatchObject([
    {
      operation: "snapshot",
      outcome: "local",
      userKey: "kept",
      generation: 1,
      bins: { n: 2n ** 62n + 1n, blob: Uint8Array.of(255, 0), list: [1, "a"] },
    },
  ]);

  const standing = new Map<unknown, unknown>();
  for await (const change of changes({ ...options, feed: "load" })) {
    if (change.kind === "write") standing.set(change.userKey, change.bins?.["n"]);
  }
  const there = await Promise.all(
    load.registers.map(async ({ key: one }) => [one.key, (await readPatiently(client, one))?.["n"]] as const),
  );
  expect(standing).toEqual(new Map(there));
});

test("a feed declared by command outlives a killed node, is gone on with, and its consumer is moved", async () => {
  const key = (name: string) => ({ ns: "test", set: "ordered", key: name });
  await client.put(key("old"), { n: 1 });
  const declared = ["--name", "ordered", "--namespace", "test", "--set", "ordered", "--consumers", "one"];
  const add = await deployment.meridian("feeds", "add", "dc-a", ...declared, "--before-image");
  expect(add).toMatchObject({ code: 0 });
  await deployment.kill(["a1"]);
  await deployment.restart(["a1"]);
  await deployment.settled("dc-a");
  await client.put(key("x"), { n: 1 });
  await client.put(key("old"), { n: 2 });
  await client.remove(key("x"));

  const nats = `nats://127.0.0.1:${deployment.datacenter("dc-a").nats.port}`;
  const read = async (
    from: Pick<ChangesOptions, "consumer" | "places">,
    count: number,
  ): Promise<Change[]> => {
    const found: Change[] = [];
    for await (const change of changes({
      nats,
      datacenter: "dc-a",
      feed: "ordered",
      from: "oldest",
      ...from,
    })) {
      if (change.kind === "gap") continue;
      from.places?.take(change);
      if (found.push(change) === count) break;
    }
    return found;
  };
  const places = placesOf();
  const found = [...(await read({ places }, 2)), ...(await read({ places }, 2))];
  expect(new Set(found.map((one) => JSON.stringify(one))).size).toBe(4);
  const told = found.map(({ userKey, operation, before }) => [
    userKey,
    operation,
    before === null ? null : before?.bins,
  ]);
  expect(told.toSorted()).toEqual([
    ["old", "insert", undefined],
    ["old", "update", { n: 1 }],
    ["x", "delete", { n: 1 }],
    ["x", "insert", null],
  ]);
  expect(await read({ consumer: "one" }, 4)).toHaveLength(4);
  const move = ["feeds", "move", "dc-a", "ordered", "one", "--to", "oldest", "--force"];
  expect(await deployment.meridian(...move)).toMatchObject({ code: 0 });
  const again = { redelivered: true };
  expect(await read({ consumer: "one" }, 4)).toMatchObject([again, again, again, again]);
  expect((await deployment.meridian("feeds", "list", "dc-a")).stdout).toMatch(
    /^ordered \* +test .* one \* /m,
  );
  expect(await deployment.meridian("feeds", "remove", "dc-a", "ordered")).toMatchObject({ code: 0 });
});

test("the worked examples: an audit log, a search index and a cache that is told", async () => {
  const stale: string[] = [];
  const cache = createServer((request, response) => {
    stale.push(`${request.method} ${request.url}`);
    response.end();
  }).listen(0, "127.0.0.1");
  await once(cache, "listening");
  const { port } = cache.address() as AddressInfo;
  const [audit = "", search = ""] = ["audit.db", "search.db"].map((name) => join(deployment.folder, name));
  runExample("audit-log", audit);
  runExample("search-index", search);
  runExample("cache-invalidator", `http://127.0.0.1:${port}/cache`);

  const key = { ns: "test", set: "examples", key: "ada" };
  await client.put(key, { name: "Ada Lovelace", born: 1815n });
  await client.put({ ...key, key: "kurt" }, { name: "Kurt Gödel" });
  await client.put(key, { name: "Ada King" });
  await client.remove({ ...key, key: "kurt" });

  const rows = (file: string, query: string): unknown[] => {
    const database = new DatabaseSync(file, { readOnly: true, timeout: 5000 });
    try {
      return database.prepare(query).all();
    } finally {
      database.close();
    }
  };
  const audited = (): unknown[] =>
    rows(
      audit,
      "SELECT user_key, operation, generation, outcome FROM audit WHERE set_name = 'examples' ORDER BY user_key, generation",
    );
  await untilTrue("the audit log to have all", { timeoutMs: 30_000, intervalMs: 100 }, () => {
    return existsSync(audit) && tableIsThere(audit, "audit") && audited().length === 4;
  });
  expect(audited()).toMatchObject([
    { user_key: '"ada"', operation: "insert", generation: 1, outcome: "local" },
    { user_key: '"ada"', operation: "update", generation: 2 },
    { user_key: '"kurt"', operation: "insert", generation: 1 },
    { user_key: '"kurt"', operation: "delete", generation: 2 },
  ]);
  const found = (word: string): unknown[] =>
    rows(search, `SELECT user_key FROM records WHERE text MATCH '${word}'`);
  await untilTrue("the index to have all", { timeoutMs: 30_000, intervalMs: 100 }, () => {
    return existsSync(search) && tableIsThere(search, "records") && found("King").length === 1;
  });
  await untilTrue(
    "the index to forget",
    { timeoutMs: 30_000, intervalMs: 100 },
    () => found("Gödel").length === 0,
  );
  expect(found("King")).toMatchObject([{ user_key: "ada" }]);
  expect(found("Lovelace")).toEqual([]);
  const told = ["ada", "kurt", "ada", "kurt"].map((name) => `DELETE /cache/examples/${name}`);
  await untilTrue("the cache to be told", { timeoutMs: 30_000, intervalMs: 100 }, () => {
    return stale.filter((one) => one.includes("/examples/")).length >= told.length;
  });
  expect(stale.filter((one) => one.includes("/examples/")).toSorted()).toEqual(told.toSorted());
  cache.closeAllConnections();
  cache.close();
});

/** Runs a file of docs/examples; its consumer is named as it is. */
function runExample(name: string, target: string): void {
  const script = join(import.meta.dirname, `../../docs/examples/${name}.mjs`);
  const condition = "--conditions=meridian-source";
  const nats = `nats://127.0.0.1:${deployment.datacenter("dc-a").nats.port}`;
  const child = spawn(process.execPath, [condition, script, "dc-a", "examples", name, target], {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, NATS: nats },
  });
  examples.push(child);
}

function tableIsThere(file: string, name: string): boolean {
  const database = new DatabaseSync(file, { readOnly: true, timeout: 5000 });
  try {
    return database.prepare("SELECT 1 FROM sqlite_schema WHERE name = ?").all(name).length > 0;
  } finally {
    database.close();
  }
}

/** What was handed out when it had been before. */
function repeatsOf(consumed: readonly Consumed[]): Consumed[] {
  const seen = new Set<string>();
  return consumed.filter((one) => {
    const place = `${one.partition}:${one.sequence}`;
    if (seen.has(place)) return true;
    seen.add(place);
    return false;
  });
}

/** What is wrong with a key's versions: holes, disorder, acknowledged values missing. */
function problemsOf(register: Registers["registers"][number], versions: readonly Consumed[]): string[] {
  const { key } = register.key;
  const problems: string[] = [];
  versions.forEach(({ generation, value, sequence, before: told }, index) => {
    const before = versions[index - 1];
    const was = before && { value: before.value, generation: before.generation };
    if (!isDeepStrictEqual(told, was ?? null)) {
      problems.push(`${key}: before ${generation} it is said to have been ${JSON.stringify(told)}`);
    }
    if (generation !== index + 1)
      problems.push(`${key}: generation ${generation} stands at place ${index + 1}`);
    if (before === undefined) return;
    if (sequence <= before.sequence) problems.push(`${key}: ${sequence} comes after ${before.sequence}`);
    // A write in doubt may take effect after the next one.
    const isLate = (value ?? 0) <= (before.value ?? 0) && !register.inDoubt.has(value ?? 0);
    if (isLate) problems.push(`${key}: ${value} comes after ${before.value}`);
  });
  const values = new Set(versions.map(({ value }) => value));
  for (const operation of register.history.operations()) {
    if (operation.kind !== "write") continue;
    const { outcome } = operation;
    const has = values.has(Number(operation.value));
    if (outcome === "applied" && !has) problems.push(`${key}: lacks acknowledged ${operation.value}`);
    if (outcome === "refused" && has) problems.push(`${key}: has refused ${operation.value}`);
  }
  return problems.slice(0, 5);
}

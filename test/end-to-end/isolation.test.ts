/**
 * Proves (B7, B8, TOMB): a datacenter that was away for longer than the bus keeps messages, longer
 * than the change log keeps entries, or longer than anything is kept at all, is equal afterwards, with
 * what both sides wrote meanwhile, and what was deleted while it was away stays deleted everywhere.
 *
 * How: two datacenters of one node. The bounds are as small as they go, so that they are passed within
 * seconds; each passing is checked: messages that the bus loses are counted, and so are partitions
 * whose log was trimmed past the destination's position. The third time one datacenter is dead
 * meanwhile, and both NATS folders are deleted: no retention is left that could save the day. The last
 * time a datacenter loses everything it has, and is started empty (L9): it gets it back from the other,
 * what it had written itself included.
 */
import { rmSync } from "node:fs";
import { jetstreamManager } from "@nats-io/jetstream";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createLogger } from "../../common/log.ts";
import { connectNats } from "../../common/nats/connect.ts";
import { shipStream } from "../../proto/subjects.ts";
import { Deployment } from "../process/deployment.ts";
import { report } from "../process/figures.ts";
import {
  type Client,
  connectClient,
  forEachOf,
  keyOf,
  outcomeOf,
  readPatiently,
} from "../process/official-client.ts";
import { untilTrue } from "../process/until.ts";

const MEBIBYTE = 1024 * 1024;
const KEYS = 200;
/** Twice what all logs of dc-a may hold. */
const BULK = 1500;
const BULK_BYTES = 4096;
const IN_FLIGHT = 32;
const VERIFY_SECONDS = 120;
const SIDES = ["a", "b"] as const;

type Side = (typeof SIDES)[number];

/** Patience with a machine that has other things to do. */
const SETUP_MS = 300_000;

let deployment: Deployment;
let clients: Readonly<Record<Side, Client>>;

beforeAll(async () => {
  deployment = await Deployment.start({ nodes: 1, replicationFactor: 1 });
  for (const name of ["dc-a", "dc-b"]) {
    deployment.editConfig(name, (config) => {
      config["change-log"] = { "keep-bytes": 0, "max-bytes": MEBIBYTE };
      config["shipping"] = { "window-bytes": 4 * MEBIBYTE };
    });
    await deployment.restart(deployment.datacenter(name).nodes.map((node) => node.name));
    await deployment.restart([deployment.datacenter(name).shipper.name]);
  }
  await Promise.all([deployment.settled("dc-a"), deployment.settled("dc-b")]);
  const [a, b] = await Promise.all(["dc-a", "dc-b"].map((name) => connectClient(deployment.hosts(name))));
  if (a === undefined || b === undefined) throw new Error("no clients");
  clients = { a, b };
}, SETUP_MS);
afterAll(async () => {
  await deployment?.dispose();
});

/** What happens to key `k` of a round while dc-b is away, by its number. */
const FATES = [
  "deleted in a",
  "updated in b, later deleted in a",
  "deleted in a, later updated in b",
  "kept",
];
const fateOf = (number: number): string => FATES[number % FATES.length] ?? "";
const key = (round: string, number: number) => keyOf("test", round, `k${number}`);

async function forSure(what: string, write: () => Promise<unknown>): Promise<void> {
  await untilTrue(what, { timeoutMs: 30_000, intervalMs: 20 }, async () => {
    const { kind } = await outcomeOf(write());
    return kind === "applied";
  });
}

async function putAll(side: Side, round: string, value: string, chosen: (fate: string) => boolean) {
  await forEachOf(KEYS, IN_FLIGHT, async (number) => {
    if (!chosen(fateOf(number))) return;
    await forSure("a put", () => clients[side].put(key(round, number), { value }));
  });
}

async function deleteAll(round: string): Promise<void> {
  await forEachOf(KEYS, IN_FLIGHT, async (number) => {
    if (!fateOf(number).includes("deleted in a")) return;
    expect(await outcomeOf(clients.a.remove(key(round, number)))).toEqual({ kind: "applied" });
  });
}

/** Fills dc-a's change log far beyond its bound. */
async function writeBulk(round: string): Promise<void> {
  const filling = "x".repeat(BULK_BYTES);
  await forEachOf(BULK, IN_FLIGHT, async (number) => {
    const bulkKey = keyOf("test", `${round}-bulk`, `k${number}`);
    await forSure("a bulk put", () => clients.a.put(bulkKey, { filling, number }));
  });
}

/** Throws away what waits in dc-a's bus for dc-b; returns how many messages that were. */
async function purgeBus(): Promise<number> {
  const url = `nats://127.0.0.1:${deployment.datacenter("dc-a").nats.port}`;
  const log = createLogger({}, "silent");
  const connection = await connectNats(
    { url, name: "test", log },
    AbortSignal.timeout(10_000),
    () => undefined,
  );
  try {
    const manager = await jetstreamManager(connection);
    const { purged } = await manager.streams.purge(shipStream("dc-a", "dc-b"));
    return purged;
  } finally {
    await connection.close();
  }
}

/** Partitions of dc-a whose log was trimmed past what dc-b had applied. */
async function trimmedPartitions(): Promise<number> {
  const counts = await Promise.all(
    deployment.datacenter("dc-a").nodes.map(async ({ adminPort }) => {
      const text = await (await fetch(`http://127.0.0.1:${adminPort}/metrics`)).text();
      return Number(/^meridian_change_log_gaps_total (\d+)/m.exec(text)?.[1] ?? 0);
    }),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}

async function expectEqual(round: string, bulk: number): Promise<void> {
  const verified = await deployment.verify(VERIFY_SECONDS);
  expect(verified).toMatchObject({ verdict: "equal" });
  const wrong: string[] = [];
  for (const side of SIDES) {
    await forEachOf(KEYS, IN_FLIGHT, async (number) => {
      const found = (await readPatiently(clients[side], key(round, number)))?.["value"];
      const fate = fateOf(number);
      const wanted = fate.endsWith("deleted in a") ? undefined : fate === "kept" ? "old" : "of b";
      if (found !== wanted) wrong.push(`dc-${side} k${number} (${fate}): ${found}, not ${wanted}`);
    });
  }
  expect(wrong.slice(0, 10)).toEqual([]);
  for (const number of bulk === 0 ? [] : [0, bulk - 1]) {
    const found = await readPatiently(clients.b, keyOf("test", `${round}-bulk`, `k${number}`));
    expect(found?.["number"]).toBe(number);
  }
}

async function writeOld(round: string): Promise<void> {
  await putAll("a", round, "old", () => true);
  expect(await deployment.verify(VERIFY_SECONDS)).toMatchObject({ verdict: "equal" });
}

/** The same writes on both sides, in this order, while the two do not hear each other. */
async function writeApart(round: string): Promise<void> {
  await putAll("b", round, "of b", (fate) => fate.startsWith("updated in b"));
  await deleteAll(round);
  await putAll("b", round, "of b", (fate) => fate.endsWith("updated in b"));
}

test("longer than the bus keeps messages", { timeout: 400_000 }, async () => {
  await writeOld("bus");
  const setup = await deployment.running();
  await setup.cutLink("dc-a", "dc-b", "blackhole");
  await writeApart("bus");
  let purged = 0;
  await untilTrue("messages in the bus, to be lost", { timeoutMs: 20_000 }, async () => {
    purged += await purgeBus();
    return purged > 0;
  });
  await setup.healLink("dc-a", "dc-b");
  const healedMs = performance.now();
  await expectEqual("bus", 0);
  report("away longer than the bus", {
    "messages lost": purged,
    "ms to equal": performance.now() - healedMs,
  });
});

test("longer than the change log keeps entries", { timeout: 400_000 }, async () => {
  await writeOld("log");
  const trimmedBefore = await trimmedPartitions();
  const setup = await deployment.running();
  await setup.cutLink("dc-a", "dc-b", "blackhole");
  await writeApart("log");
  await writeBulk("log");
  let trimmed = 0;
  await untilTrue("the log to be trimmed past dc-b", { timeoutMs: 30_000 }, async () => {
    trimmed = (await trimmedPartitions()) - trimmedBefore;
    return trimmed > 0;
  });
  const purged = await purgeBus();
  await setup.healLink("dc-a", "dc-b");
  const healedMs = performance.now();
  await expectEqual("log", BULK);
  const equalMs = performance.now() - healedMs;
  report("away longer than the log", { trimmed, "messages lost": purged, "ms to equal": equalMs });
});

test("longer than anything is kept: dc-b dead, both NATS folders deleted", { timeout: 400_000 }, async () => {
  await writeOld("dead");
  const trimmedBefore = await trimmedPartitions();
  const setup = await deployment.running();
  await setup.cutLink("dc-a", "dc-b", "blackhole");
  // What dc-b writes in this round it writes alone, before it dies.
  await writeApart("dead");
  const b = deployment.datacenter("dc-b");
  const a = deployment.datacenter("dc-a");
  const nodesOfB = b.nodes.map(({ name }) => name);
  await deployment.kill([...nodesOfB, b.shipper.name]);
  await writeBulk("dead");
  await untilTrue("the log to be trimmed past dc-b", { timeoutMs: 30_000 }, async () => {
    return (await trimmedPartitions()) > trimmedBefore;
  });
  await deployment.kill([a.nats.name, b.nats.name]);
  for (const { nats } of [a, b]) rmSync(nats.store, { recursive: true });
  await deployment.restart([a.nats.name, b.nats.name]);
  await deployment.restart(nodesOfB);
  await deployment.restart([b.shipper.name]);
  await setup.healLink("dc-a", "dc-b");
  const healedMs = performance.now();
  await expectEqual("dead", BULK);
  report("away longer than everything", { "ms to equal": performance.now() - healedMs });
});

test("dc-b lost everything and is started empty", { timeout: 400_000 }, async () => {
  await writeOld("lost");
  await writeApart("lost");
  expect(await deployment.verify(VERIFY_SECONDS)).toMatchObject({ verdict: "equal" });
  const b = deployment.datacenter("dc-b");
  const nodesOfB = b.nodes.map(({ name }) => name);
  await deployment.kill([...nodesOfB, b.shipper.name, b.nats.name]);
  for (const folder of [b.nats.store, ...b.nodes.map(({ data }) => data)])
    rmSync(folder, { recursive: true });
  await deployment.restart([b.nats.name]);
  await deployment.restart(nodesOfB);
  await deployment.restart([b.shipper.name]);
  const startedMs = performance.now();
  await expectEqual("lost", 0);
  report("started empty", { "ms to equal": performance.now() - startedMs });
});

/**
 * Proves: kill -9 of a shipper, kill -9 of a nats-server, and deletion of a nats-server's whole
 * JetStream folder, each while writes go on in both datacenters, end with both datacenters equal,
 * and nothing but the start of the killed process needed a person. Writes go on meanwhile: a healthy
 * datacenter does not need its NATS.
 *
 * How: each datacenter (two nodes, replication factor 2) has registers of its own, written and read
 * without a stop, and both write the same 40 keys, so there are conflicts all the time. Each fault
 * lasts until enough writes were acknowledged in both datacenters while it stood.
 */
import { rmSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Deployment } from "../process/deployment.ts";
import { report } from "../process/figures.ts";
import { type Client, connectClient, readPatiently } from "../process/official-client.ts";
import { Registers } from "../process/registers.ts";
import { SharedWriters } from "../process/shared-writers.ts";
import { untilTrue } from "../process/until.ts";

const SHARED_KEYS = 40;
const WRITES_IN_FAULT = 300;
/** Longer than any lease: a datacenter that needed its NATS would stop in this time. */
const FAULT_MS_LEAST = 2500;

let deployment: Deployment;
let clients: { readonly a: Client; readonly b: Client };

/** Stopped before the nodes are also when a test fails by its timeout. */
const loads: { stop(): Promise<void> }[] = [];

beforeAll(async () => {
  deployment = await Deployment.start({ nodes: 2 });
  const [a, b] = await Promise.all(["dc-a", "dc-b"].map((name) => connectClient(deployment.hosts(name))));
  if (a === undefined || b === undefined) throw new Error("no clients");
  clients = { a, b };
});
afterAll(async () => {
  await Promise.all(loads.map((load) => load.stop()));
  await deployment?.dispose();
});

test("shipper killed, nats-servers killed, JetStream deleted: equal in the end", async () => {
  const sides = {
    a: new Registers({ clients: [clients.a], set: "of-a", keys: 24, readers: 2, pauseMs: 10 }),
    b: new Registers({ clients: [clients.b], set: "of-b", keys: 24, readers: 2, pauseMs: 10 }),
  };
  const more = async (what: string): Promise<void> => {
    const startedMs = performance.now();
    const from = [sides.a, sides.b].map(({ counts }) => counts.applied);
    await untilTrue(`writes in both datacenters: ${what}`, { timeoutMs: 30_000, intervalMs: 20 }, () => {
      const enough = [sides.a, sides.b].every(
        ({ counts }, at) => counts.applied >= (from[at] ?? 0) + WRITES_IN_FAULT,
      );
      return enough && performance.now() - startedMs >= FAULT_MS_LEAST;
    });
  };
  await Promise.all([deployment.settled("dc-a"), deployment.settled("dc-b")]);
  sides.a.start();
  sides.b.start();
  const shared = new SharedWriters([clients.a, clients.b], SHARED_KEYS);
  loads.push(sides.a, sides.b, shared);
  try {
    await more("before");
    await deployment.kill(["a-shipper"]);
    await more("without the shipper of dc-a");
    await deployment.restart(["a-shipper"]);
    await more("with it again");

    await deployment.kill(["b-nats"]);
    await more("without the NATS of dc-b");
    await deployment.restart(["b-nats"]);
    await more("with it again");

    await deployment.kill(["a-nats"]);
    rmSync(deployment.datacenter("dc-a").nats.store, { recursive: true });
    await more("without the NATS of dc-a, its folder deleted");
    await deployment.restart(["a-nats"]);
    await more("with an empty one");
  } finally {
    await Promise.all([sides.a.stop(), sides.b.stop(), shared.stop()]);
  }
  const stoppedMs = performance.now();
  const verified = await deployment.verify(60);
  report("bus loss", {
    "verify ms after the last write": performance.now() - stoppedMs,
    "writes in dc-a": sides.a.counts.applied,
    "writes in dc-b": sides.b.counts.applied,
    "writes to shared keys": shared.applied,
    "in doubt": sides.a.counts.inDoubt + sides.b.counts.inDoubt,
    refused: sides.a.counts.refused + sides.b.counts.refused,
    "conflicts lost": (await deployment.overview()).datacenters
      .flatMap(({ namespaces }) => namespaces.map(({ counters }) => counters.conflictLost))
      .reduce((sum, count) => sum + count, 0),
  });
  expect(verified).toMatchObject({ verdict: "equal" });
  expect(await sides.a.check(clients.a)).toEqual([]);
  expect(await sides.b.check(clients.b)).toEqual([]);
  // Every register's last value crossed over, too.
  for (const [load, other] of [[sides.a, clients.b] as const, [sides.b, clients.a] as const]) {
    for (const { key, acknowledged } of load.registers) {
      const value = Number((await readPatiently(other, key))?.["n"]);
      expect(value, key.key).toBeGreaterThanOrEqual(acknowledged);
    }
  }
  expect(shared.applied).toBeGreaterThan(200);
});

test("the datacenters still follow their maps: a node that dies after it all is replaced", async () => {
  const load = new Registers({ clients: [clients.a], set: "after", keys: 24, readers: 2, pauseMs: 5 });
  loads.push(load);
  load.start();
  try {
    await deployment.settled("dc-a");
    let killedMs = 0;
    await deployment.kill(["a1"], () => {
      killedMs = performance.now();
      load.mark(killedMs);
    });
    await untilTrue("writes to all keys", { timeoutMs: 20_000, intervalMs: 10 }, () =>
      load.registers.every(({ recoveredMs }) => recoveredMs !== undefined),
    );
    await deployment.restart(["a1"]);
  } finally {
    await load.stop();
  }
  expect(await load.check(clients.a)).toEqual([]);
  expect(await deployment.verify(60)).toMatchObject({ verdict: "equal" });
});

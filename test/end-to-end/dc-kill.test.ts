/**
 * Proves: after kill -9 of all nodes of a datacenter at once, under load, every acknowledged write
 * is there, nothing was applied twice, and no read is answered as if the records did not exist while
 * the nodes start and find their data again. And when the one node that has the only complete copy of
 * some partitions does not come back at first, those are refused, none is served as it was before, the
 * others are served, the nodes say how many they are, and with that node everything is there.
 *
 * How: three nodes under a load of registers and token sets; all are killed by one loop of signals,
 * and restarted while the load and its readers run on, so the first answers of each starting node
 * are checked. The second time the nodes come back one after the other. At last a1 misses some writes,
 * then the others are killed, and a3 comes back later than a1 and a2.
 */
import { afterAll, beforeAll, expect, test } from "vitest";
import { Deployment } from "../process/deployment.ts";
import { report } from "../process/figures.ts";
import { Load } from "../process/load.ts";
import { type Client, connectClient, keyOf, outcomeOf } from "../process/official-client.ts";
import { RawClient } from "../process/raw-client.ts";
import { Registers } from "../process/registers.ts";
import { TokenSets } from "../process/token-sets.ts";
import { untilTrue } from "../process/until.ts";

const NODES = ["a1", "a2", "a3"];
const WRITES_BEFORE = 3000;
const WRITES_AFTER = 1000;
/** PARTITION_UNAVAILABLE, as the protocol numbers it. */
const UNAVAILABLE_CODE = 11;

let deployment: Deployment;
let clients: Client[] = [];

/** Stopped before the nodes are also when a test fails by its timeout. */
const loads: { stop(): Promise<void> }[] = [];

beforeAll(async () => {
  deployment = await Deployment.start({ datacenters: 1, nodes: 3 });
  await deployment.settled("dc-a");
  clients = await Promise.all(
    [0, 1].map(() => connectClient(deployment.hosts("dc-a"), { connectTimeoutMs: 1000 })),
  );
});
afterAll(async () => {
  await Promise.all(loads.map((load) => load.stop()));
  await deployment?.dispose();
});

test("all nodes killed at once, twice: every acknowledged write is there", async () => {
  const registers = new Registers({ clients, set: "registers", keys: 96, readers: 16 });
  const tokens = new TokenSets({ clients, set: "tokens", keys: 8, pauseMs: 30 });
  loads.push(registers, tokens);
  registers.start();
  tokens.start();
  const more = async (count: number): Promise<void> => {
    const from = registers.counts.applied;
    await untilTrue(
      `${count} more writes`,
      { timeoutMs: 30_000 },
      () => registers.counts.applied >= from + count,
    );
  };
  const downMs: number[] = [];
  try {
    for (const together of [true, false]) {
      await more(WRITES_BEFORE);
      let killedMs = 0;
      await deployment.kill(NODES, () => {
        killedMs = performance.now();
        registers.mark(killedMs);
      });
      const failuresBefore = registers.counts.inDoubt + registers.counts.refused;
      if (together) await deployment.restart(NODES);
      else for (const node of NODES.toReversed()) await deployment.restart([node]);
      await untilTrue("every key to be written again", { timeoutMs: 30_000, intervalMs: 20 }, () =>
        registers.registers.every(({ recoveredMs }) => recoveredMs !== undefined),
      );
      downMs.push(performance.now() - killedMs);
      await more(WRITES_AFTER);
      expect(registers.counts.inDoubt + registers.counts.refused).toBeGreaterThan(failuresBefore);
    }
  } finally {
    await Promise.all([registers.stop(), tokens.stop()]);
  }
  const { counts } = registers;
  report("datacenter kill", {
    "ms from kill to the last key's first write, at once": downMs[0] ?? Number.NaN,
    "one by one": downMs[1] ?? Number.NaN,
    "writes applied": counts.applied,
    "in doubt": counts.inDoubt,
    "took effect late": counts.late,
    refused: counts.refused,
    reads: counts.reads,
    "tokens acknowledged": tokens.acknowledged.size,
  });
  const [reader] = clients;
  if (reader === undefined) throw new Error("no client");
  expect(await registers.check(reader)).toEqual([]);
  expect(await tokens.check(reader)).toEqual([]);
  expect(tokens.acknowledged.size).toBeGreaterThan(50);
});

test("the node with the only complete copies comes last: refused until then, and nothing lost", async () => {
  deployment.editConfig("dc-a", (config) => {
    // Nothing is made elsewhere in the place of what is away.
    config["timing"] = { "migrate-fill-delay-ms": 600_000 };
  });
  await deployment.restart(NODES);
  await deployment.settled("dc-a");
  const load = await Load.start(deployment.hosts("dc-a"), { set: "one-missing", keys: 24, readers: 4 });
  loads.push(load);
  const [first] = deployment.datacenter("dc-a").nodes;
  const keys = Array.from({ length: 120 }, (_, index) => keyOf("test", "one-missing", `probe-${index}`));
  const write = async (n: number): Promise<void> => {
    await Promise.all(
      keys.map((key) =>
        untilTrue(`a write of ${key.key}`, { timeoutMs: 30_000, intervalMs: 50 }, async () => {
          return (await outcomeOf(load.client.put(key, { n }))).kind === "applied";
        }),
      ),
    );
  };
  await write(1);
  await deployment.kill(["a1"]);
  await load.flows("without a1", 30_000);
  await write(2);
  await deployment.kill(["a2", "a3"]);
  await deployment.restart(["a1", "a2"]);

  const raw = await RawClient.connect(first?.servicePort ?? 0);
  const answers = async (): Promise<(number | string)[]> => {
    const replies = await Promise.all(keys.map((key) => raw.get(key, 2000)));
    return replies.map(({ resultCode, bins }) => (resultCode === 0 ? `n = ${bins["n"]}` : resultCode));
  };
  // What nobody was in sync of but a3 is unavailable, the rest is served by whoever was.
  await untilTrue("what can be served to be served", { timeoutMs: 30_000 }, async () => {
    const found = await answers();
    expect(found.filter((one) => one !== "n = 2" && one !== UNAVAILABLE_CODE)).toEqual([]);
    const served = found.filter((one) => one === "n = 2").length;
    return served > keys.length / 3;
  });
  const found = await answers();
  const lacking = keys.filter((_, index) => found[index] === UNAVAILABLE_CODE);
  expect(lacking.length).toBeGreaterThan(0);
  const statuses = await deployment.nodeStatuses("dc-a");
  const unavailable = statuses[0]?.namespaces.find(({ name }) => name === "test")?.unavailable ?? 0;
  expect(unavailable).toBeGreaterThan(0);
  const refused = await Promise.all(lacking.map((key) => raw.put(key, { n: 3 }, 2000)));
  expect(new Set(refused.map(({ resultCode }) => resultCode))).toEqual(new Set([UNAVAILABLE_CODE]));
  report("one node missing", { "probes served": keys.length - lacking.length, unavailable });

  await deployment.restart(["a3"]);
  await deployment.settled("dc-a");
  expect(new Set(await answers())).toEqual(new Set(["n = 2"]));
  raw.close();
  await load.flows("with all of them", 30_000);
  expect(await load.check()).toEqual([]);
  await load.stop();
});

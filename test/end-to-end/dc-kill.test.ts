/**
 * Proves: after kill -9 of all nodes of a datacenter at once, under load, every acknowledged write
 * is there, nothing was applied twice, and no read is answered as if the records did not exist while
 * the nodes start and find their data again.
 *
 * How: three nodes under a load of registers and token sets; all are killed by one loop of signals,
 * and restarted while the load and its readers run on, so the first answers of each starting node
 * are checked. The second time the nodes come back one after the other.
 */
import { afterAll, beforeAll, expect, test } from "vitest";
import { Deployment } from "../process/deployment.ts";
import { report } from "../process/figures.ts";
import { type Client, connectClient } from "../process/official-client.ts";
import { Registers } from "../process/registers.ts";
import { TokenSets } from "../process/token-sets.ts";
import { untilTrue } from "../process/until.ts";

const NODES = ["a1", "a2", "a3"];
const WRITES_BEFORE = 3000;
const WRITES_AFTER = 1000;

let deployment: Deployment;
let clients: Client[] = [];

/** Stopped before the clients are closed also when a test fails by its timeout. */
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
  for (const client of clients) client.close();
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

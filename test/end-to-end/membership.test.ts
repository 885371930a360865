/**
 * Proves: a node added to a running datacenter while writes go on takes its share of the data; a
 * node taken away for good while writes go on is replaced by copies elsewhere; nothing acknowledged
 * is lost, no read goes back, and the other datacenter stays equal.
 *
 * How: dc-a starts with two nodes. A third is started by its configuration file alone, as one
 * adds a machine. When it has its share, a1 is killed and never comes back; the two others
 * end up with all copies.
 */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { DatacenterLayout } from "../../cli/setup/layout.ts";
import { verifyNamespace } from "../../cli/verify/verify-namespace.ts";
import { Deployment, isBalanced, statusesOf } from "../process/deployment.ts";
import { ExtraNode, withExtraNode } from "../process/extra-node.ts";
import { report } from "../process/figures.ts";
import { type Client, connectClient } from "../process/official-client.ts";
import { Registers } from "../process/registers.ts";
import { TokenSets } from "../process/token-sets.ts";
import { untilTrue } from "../process/until.ts";

const KEYS = 200;
const TOKEN_KEYS = 8;
const MOVE_MS = 90_000;

let deployment: Deployment;
let clients: Client[] = [];
let added: ExtraNode | undefined;

/** Stopped before the nodes are also when a test fails by its timeout. */
const loads: { stop(): Promise<void> }[] = [];

beforeAll(async () => {
  deployment = await Deployment.start({ nodes: 2 });
  clients = [await connectClient(deployment.hosts("dc-a"))];
});
afterAll(async () => {
  await Promise.all(loads.map((load) => load.stop()));
  await added?.stop();
  await deployment?.dispose();
});

function without(datacenter: DatacenterLayout, name: string): DatacenterLayout {
  return { ...datacenter, nodes: datacenter.nodes.filter((node) => node.name !== name) };
}

async function expectEqual(datacenter: DatacenterLayout): Promise<void> {
  const datacenters = [datacenter, deployment.datacenter("dc-b")];
  for (const namespace of ["test", "gen"]) {
    const verdict = await verifyNamespace({
      datacenters,
      namespace,
      waitMs: 60_000,
      onProgress: () => undefined,
    });
    expect(verdict).toMatchObject({ verdict: "equal", unknownPartitions: 0 });
  }
}

test("a node joins and another leaves for good while writes go on", { timeout: 400_000 }, async () => {
  const registers = new Registers({ clients, set: "registers", keys: KEYS, readers: 4, pauseMs: 20 });
  const tokens = new TokenSets({ clients, set: "tokens", keys: TOKEN_KEYS, pauseMs: 50 });
  loads.push(registers, tokens);
  registers.start();
  tokens.start();
  const three = withExtraNode(deployment).datacenter;
  const two = without(three, "a1");
  const figures: Record<string, number> = {};
  try {
    await untilTrue("a first load", { timeoutMs: 30_000 }, () => registers.counts.applied > 2000);
    let startedMs = performance.now();
    const appliedBefore = registers.counts.applied;
    added = ExtraNode.start(deployment);
    await untilTrue("the third node to have its share", { timeoutMs: MOVE_MS, intervalMs: 200 }, () =>
      isBalanced(three),
    );
    figures["ms to take the third node in"] = performance.now() - startedMs;
    figures["writes meanwhile"] = registers.counts.applied - appliedBefore;
    const third = (await statusesOf(three)).find(({ name }) => name === "a3");
    const held = third?.namespaces.find(({ name }) => name === "test");
    figures["records on the third node"] = (held?.records ?? 0) + (held?.replicaRecords ?? 0);
    expect(held?.records).toBeGreaterThan(0);

    startedMs = performance.now();
    let killedMs = 0;
    await deployment.kill(["a1"], () => {
      killedMs = performance.now();
      registers.mark(killedMs);
    });
    await untilTrue("writes to all keys", { timeoutMs: 20_000, intervalMs: 10 }, () =>
      registers.registers.every(({ recoveredMs }) => recoveredMs !== undefined),
    );
    await untilTrue("the two others to hold all copies", { timeoutMs: MOVE_MS, intervalMs: 200 }, () =>
      isBalanced(two),
    );
    figures["ms until all copies are elsewhere"] = performance.now() - startedMs;
  } finally {
    await Promise.all([registers.stop(), tokens.stop()]);
  }
  const { counts } = registers;
  report("membership", { ...figures, "in doubt": counts.inDoubt, refused: counts.refused });
  const [reader] = clients;
  if (reader === undefined) throw new Error("no client");
  expect(await registers.check(reader)).toEqual([]);
  expect(await tokens.check(reader)).toEqual([]);
  expect(figures["writes meanwhile"]).toBeGreaterThan(100);
  // What was copied is counted once.
  const records = (await statusesOf(two)).flatMap(({ namespaces }) => namespaces.map((one) => one.records));
  expect(records.reduce((sum, count) => sum + count, 0)).toBe(KEYS + TOKEN_KEYS);
  await expectEqual(two);
});

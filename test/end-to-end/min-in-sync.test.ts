/**
 * Proves of a namespace with `min-in-sync: 2` and two copies (R6): with one of two nodes killed the
 * other refuses every write as forbidden now, applies none of the refused ones later, and goes on
 * answering reads, also those of a client whose writes it refuses all the time; with the node back
 * writes are acknowledged again. No acknowledged write is lost.
 *
 * How: a load runs through the kill and the return; its checker fails on a refused value that is ever
 * read. While one node is down, not one more write may be acknowledged.
 */
import { afterAll, beforeAll, expect, test } from "vitest";
import { Deployment } from "../process/deployment.ts";
import { report } from "../process/figures.ts";
import { Load } from "../process/load.ts";
import { keyOf } from "../process/official-client.ts";
import { RawClient } from "../process/raw-client.ts";
import { untilTrue } from "../process/until.ts";

const VICTIM = "a2";
/** FAIL_FORBIDDEN ("not now"), as the protocol numbers it. */
const FORBIDDEN_CODE = 22;
const FLOW_MS_MAX = 30_000;
const PARTITIONS = 4096;
const REFUSALS = 300;
const READS = 100;

let deployment: Deployment;
let load: Load | undefined;
let raw: RawClient | undefined;

beforeAll(async () => {
  deployment = await Deployment.start({ datacenters: 1, nodes: 2 });
  deployment.editConfig("dc-a", (config) => {
    config["namespaces"] = [{ name: "test", "replication-factor": 2, "min-in-sync": 2 }, { name: "gen" }];
  });
  await deployment.restart(["a1", "a2"]);
  await deployment.settled("dc-a");
});
afterAll(async () => {
  raw?.close();
  await load?.stop();
  await deployment?.dispose();
});

test("one copy too few: writes are refused for good, reads are answered", async () => {
  load = await Load.start(deployment.hosts("dc-a"), { set: "min-in-sync", keys: 16, readers: 3 });
  const { counts } = load.registers;
  await load.more(200);
  // Asks this node itself, whatever a client knows of the other.
  const [node] = deployment.datacenter("dc-a").nodes;
  raw = await RawClient.connect(node?.servicePort ?? 0);
  const client = raw;
  const keys = Array.from({ length: 50 }, (_, index) => keyOf("test", "min-in-sync", `probe-${index}`));
  const codesOf = async (n: number): Promise<Set<number>> => {
    const replies = await Promise.all(keys.map((key) => client.put(key, { n }, 1000)));
    return new Set(replies.map(({ resultCode }) => resultCode));
  };
  const values = async (): Promise<Set<unknown>> => {
    const replies = await Promise.all(keys.map((key) => client.get(key, 1000)));
    return new Set(replies.map(({ resultCode, bins }) => (resultCode === 0 ? bins["n"] : resultCode)));
  };
  expect(await codesOf(1)).toEqual(new Set([0]));

  await deployment.kill([VICTIM]);
  await untilTrue("all partitions to be short of a copy", { timeoutMs: FLOW_MS_MAX }, async () => {
    const [status] = await deployment.nodeStatuses("dc-a");
    const test = status?.namespaces.find(({ name }) => name === "test");
    return test?.primaries === PARTITIONS && test.underReplicated === PARTITIONS && test.unavailable === 0;
  });
  // Those of the dead node's partitions wait for what it was promised.
  await expect.poll(values, { timeout: FLOW_MS_MAX }).toEqual(new Set([1]));
  expect(await codesOf(2)).toEqual(new Set([FORBIDDEN_CODE]));
  const before = { ...counts };
  await untilTrue(
    "writes to be refused and reads to go on",
    { timeoutMs: FLOW_MS_MAX },
    () => counts.refused > before.refused + REFUSALS && counts.reads > before.reads + READS,
  );
  expect(counts.applied).toBe(before.applied);
  expect(await codesOf(3)).toEqual(new Set([FORBIDDEN_CODE]));
  expect(await values()).toEqual(new Set([1]));
  report("one copy too few", { refused: counts.refused, "in doubt": counts.inDoubt, reads: counts.reads });

  await deployment.restart([VICTIM]);
  await load.flows("with the second copy back", FLOW_MS_MAX);
  expect(await values()).toEqual(new Set([1]));
  expect(await codesOf(4)).toEqual(new Set([0]));
  expect(await load.check()).toEqual([]);
});

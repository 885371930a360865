/**
 * Proves (L1, L4) under load: restarting every node of a datacenter, one after the other, as an
 * upgrade does (SIGTERM, drain), and replacing a node by another (a new one joins, `meridian forget`
 * drains the old one) loses no acknowledged write, takes no read back, and fails hardly a request;
 * the share is printed. A forgotten node that is started again with its old disk stays outside.
 *
 * How: three nodes; the official client as applications have it, tried once per call. A fourth node
 * is started by its configuration alone.
 */
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import type { DatacenterLayout } from "../../cli/setup/layout.ts";
import { askAdmin, isOk } from "../../cli/setup/admin-client.ts";
import { Deployment, isBalanced } from "../process/deployment.ts";
import { ExtraNode, withExtraNode } from "../process/extra-node.ts";
import { report } from "../process/figures.ts";
import { Load } from "../process/load.ts";
import { elapse, untilTrue } from "../process/until.ts";

const NODES = ["a1", "a2", "a3"];
const REPLACED = "a2";
const WRITES = 300;
const MOVE_MS = 150_000;
const FLOW_MS_MAX = 20_000;
/** Of all operations, those that failed: the client notices a drained node within its interval. */
const FAILED_SHARE_MAX = 0.02;
/** A node outside would have joined within this time: registration, decision, delivery. */
const OUTSIDE_MS = 4000;

/** Patience with a machine that has other things to do. */
const SETUP_MS = 300_000;

let deployment: Deployment;
let extra: ExtraNode | undefined;
const loads: Load[] = [];

beforeAll(async () => {
  deployment = await Deployment.start({ datacenters: 1, nodes: 3 });
  await deployment.settled("dc-a");
}, SETUP_MS);
afterAll(async () => {
  await Promise.all(loads.map((load) => load.stop()));
  await extra?.stop();
  await deployment?.dispose();
});

const membersSchema = z.object({ members: z.array(z.object({ name: z.string() })) });

async function startLoad(set: string): Promise<Load> {
  const load = await Load.start(deployment.hosts("dc-a"), { set, keys: 60 });
  loads.push(load);
  await load.more(WRITES);
  return load;
}

/** Checks everything; prints, and returns, the share of operations that failed. */
async function finish(what: string, load: Load, figures: Record<string, number>): Promise<number> {
  expect(await load.check()).toEqual([]);
  const { applied, reads } = load.registers.counts;
  const share = load.failed / (applied + reads + load.failed);
  const failures = [...load.registers.failures].map(([message, count]) => `${count} x ${message}`);
  report(what, { ...figures, ...load.figures, "share failed": share, failures: failures.join("; ") });
  return share;
}

function without(datacenter: DatacenterLayout, name: string): DatacenterLayout {
  return { ...datacenter, nodes: datacenter.nodes.filter((node) => node.name !== name) };
}

test("a rolling restart of all nodes", { timeout: 400_000 }, async () => {
  const load = await startLoad("rolling");
  const boots: number[] = [];
  for (const name of NODES) {
    const pid = await deployment.pidOf(name);
    await deployment.restart([name]);
    boots.push(await deployment.pidOf(name));
    expect(boots.at(-1)).not.toBe(pid);
    await deployment.settled("dc-a");
    await load.more(WRITES);
  }
  await load.flows("after the last restart", FLOW_MS_MAX);
  const share = await finish("rolling restart", load, { "nodes restarted": boots.length });
  expect(share).toBeLessThan(FAILED_SHARE_MAX);
});

test("a node is replaced by another", { timeout: 600_000 }, async () => {
  const load = await startLoad("replace");
  const four = withExtraNode(deployment).datacenter;
  const three = without(four, REPLACED);
  const startedMs = performance.now();
  extra = ExtraNode.start(deployment);
  await untilTrue("the new node to have its share", { timeoutMs: MOVE_MS, intervalMs: 200 }, () =>
    isBalanced(four),
  );
  const joinedMs = performance.now() - startedMs;
  const forgotten = await deployment.meridian("forget", REPLACED, "--wait", String(MOVE_MS / 1000));
  expect(forgotten, forgotten.stderr).toMatchObject({ code: 0 });
  const leftMs = performance.now() - startedMs - joinedMs;
  await deployment.kill([REPLACED]);
  await untilTrue("the others to share evenly", { timeoutMs: MOVE_MS, intervalMs: 200 }, () =>
    isBalanced(three),
  );
  await load.flows("after the replacement", FLOW_MS_MAX);

  // Nobody is ready who is no member; so it is started without waiting for that.
  const refused = expect(deployment.restart([REPLACED])).rejects.toThrow(/ended at its start/);
  const [, place] = four.nodes;
  const url = `http://127.0.0.1:${place?.adminPort}`;
  await untilTrue("the forgotten node to run", { timeoutMs: 30_000 }, () => isOk(`${url}/healthz`));
  await elapse(OUTSIDE_MS);
  expect(await isOk(`${url}/readyz`)).toBe(false);
  for (const { adminPort } of three.nodes) {
    const { members } = await askAdmin(`http://127.0.0.1:${adminPort}/status`, membersSchema);
    expect(members.map(({ name }) => name)).not.toContain(REPLACED);
  }
  await deployment.kill([REPLACED]);
  await refused;
  const share = await finish("replaced node", load, { "ms to join": joinedMs, "ms to leave": leftMs });
  expect(share).toBeLessThan(FAILED_SHARE_MAX);
});

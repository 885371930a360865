/**
 * Proves of state that is not what it was when its process ended, while a load runs: no acknowledged
 * write is lost, no read goes back, and
 * - a node whose disk was wiped (P6) comes back under its name as a new member; the old id is gone;
 * - a node whose disk was put back to an old copy (P7) is refused with IDENTITY_LOST, also when the
 *   control KV was rolled back to the same time; wiped, it is taken back;
 * - a control KV rolled back to an old copy (K4) gets the newest map from the nodes, none of which
 *   goes back; the cluster map works on afterwards: a node that dies is replaced.
 *
 * How: one datacenter of three nodes; folders of stopped processes are copied, deleted and put back.
 */
import { cpSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Deployment } from "../process/deployment.ts";
import { report } from "../process/figures.ts";
import { Load } from "../process/load.ts";
import { untilTrue } from "../process/until.ts";

const FLOW_MS_MAX = 30_000;
const WRITES = 300;
const NATS = "a-nats";

/** Patience with a machine that has other things to do. */
const SETUP_MS = 300_000;

let deployment: Deployment;
const loads: Load[] = [];

beforeAll(async () => {
  deployment = await Deployment.start({ datacenters: 1, nodes: 3 });
  await deployment.settled("dc-a");
}, SETUP_MS);
afterAll(async () => {
  await Promise.all(loads.map((load) => load.stop()));
  await deployment?.dispose();
});

async function startLoad(set: string): Promise<Load> {
  const load = await Load.start(deployment.hosts("dc-a"), { set });
  loads.push(load);
  await load.more(WRITES);
  return load;
}

function dataOf(name: string): string {
  const found = deployment.datacenter("dc-a").nodes.find((node) => node.name === name);
  if (found === undefined) throw new Error(`no node ${name}`);
  return found.data;
}

async function statusOf(name: string) {
  return (await deployment.nodeStatuses("dc-a")).find((status) => status.name === name);
}

async function mapVersions(): Promise<number[]> {
  return (await deployment.nodeStatuses("dc-a")).map(({ mapVersion }) => mapVersion);
}

function wipe(folder: string): void {
  rmSync(folder, { recursive: true });
}

/** Puts `folder` back to what it was when `copy` was made of it. */
function putBack(folder: string, copy: string): void {
  wipe(folder);
  cpSync(copy, folder, { recursive: true });
  expect(readdirSync(folder).length).toBeGreaterThan(0);
}

async function expectRefused(name: string): Promise<void> {
  const log = join(deployment.layout.logFolder, `${name}.log`);
  const refusals = (): number => readFileSync(log, "utf8").split("the disk is an old copy").length;
  const before = refusals();
  await expect(deployment.restart([name])).rejects.toThrow(/old copy/);
  expect(refusals()).toBeGreaterThan(before);
}

test("P6: a wiped node is a new member under its old name", async () => {
  const load = await startLoad("wiped");
  const before = await statusOf("a1");
  await deployment.kill(["a1"]);
  wipe(dataOf("a1"));
  await load.flows("without the wiped node", FLOW_MS_MAX);
  await deployment.restart(["a1"]);
  await deployment.settled("dc-a");
  await load.flows("with it again", FLOW_MS_MAX);
  const after = await statusOf("a1");
  expect(after?.nodeId).not.toBe(before?.nodeId);
  expect(after?.namespaces[0]?.replicaRecords).toBeGreaterThan(0);
  expect(await load.check()).toEqual([]);
});

test("P7: an old copy of a disk is refused; wiped, the node is taken back", async () => {
  const load = await startLoad("old-copy");
  const copy = join(deployment.folder, "copy-of-a2");
  await deployment.kill(["a2"]);
  cpSync(dataOf("a2"), copy, { recursive: true });
  await deployment.restart(["a2"]);
  await deployment.settled("dc-a");
  await load.more(WRITES);
  await deployment.kill(["a2"]);
  putBack(dataOf("a2"), copy);
  await load.more(WRITES);
  await expectRefused("a2");
  await load.flows("with an old disk refused", FLOW_MS_MAX);
  wipe(dataOf("a2"));
  await deployment.restart(["a2"]);
  await deployment.settled("dc-a");
  expect(await load.check()).toEqual([]);
});

test("K4: the control KV rolled back gets the newest map from the nodes", async () => {
  const load = await startLoad("rolled-back");
  const { store } = deployment.datacenter("dc-a").nats;
  const copy = join(deployment.folder, "copy-of-nats");
  const diskCopy = join(deployment.folder, "copy-of-a3");
  await deployment.kill([NATS]);
  cpSync(store, copy, { recursive: true });
  await deployment.restart([NATS]);
  const versionThen = Math.max(...(await mapVersions()));

  // What the copy does not know: a node's death and its next boot, and moves of primaries.
  await deployment.kill(["a3"]);
  cpSync(dataOf("a3"), diskCopy, { recursive: true });
  await load.flows("without a3", FLOW_MS_MAX);
  await deployment.restart(["a3"]);
  await deployment.settled("dc-a");
  const versionSettled = Math.min(...(await mapVersions()));
  // Its death is in the map: of one that counts as up nobody knows what it may have followed, and the
  // others would wait for it.
  await deployment.kill(["a3"]);
  await untilTrue("the map to know a3's death", { timeoutMs: FLOW_MS_MAX }, async () => {
    return Math.min(...(await mapVersions())) > versionSettled;
  });
  const versionBefore = Math.min(...(await mapVersions()));
  expect(versionBefore).toBeGreaterThan(versionThen);

  await deployment.kill([NATS]);
  putBack(store, copy);
  // The registration in the KV does not know its later boot any more; the others' map does.
  putBack(dataOf("a3"), diskCopy);
  await deployment.restart([NATS]);
  await untilTrue("a newer map than any before", { timeoutMs: FLOW_MS_MAX }, async () => {
    const versions = await mapVersions();
    expect(Math.min(...versions)).toBeGreaterThanOrEqual(versionBefore);
    return Math.min(...versions) > versionBefore;
  });
  await expectRefused("a3");
  wipe(dataOf("a3"));
  await deployment.restart(["a3"]);
  await deployment.settled("dc-a");

  await deployment.kill(["a2"]);
  const failoverMs = await load.flows("after a death under the repaired map", FLOW_MS_MAX);
  await deployment.restart(["a2"]);
  expect(await load.check()).toEqual([]);
  report("stale control KV", { "map then": versionThen, before: versionBefore, "failover ms": failoverMs });
});

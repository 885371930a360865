/**
 * Proves, on a real nats-server: a cluster is formed once; the death of a member, also of the
 * controller, gives every node a new map within the target times; a killed NATS and a deleted
 * JetStream folder are put right by the nodes; no node is ever given an older map; a copy of an old
 * disk is refused (P7), a wiped one is a new member (P6).
 */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { createLogger } from "../../common/log.ts";
import { connectNats } from "../../common/nats/connect.ts";
import { JetstreamKv } from "../../node/controller/jetstream-kv.ts";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { ClusterMap, NodeId } from "../../proto/cluster-map.ts";
import { encodeMap } from "../../proto/cluster-map-codec.ts";
import { meridian } from "../../proto/gen/control.js";
import { CONTROL_BUCKET, MAP_KEY } from "../../proto/subjects.ts";
import { ControlCluster, type ControlNode } from "./control-cluster.ts";
import { NatsProcess } from "./nats-process.ts";
import { untilTrue } from "./until.ts";

let nats: NatsProcess;
let cluster: ControlCluster;

beforeEach(async () => {
  nats = await NatsProcess.start();
  cluster = new ControlCluster(nats.url, ["a1", "a2", "a3"]);
});
afterEach(async () => {
  await cluster.dispose();
  await nats.dispose();
});

const isDown = (map: ClusterMap, id: NodeId): boolean =>
  map.members.find((member) => member.id === id)?.state === "down";
const primariesOf = (map: ClusterMap, id: NodeId): number =>
  map.namespaces.reduce((sum, { rows }) => sum + rows.filter((row) => row.primary === id).length, 0);

async function formed(): Promise<ClusterMap> {
  await cluster.startAll();
  await cluster.untilAll("formation", (map) => map.members.length === 3);
  await cluster.untilController();
  return cluster.latest() as ClusterMap;
}

function expectForwardOnly(): void {
  for (const node of cluster.nodes) {
    const versions = node.maps.map(({ map }) => map.version);
    expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b));
    expect(new Set(node.maps.map(({ map }) => map.clusterId)).size).toBeLessThanOrEqual(1);
  }
}

/** Learners of the latest map are asked in by their primaries, again and again, until none is left. */
async function teachAll(): Promise<void> {
  await untilTrue("every learner in sync", { timeoutMs: 20_000, intervalMs: 100 }, () => {
    const map = cluster.latest();
    if (map === undefined) return false;
    let open = 0;
    const running = new Map(cluster.running().map((node) => [node.id, node]));
    for (const node of cluster.running()) {
      const requests = map.namespaces.flatMap(({ rows }, namespaceId) =>
        rows.flatMap((row, partition) =>
          row.primary !== node.id
            ? []
            : row.assigned
                .filter((id) => !row.inSync.includes(id) && running.has(id))
                .map((add) => ({
                  slot: namespaceId * 4096 + partition,
                  epoch: row.epoch,
                  mapVersion: map.version,
                  add,
                })),
        ),
      );
      open += requests.length;
      node.plane?.requestInSync(requests);
    }
    return open === 0 && map.members.every((member) => member.state === "up" || !running.has(member.id));
  });
}

test("a cluster is formed once, evenly", async () => {
  const map = await formed();
  expect(map.version).toBe(1);
  for (const node of cluster.nodes) {
    expect(primariesOf(map, node.id)).toBeGreaterThan(8192 / 3 - 100);
  }
  expectForwardOnly();
});

/**
 * Kills what `pick` picks, brings it back, again and again: the best time until every other node has
 * a map without it. The best of some, since other work on the machine only ever adds to it.
 */
async function bestFailoverMs(pick: () => ControlNode, wantedMs: number): Promise<number> {
  let bestMs = Infinity;
  for (let round = 0; round < 8 && bestMs > wantedMs; round++) {
    const victim = pick();
    const killedAtMs = performance.now();
    cluster.kill(victim);
    const doneAtMs = await cluster.untilAll("failover", (map) => isDown(map, victim.id));
    bestMs = Math.min(bestMs, doneAtMs - killedAtMs);
    const map = cluster.latest() as ClusterMap;
    expect(primariesOf(map, victim.id)).toBe(0);
    expect(map.namespaces.every(({ rows }) => rows.every((row) => row.primary !== null))).toBe(true);
    await cluster.start(victim);
    await cluster.untilAll("return", (after) => !isDown(after, victim.id));
    await teachAll();
    await cluster.untilController();
  }
  return bestMs;
}

test("a killed member is replaced within 150 ms, and gets its primaries back when it returns", async () => {
  const before = await formed();
  const idle = (): ControlNode => cluster.nodes.find((node) => !node.plane?.isController) as ControlNode;
  expect(await bestFailoverMs(idle, 150)).toBeLessThan(150);
  await cluster.untilAll("hand-over", (map) =>
    cluster.nodes.every((node) => Math.abs(primariesOf(map, node.id) - primariesOf(before, node.id)) < 10),
  );
  expectForwardOnly();
});

test("a killed controller is replaced, and its primaries with it, within 1.2 s", async () => {
  await formed();
  expect(await bestFailoverMs(() => cluster.controller() as ControlNode, 1200)).toBeLessThan(1200);
  expectForwardOnly();
});

test("NATS killed: nothing changes, and what happened meanwhile is decided when it is back", async () => {
  const before = await formed();
  await nats.kill();
  await untilTrue("the loss is noticed", { timeoutMs: 5000 }, () =>
    cluster.nodes.every((node) => !node.plane?.connected),
  );
  const victim = cluster.nodes[0] as ControlNode;
  cluster.kill(victim);
  expect(cluster.latest()?.version).toBe(before.version);
  await nats.run();
  await cluster.untilAll("failover", (map) => isDown(map, victim.id));
  expectForwardOnly();
});

test("the whole JetStream folder deleted: the map is rebuilt from the nodes, one version up", async () => {
  const before = await formed();
  await nats.kill();
  nats.deleteFolder();
  await nats.run();
  await cluster.untilAll("repair", (map) => map.version > before.version);
  const map = cluster.latest() as ClusterMap;
  expect(map.clusterId).toBe(before.clusterId);
  expect(map.namespaces).toEqual(before.namespaces);
  // And the cluster works on: members are registered anew, a controller decides.
  const victim = cluster.nodes[1] as ControlNode;
  cluster.kill(victim);
  await cluster.untilAll("failover", (after) => isDown(after, victim.id));
  await cluster.start(victim);
  await cluster.untilAll("return", (after) => !isDown(after, victim.id));
  expectForwardOnly();
});

test("folder deleted while all nodes are down: rebuilt when all that were up are back, or forgotten", async () => {
  const before = await formed();
  for (const node of cluster.nodes) cluster.kill(node);
  await nats.kill();
  nats.deleteFolder();
  await nats.run();
  const [first, second, third] = cluster.nodes as [ControlNode, ControlNode, ControlNode];
  await cluster.start(first);
  await untilTrue("a controller", { timeoutMs: 5000 }, () => first.plane?.isController === true);
  await cluster.start(second);
  // Whatever the third may know: it is said never to come back.
  const waited = first.maps.length;
  const given = await runMeridian("forget", third.id, "--nats", nats.url);
  expect(given.stdout).toBe(`${third.id} is given up; the cluster map is restored\n`);
  await cluster.untilAll("repair", (map) => map.version > before.version);
  expect(first.maps.slice(0, waited).every(({ map }) => map.version === before.version)).toBe(true);
  expect(cluster.latest()?.clusterId).toBe(before.clusterId);
  expectForwardOnly();
});

/** The command line, as an operator has it. */
function runMeridian(...args: readonly string[]): Promise<{ stdout: string }> {
  const command = join(import.meta.dirname, "../../cli/meridian.ts");
  return promisify(execFile)(process.execPath, [command, ...args], { timeout: 60_000 });
}

/** A view of the control bucket that is not the nodes'. */
async function withBucket<T>(use: (raw: JetstreamKv) => Promise<T>): Promise<T> {
  const log = createLogger({}, "silent");
  const signal = new AbortController().signal;
  const connection = await connectNats({ url: nats.url, name: "tamper", log }, signal, () => undefined);
  const raw = new JetstreamKv({
    connection,
    bucket: CONTROL_BUCKET,
    replicas: 1,
    connected: () => true,
    log,
  });
  try {
    return await use(raw);
  } finally {
    await connection.close();
  }
}

/** Overwrites the map in the bucket behind the controller's back. */
async function tamper(value: Uint8Array): Promise<void> {
  await withBucket(async (raw) => {
    const entry = await raw.last(MAP_KEY);
    const outcome = await raw.attempt(MAP_KEY, value, entry?.revision ?? 0, "tamper");
    expect(outcome.kind).toBe("written");
  });
}

test("K4: an older map in the KV goes to nobody, and is written over with the newest", async () => {
  const first = await formed();
  const victim = cluster.nodes.find((node) => !node.plane?.isController) as ControlNode;
  cluster.kill(victim);
  await cluster.untilAll("failover", (map) => isDown(map, victim.id));
  const newest = cluster.latest() as ClusterMap;
  await tamper(encodeMap(first));
  await cluster.untilAll("repair", (map) => map.version > newest.version && isDown(map, victim.id));
  expect(cluster.latest()?.namespaces).toEqual(newest.namespaces);
  expectForwardOnly();
});

test("K7: a map of a newer release is neither followed nor overwritten", async () => {
  const before = await formed();
  const newer = meridian.control.ClusterMap.encode({ format: 99, version: before.version + 1 }).finish();
  await tamper(newer);
  const victim = cluster.nodes.find((node) => !node.plane?.isController) as ControlNode;
  cluster.kill(victim);
  // A start goes through registration and a whole watch session of the bucket as it is now.
  await cluster.start(victim);
  expect(cluster.latest()).toBe(before);
  const stored = await withBucket((raw) => raw.last(MAP_KEY));
  expect(Buffer.compare(stored?.value ?? new Uint8Array(0), newer)).toBe(0);
});

test("another cluster's map: the node does not start, and the map is left alone", async () => {
  const before = await formed();
  const [first, second, third] = cluster.nodes as [ControlNode, ControlNode, ControlNode];
  cluster.kill(first);
  await cluster.untilAll("failover", (map) => isDown(map, first.id));
  first.maps.push({ map: { ...before, clusterId: "ANOTHER" }, atMs: 0 });
  await expect(cluster.start(first)).rejects.toMatchObject({ code: "CLUSTER_MISMATCH" });
  await cluster.stop(first);
  expect([second, third].map((node) => node.maps.at(-1)?.map.clusterId)).toEqual([
    before.clusterId,
    before.clusterId,
  ]);
});

test("NATS away at the start: the known map is given at once, registration follows when it is there", async () => {
  await formed();
  const victim = cluster.nodes[2] as ControlNode;
  cluster.kill(victim);
  await cluster.untilAll("failover", (map) => isDown(map, victim.id));
  await nats.kill();
  const started = cluster.start(victim);
  const given: ClusterMap[] = [];
  victim.plane?.onMap((map) => given.push(map));
  expect(given).toEqual([victim.maps.at(-1)?.map]);
  await nats.run();
  await started;
  await cluster.untilAll("return", (map) => !isDown(map, victim.id));
  expectForwardOnly();
});

test("an old copy of a disk is refused, a wiped disk comes back as another member", async () => {
  await formed();
  const victim = cluster.nodes.find((node) => !node.plane?.isController) as ControlNode;
  cluster.kill(victim);
  await cluster.untilAll("failover", (map) => isDown(map, victim.id));
  victim.boot -= 1;
  await expect(cluster.start(victim)).rejects.toMatchObject({ code: "IDENTITY_LOST" });
  await cluster.stop(victim);

  const old = victim.id;
  Object.assign(victim, cluster.make(victim.name));
  await cluster.start(victim);
  await cluster.untilAll("return", (map) => map.members.some((member) => member.id === victim.id));
  await teachAll();
  await cluster.untilAll("old id forgotten", (map) => map.members.every((member) => member.id !== old));
  expectForwardOnly();
});

test("a leaving member hands its primaries over, then goes without a failover", async () => {
  await formed();
  const leaver = cluster.controller() as ControlNode;
  await leaver.plane?.leave(5000);
  expect(primariesOf(leaver.maps.at(-1)?.map as ClusterMap, leaver.id)).toBe(0);
  await cluster.stop(leaver);
  await cluster.untilAll("down", (map) => isDown(map, leaver.id));
  expectForwardOnly();
});

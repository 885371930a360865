/**
 * The info protocol: what smart clients need to find their way, and that its answers follow the
 * cluster map: generations change exactly when what they stand for does.
 */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ClusterMap } from "../../proto/cluster-map.ts";
import { mapOf, memberAt, newNodeId, openDoor, type TestDoor } from "./door-set-up.ts";
import { RawClient } from "./raw-client.ts";
import { frame } from "./request-builder.ts";

let t: TestDoor;
let c: RawClient;

beforeEach(async () => {
  t = await openDoor();
  c = await RawClient.open(t.door.port);
});
afterEach(async () => {
  c.close();
  await t.door.stop();
});

async function value(command: string): Promise<string> {
  return (await c.info(command)).get(command) ?? "(no answer)";
}

/** Partitions whose bit is set in a bitmap of `replicas`. */
function partitionsOf(base64: string | undefined): number[] {
  const bitmap = Buffer.from(base64 ?? "", "base64");
  expect(bitmap.length).toBe(512);
  const found: number[] = [];
  for (let id = 0; id < 4096; id++) if (((bitmap[id >> 3] ?? 0) & (0x80 >> (id & 7))) !== 0) found.push(id);
  return found;
}

describe("finding the way", () => {
  test("several commands in one request, echoed in order", async () => {
    const answers = await c.info("node", "build", "cluster-name", "partition-generation");
    expect([...answers.keys()]).toEqual(["node", "build", "cluster-name", "partition-generation"]);
    expect(answers.get("node")).toBe(t.id);
    expect(answers.get("build")).toMatch(/^7\.\d+\.\d+\.\d+$/);
    expect(answers.get("cluster-name")).toBe("meridian-test");
    expect(Number(answers.get("partition-generation"))).toBeGreaterThan(0);
  });

  test("features that clients insist on", async () => {
    const features = (await value("features")).split(";");
    for (const feature of ["pscans", "batch-any", "pquery", "query-show"])
      expect(features).toContain(feature);
  });

  test("addresses of this node and of its peers that are up", async () => {
    const [peer, down] = [newNodeId(), newNodeId()];
    const members = [
      memberAt(t.id, t.door.port),
      memberAt(peer, 3010),
      { ...memberAt(down, 3020), state: "down" } as const,
    ];
    t.map = mapOf(members, 7, () => t.id);
    expect(await value("service-clear-std")).toBe(`127.0.0.1:${t.door.port}`);
    expect(await value("peers-clear-std")).toBe(`7,,[[${peer},,[127.0.0.1:3010]]]`);
    expect(await value("peers-clear-alt")).toBe(await value("peers-clear-std"));
    expect(await value("peers-tls-std")).toBe("7,,[]");
    // Clients outside of the nodes' network ask for alternates; who has none is named as always.
    const [own, other] = members;
    if (own === undefined || other === undefined) throw new Error("two members");
    const published = [
      { ...own, alternate: "localhost:13000" },
      { ...other, alternate: "localhost:13010" },
    ];
    t.map = mapOf(published, 8, () => t.id);
    expect(await value("service-clear-alt")).toBe("localhost:13000");
    expect(await value("peers-clear-alt")).toBe(`8,,[[${peer},,[localhost:13010]]]`);
    expect(await value("peers-clear-std")).toBe(`8,,[[${peer},,[127.0.0.1:3010]]]`);
  });

  test("a node without a map says that it is not ready", async () => {
    t.map = undefined;
    expect(await value("partition-generation")).toBe("-1");
    expect(await value("replicas")).toBe("");
    expect(await value("status")).toMatch(/^ERROR/);
  });
});

describe("replicas", () => {
  const split = (ids: readonly string[], version: number): ClusterMap => {
    const members = ids.map((id, index) => memberAt(id, 3000 + index));
    const map = mapOf(members, version, () => null);
    const rows = map.namespaces[0]?.rows.map((row, partition) => {
      const primary = ids[partition % ids.length] ?? null;
      // Of every fourth partition nobody is up; of every fifth the replicas are still learning.
      if (partition % 4 === 3) return { ...row, primary: null };
      if (partition % 5 === 4) return { ...row, primary, inSync: primary === null ? [] : [primary] };
      return { ...row, primary };
    });
    return { ...map, namespaces: [{ name: "test", logId: 1, rows: rows ?? [] }] };
  };

  test("list primaries by rank 0 and in-sync replicas by their preference", async () => {
    const ids = [t.id, newNodeId(), newNodeId()];
    const map = split(ids, 3);
    t.map = map;
    const [name, rest] = (await value("replicas")).split(":");
    const [regime, count, ...bitmaps] = (rest ?? "").split(",");
    expect([name, regime, count, bitmaps.length]).toEqual(["test", "0", "3", 3]);
    const ranks = bitmaps.map(partitionsOf);
    for (const [partition, row] of (map.namespaces[0]?.rows ?? []).entries()) {
      const replicas = row.assigned.filter((id) => id !== row.primary && row.inSync.includes(id));
      const order = row.primary === null ? [] : [row.primary, ...replicas];
      for (const [rank, partitions] of ranks.entries()) {
        expect(partitions.includes(partition)).toBe(order[rank] === t.id);
      }
    }
  });

  test("a node that may not serve claims nothing, and says that this changed", async () => {
    t.map = mapOf([memberAt(t.id, 3000)], 3, () => t.id);
    const before = await value("partition-generation");
    t.serving = false;
    expect(await value("partition-generation")).not.toBe(before);
    expect(partitionsOf((await value("replicas")).split(";")[0]?.split(",")[2])).toEqual([]);
    t.serving = true;
    expect(await value("partition-generation")).toBe(before);
    expect(partitionsOf((await value("replicas")).split(";")[0]?.split(",")[2])).toHaveLength(4096);
  });

  test("generations: partitions with every map, peers with the members", async () => {
    const members = [memberAt(t.id, 3000), memberAt(newNodeId(), 3010)];
    t.map = mapOf(members, 5, () => t.id);
    const [partitions, peers] = [await value("partition-generation"), await value("peers-generation")];
    t.map = mapOf(members, 6, () => t.id);
    expect(await value("partition-generation")).not.toBe(partitions);
    expect(await value("peers-generation")).toBe(peers);
    t.map = mapOf([memberAt(t.id, 3000)], 7, () => t.id);
    expect(await value("peers-generation")).not.toBe(peers);
  });
});

describe("for operators and tools", () => {
  test("namespaces, their configuration, numbers and counters", async () => {
    expect(await value("namespaces")).toBe("test;gen");
    const pairs = new Map(
      (await value("namespace/gen")).split(";").map((pair) => pair.split("=") as [string, string]),
    );
    expect(pairs.get("conflict-resolution-policy")).toBe("generation");
    expect(pairs.get("default-ttl")).toBe("100");
    expect(pairs.get("objects")).toBe("0");
    expect(pairs.get("client_read_success")).toBe("0");
    expect(pairs.get("ns_cluster_size")).toBe("1");
    expect(await value("namespace/none")).toMatch(/^ERROR/);
    expect(await value("get-config:context=namespace;namespace=gen")).toContain("default-ttl=100");
  });

  test("statistics", async () => {
    const statistics = await value("statistics");
    expect(statistics).toContain("cluster_size=1;");
    expect(statistics).toContain("client_connections=1;");
    expect(statistics).toContain("mine=1");
  });

  test("racks", async () => {
    const other = newNodeId();
    t.map = mapOf([memberAt(t.id, 3000), { ...memberAt(other, 3010), rackId: 2 }], 2, () => t.id);
    expect(await value("rack-ids")).toBe("test:0;gen:0");
    expect(await value("racks:namespace=test")).toBe(`ns=test:rack_0=${t.id}:rack_2=${other}`);
  });

  test("cluster-stable gives one key on all nodes, or an error while something moves", async () => {
    const ids = [t.id, newNodeId()];
    const members = ids.map((id) => memberAt(id, 3000));
    t.map = mapOf(members, 2, () => t.id);
    const key = await value("cluster-stable:");
    expect(key).toMatch(/^[0-9A-F]+$/);
    t.map = mapOf([...members].reverse(), 3, () => t.id);
    expect(await value("cluster-stable:")).toBe(key);
    expect(await value("cluster-stable:size=3")).toMatch(/^ERROR/);
    t.map = mapOf(members, 4, (partition) => (partition === 9 ? null : t.id));
    expect(await value("cluster-stable:ignore-migrations=true")).toMatch(/^ERROR/);
  });

  test("what is not known is an error, not silence", async () => {
    expect(await value("make-coffee")).toMatch(/^ERROR:4/);
    expect(await value("truncate:namespace=test")).toMatch(/^ERROR/);
  });
});

describe("requests out of the ordinary", () => {
  test("an empty one is a dump", async () => {
    c.send(frame(1, Buffer.alloc(0)));
    expect((await c.frame()).body.toString()).toContain(`node\t${t.id}\n`);
  });

  test("replies are bounded", async () => {
    const answers = Buffer.from("replicas\n".repeat(6000));
    c.send(frame(1, answers));
    expect((await c.frame()).body.length).toBeLessThanOrEqual(512 * 1024 + 100);
    c.send(frame(1, Buffer.alloc(70_000, 97)));
    expect((await c.frame()).body.toString()).toMatch(/^ERROR/);
  });

  test("any bytes get an answer", async () => {
    c.send(frame(1, Buffer.from(Array.from({ length: 256 }, (_, index) => index))));
    expect((await c.frame()).body.length).toBeGreaterThan(0);
  });
});

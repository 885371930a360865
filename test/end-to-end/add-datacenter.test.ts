/**
 * Proves that a datacenter is added while traffic flows: what was written before comes by a scan, since the
 * change logs are trimmed, what is written meanwhile and after comes too, and all three are equal, although a
 * shipper is killed in between; that it writes itself from then on; and that one that is removed gets
 * nothing, holds nothing, and catches up when it is added again.
 */
import { afterAll, beforeAll, expect, test } from "vitest";
import { Deployment } from "../process/deployment.ts";
import { type Client, connectClient, keyOf, outcomeOf } from "../process/official-client.ts";
import { elapse, until } from "../process/until.ts";

const WAIT = { timeoutMs: 60_000, intervalMs: 200 };
const BEFORE = 3000;

interface Remote {
  readonly name: string;
  readonly "src-id": number;
  readonly nats: string;
}

let deployment: Deployment;
let a: Client;
let c: Client;
/** By datacenter, those that its file had before it was edited. */
const remotes = new Map<string, readonly Remote[]>();

const PAIRS = [
  ["dc-a", "dc-c"],
  ["dc-b", "dc-c"],
  ["dc-c", "dc-a"],
  ["dc-c", "dc-b"],
] as const;

beforeAll(async () => {
  deployment = await Deployment.start({ datacenters: 3, nodes: 1, replicationFactor: 1 });
  for (const { name } of deployment.layout.datacenters) {
    deployment.editConfig(name, (config) => {
      remotes.set(name, config["remotes"] as readonly Remote[]);
      config["change-log"] = { "keep-bytes": 0 };
    });
  }
  // Nothing was written yet: as if they had never known each other.
  for (const [one, other] of PAIRS) await meridian("xdr", "remove", one, other);
  await deployment.restart(
    deployment.layout.datacenters.flatMap(({ nodes }) => nodes.map(({ name }) => name)),
  );
  for (const { name } of deployment.layout.datacenters) await deployment.settled(name);
  a = await connectClient(deployment.hosts("dc-a"));
  c = await connectClient(deployment.hosts("dc-c"));
});
afterAll(async () => {
  await deployment?.dispose();
});

async function meridian(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await deployment.meridian(...args);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return stdout;
}

async function add(to: string, other: string): Promise<void> {
  const remote = remotes.get(to)?.find(({ name }) => name === other);
  if (remote === undefined) throw new Error(`${to} does not know ${other}`);
  const told = await meridian(
    "xdr",
    "add",
    to,
    other,
    "--src-id",
    `${remote["src-id"]}`,
    "--nats",
    remote.nats,
  );
  expect(told).toContain("holds at all nodes");
}

async function put(client: Client, key: number, value: number): Promise<void> {
  expect(await outcomeOf(client.put(keyOf("test", "added", `${key}`), { value }))).toEqual({
    kind: "applied",
  });
}

/** Writes until it is told to end; how many keys it wrote. */
function writing(first: number): { end: () => Promise<number> } {
  let ended = false;
  const run = async (): Promise<number> => {
    let key = first;
    while (!ended) {
      await put(a, key++, 1);
      await elapse(2);
    }
    return key;
  };
  const work = run();
  return {
    end: async () => {
      ended = true;
      return await work;
    },
  };
}

async function firstSequences(): Promise<boolean> {
  const metrics = await Promise.all(
    deployment.datacenter("dc-a").nodes.map(async ({ adminPort }) => {
      const text = await (await fetch(`http://127.0.0.1:${adminPort}/metrics`)).text();
      return Number(/^meridian_change_log_bytes (\d+)/m.exec(text)?.[1] ?? Number.NaN);
    }),
  );
  return metrics.every((bytes) => bytes < 100_000);
}

test("a datacenter that is added has all that was written before, meanwhile and after", async () => {
  for (let key = 0; key < BEFORE; key += 50) {
    await Promise.all(Array.from({ length: 50 }, (_, index) => put(a, key + index, 0)));
  }
  await until("the change log to be trimmed", WAIT, async () =>
    (await firstSequences()) ? true : undefined,
  );

  const writer = writing(BEFORE);
  for (const [one, other] of PAIRS) await add(one, other);
  await deployment.kill(["a-shipper"]);
  await deployment.restart(["a-shipper"]);
  const end = await writer.end();
  const last = keyOf("test", "added", `${end - 1}`);
  await until("the last write to be in dc-c", WAIT, async () => ((await c.exists(last)) ? true : undefined));
  const { verdict, namespaces } = await deployment.verify(30);
  expect(verdict).toBe("equal");
  expect(namespaces.find(({ namespace }) => namespace === "test")?.records["dc-c"]).toBe(end);
  expect(await meridian("xdr", "get", "dc-a")).toContain("dc-c (src-id 3,");
  expect(
    await deployment.meridian("xdr", "add", "dc-a", "dc-d", "--src-id", "3", "--nats", "x:1"),
  ).toMatchObject({ code: 3, stderr: expect.stringContaining("src-id 3 is dc-c's") });

  await put(c, 1, 5);
  await until("a write of dc-c to be in dc-a", WAIT, async () => {
    const { bins } = await a.get(keyOf("test", "added", "1"));
    return bins["value"] === 5 ? true : undefined;
  });
});

test("one that is removed gets nothing, frees the log, and catches up when it is added again", async () => {
  for (const name of ["dc-a", "dc-b"]) await meridian("xdr", "remove", name, "dc-c");
  const wrong = await deployment.meridian("xdr", "remove", "dc-a", "dc-c");
  expect(wrong).toMatchObject({ code: 3, stderr: expect.stringContaining("there is no datacenter dc-c") });
  for (let key = 0; key < 500; key += 50) {
    await Promise.all(Array.from({ length: 50 }, (_, index) => put(a, key + index, 7)));
  }
  await until("the log to be trimmed without it", WAIT, async () =>
    (await firstSequences()) ? true : undefined,
  );
  expect((await c.get(keyOf("test", "added", "499"))).bins["value"]).toBe(0);
  // Also across a restart: it is the map that knows.
  await deployment.kill(["a1"]);
  await deployment.restart(["a1"]);
  expect(await meridian("xdr", "get", "dc-a")).not.toContain("dc-c");
  for (const name of ["dc-a", "dc-b"]) await add(name, "dc-c");
  await until("the last write to be in dc-c", WAIT, async () => {
    const { bins } = await c.get(keyOf("test", "added", "499"));
    return bins["value"] === 7 ? true : undefined;
  });
  expect((await deployment.verify(30)).verdict).toBe("equal");
});

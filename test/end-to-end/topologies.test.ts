/**
 * Proves of topologies other than a mesh, made of three real datacenters by orders at run time: in a star, a
 * chain and a ring every write arrives everywhere once, and nothing goes on going round; conflicts end alike
 * at both ends of a chain; what is forwarded is in the ledger; verification proves a difference across a
 * datacenter between; and a rewind brings what a filter has kept back.
 */
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { namespacesOf } from "../../cli/failover/namespaces.ts";
import { datacenterNamed } from "../../cli/setup/layout.ts";
import { orderSettings } from "../../cli/xdr/ask-settings.ts";
import type { XdrChange } from "../../common/xdr/xdr-orders.ts";
import { takeLedger } from "../../cli/ledger/take-ledger.ts";
import type { LinkLedger } from "../../cli/ledger/balance.ts";
import { Deployment } from "../process/deployment.ts";
import { type Client, connectClient, keyOf, outcomeOf } from "../process/official-client.ts";
import { until } from "../process/until.ts";

const WAIT = { timeoutMs: 30_000, intervalMs: 100 };
const NAMES = ["dc-a", "dc-b", "dc-c"] as const;
type Name = (typeof NAMES)[number];

let deployment: Deployment;
const clients = new Map<Name, Client>();

beforeAll(async () => {
  deployment = await Deployment.start({ datacenters: 3, nodes: 1, replicationFactor: 1 });
  for (const name of NAMES) clients.set(name, await connectClient(deployment.hosts(name)));
});
afterAll(async () => {
  await deployment?.dispose();
});

function clientOf(name: Name): Client {
  const client = clients.get(name);
  if (client === undefined) throw new Error(`no client of ${name}`);
  return client;
}

/** Orders settings of shipping to `dc`, or with an empty one of namespaces themselves. */
async function order(from: Name, changes: readonly Omit<XdrChange, "action">[]): Promise<void> {
  const setup = await deployment.running();
  const wanted = changes.map((change) => ({ ...change, action: "set" as const }));
  expect((await orderSettings(setup, datacenterNamed(setup, from), wanted, 20_000)).missing).toEqual([]);
}

async function set(from: Name, dc: Name | "", name: string, value: string): Promise<void> {
  await order(from, [{ dc, namespace: "test", name, value }]);
}

/** Only these links ship, and forward or not; returns the ledger once what that brought is dealt with. */
async function shape(links: readonly string[], forward: boolean): Promise<Map<string, LinkLedger>> {
  const namespaces = await namespacesOf(deployment.layout.datacenters);
  for (const from of NAMES) {
    const changes = NAMES.filter((to) => to !== from).flatMap((dc) =>
      namespaces.flatMap((namespace) => {
        const enabled = links.includes(`${from.at(-1)}${dc.at(-1)}`);
        return [
          { dc, namespace, name: "enabled", value: String(enabled) },
          { dc, namespace, name: "forward", value: String(forward) },
        ];
      }),
    );
    await order(from, changes);
  }
  return await settledLinks();
}

async function put(name: Name, key: string, value: string): Promise<void> {
  expect(await outcomeOf(clientOf(name).put(keyOf("test", "topo", key), { value }))).toEqual({
    kind: "applied",
  });
}

async function valueIn(name: Name, key: string): Promise<unknown> {
  const place = keyOf("test", "topo", key);
  const client = clientOf(name);
  return (await client.exists(place)) ? (await client.get(place)).bins["value"] : undefined;
}

async function everywhere(key: string, value: string): Promise<void> {
  await until(`${key} to be ${value} everywhere`, WAIT, async () => {
    const values = await Promise.all(NAMES.map((name) => valueIn(name, key)));
    return values.every((one) => one === value) ? true : undefined;
  });
}

async function links(): Promise<Map<string, LinkLedger>> {
  const { links: all, unaccounted } = await takeLedger(deployment.layout.datacenters, ["test"]);
  expect(unaccounted).toBe(0);
  return new Map(all.map((link) => [`${link.from.at(-1)}${link.to.at(-1)}`, link]));
}

/** The ledger once nothing lags and it stands still over a whole look. */
async function settledLinks(): Promise<Map<string, LinkLedger>> {
  let last = "";
  return await until("the ledger to stand still", { timeoutMs: 30_000, intervalMs: 700 }, async () => {
    const { ships } = await deployment.overview();
    if (ships.some(({ lagRecords }) => lagRecords !== 0)) return undefined;
    const found = await links();
    const text = JSON.stringify([...found]);
    const still = text === last && [...found.values()].every(({ pending }) => pending === 0);
    last = text;
    return still ? found : undefined;
  });
}

/** What each link has brought since `before`. */
async function brought(before: ReadonlyMap<string, LinkLedger>) {
  const now = await settledLinks();
  const figures = (link: LinkLedger | undefined) => ({
    forwarded: link?.ended.forwarded ?? 0,
    applied: link?.ended.applied ?? 0,
    superseded: link?.ended.superseded ?? 0,
  });
  return Object.fromEntries(
    [...now].map(([name, link]) => {
      const [then, since] = [figures(before.get(name)), figures(link)];
      return [
        name,
        {
          forwarded: since.forwarded - then.forwarded,
          applied: since.applied - then.applied,
          superseded: since.superseded - then.superseded,
        },
      ];
    }),
  );
}

async function verifyEqual(): Promise<void> {
  expect((await deployment.verify(20)).verdict).toBe("equal");
}

test("a star: one writes, the others have it, refuse clients, and ship nothing", async () => {
  await shape(["ab", "ac"], false);
  for (const name of ["dc-b", "dc-c"] as const) await set(name, "", "reject-non-xdr-writes", "true");
  for (let index = 0; index < 10; index++) await put("dc-a", `star${index}`, "1");
  await everywhere("star9", "1");
  const refused = await outcomeOf(clientOf("dc-b").put(keyOf("test", "topo", "own"), { value: "2" }));
  expect(refused).toMatchObject({ kind: "refused", code: 10 });
  expect([...(await links()).keys()]).toEqual(["ab", "ac"]);
  const { ships } = await deployment.overview();
  const off = ships.find(({ from, to }) => from === "dc-b" && to === "dc-c");
  expect(off).toMatchObject({ lagRecords: 0, cause: "off", stalledSeconds: null });
  await verifyEqual();
  for (const name of ["dc-b", "dc-c"] as const) await set(name, "", "reject-non-xdr-writes", "false");
});

test("a chain: what is written at one end arrives at the other once, and conflicts end alike", async () => {
  const before = await shape(["ab", "ba", "bc", "cb"], true);
  for (let index = 0; index < 10; index++) await put("dc-a", `left${index}`, "1");
  for (let index = 0; index < 5; index++) await put("dc-c", `right${index}`, "1");
  await put("dc-b", "middle", "1");
  await everywhere("left9", "1");
  await everywhere("right4", "1");
  await everywhere("middle", "1");
  // Each change once on each link: to where it came from, or was made, nothing goes back.
  expect(await brought(before)).toMatchObject({
    ab: { forwarded: 0, applied: 10, superseded: 0 },
    bc: { forwarded: 10, applied: 11, superseded: 0 },
    cb: { forwarded: 0, applied: 5, superseded: 0 },
    ba: { forwarded: 5, applied: 6, superseded: 0 },
  });

  await set("dc-b", "dc-c", "max-throughput", "0");
  await set("dc-c", "dc-b", "max-throughput", "0");
  await put("dc-a", "same", "from a");
  await put("dc-c", "same", "from c, later");
  await put("dc-a", "same2", "from a");
  await set("dc-c", "dc-b", "max-throughput", "100000");
  await inThese("same", ["dc-a", "dc-b"], "from c, later");
  await set("dc-b", "dc-c", "max-throughput", "100000");
  await everywhere("same", "from c, later");
  await everywhere("same2", "from a");
  await verifyEqual();
});

async function inThese(key: string, names: readonly Name[], value: string): Promise<void> {
  await until(`${key} to be ${value} in ${names.join()}`, WAIT, async () => {
    const values = await Promise.all(names.map((name) => valueIn(name, key)));
    return values.every((one) => one === value) ? true : undefined;
  });
}

test("the continuous verification certifies a chain, and proves a difference across it", async () => {
  const pass = async (): Promise<string> => {
    const { stdout } = await deployment.meridian(
      "verify",
      ...["--namespace", "test", "--passes", "1", "--wait", "15", "--json"],
    );
    const last: unknown = JSON.parse(stdout.trim().split("\n").at(-1) ?? "");
    return z.object({ outcome: z.object({ verdict: z.string() }) }).parse(last).outcome.verdict;
  };
  expect(await pass()).toBe("equal");
  // A filter of the middle keeps it from the one end: it stays out of the comparison then, and is real after.
  await set("dc-b", "dc-c", "ignore-set", "topo");
  await put("dc-a", "kept", "back");
  await inThese("kept", ["dc-a", "dc-b"], "back");
  await put("dc-b", "own", "of b");
  await settledLinks();
  await set("dc-b", "dc-c", "ignore-set", "");
  expect(await valueIn("dc-c", "kept")).toBeUndefined();
  expect(await pass()).toBe("different");
});

test("a rewind ships again what a filter has kept back, since a time or all, and ends", async () => {
  const link = ["dc-b", "--to", "dc-c", "--namespace", "test"];
  const { code, stdout } = await deployment.meridian("xdr", "rewind", ...link, "--since", "10m");
  expect([code, stdout]).toEqual([0, expect.stringContaining("all has arrived")]);
  await everywhere("kept", "back");
  await everywhere("own", "of b");
  const all = await deployment.meridian("xdr", "rewind", ...link, "--since", "all");
  expect(all.code).toBe(0);
  expect((await deployment.meridian("xdr", "get", ...link)).stdout).toMatch(/rewind +-1/);
  const wrong = await deployment.meridian("xdr", "rewind", ...link, "--since", "soon");
  expect([wrong.code, wrong.stderr]).toEqual([3, expect.stringContaining("--since soon")]);
  await verifyEqual();
});

test("a ring: a write goes round once and ends", async () => {
  const before = await shape(["ab", "bc", "ca"], true);
  for (let index = 0; index < 10; index++) await put("dc-a", `ring${index}`, "1");
  await put("dc-b", "ring-b", "1");
  await put("dc-c", "ring-c", "1");
  for (const key of ["ring9", "ring-b", "ring-c"]) await everywhere(key, "1");
  expect(await brought(before)).toMatchObject({
    ab: { forwarded: 1, applied: 11, superseded: 0 },
    bc: { forwarded: 10, applied: 11, superseded: 0 },
    ca: { forwarded: 1, applied: 2, superseded: 0 },
  });
  await verifyEqual();
});

test("a mesh that forwards sends everything twice, and nothing for ever", async () => {
  const before = await shape(["ab", "ac", "ba", "bc", "ca", "cb"], true);
  for (let index = 0; index < 10; index++) await put("dc-a", `mesh${index}`, "1");
  await everywhere("mesh9", "1");
  const after = await brought(before);
  const sum = (pick: (one: { applied: number; superseded: number }) => number): number =>
    Object.values(after).reduce((total, one) => total + pick(one), 0);
  expect(sum(({ applied }) => applied)).toBe(20);
  expect(sum(({ superseded }) => superseded)).toBeLessThanOrEqual(20);
  await verifyEqual();
});

/**
 * Proves of settings of shipping that are ordered at run time: what is filtered is counted as filtered and
 * nothing is unaccounted for; a comparison leaves it out and says so; a pause holds changes, is told as the
 * cause of the lag, and loses none; what Aerospike's info command sets survives the kill of all nodes; what a
 * namespace refuses is answered 10, and changes of others wait until they are taken; what does not pass a
 * filter that the official client sets is filtered, too, and not judged by a comparison. The namespace is one
 * whose bins converge: what both datacenters write to a record while they do not hear of each other stands in
 * both, bin by bin, and what a bin lost is told and can be put back without the others; a bin that is not
 * shipped stays what it is.
 */
import { isDeepStrictEqual } from "node:util";
import Aerospike from "aerospike";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { takeLedger } from "../../cli/ledger/take-ledger.ts";
import { RawClient } from "../door/raw-client.ts";
import { Deployment } from "../process/deployment.ts";
import { type Client, connectClient, keyOf, outcomeOf, read } from "../process/official-client.ts";
import { until, untilTrue } from "../process/until.ts";

const WAIT = { timeoutMs: 20_000, intervalMs: 100 };
const LINK = ["dc-a", "--to", "dc-b", "--namespace", "test"];

let deployment: Deployment;
let a: Client;
let b: Client;

beforeAll(async () => {
  deployment = await Deployment.start({ nodes: 1, replicationFactor: 1, conflictResolveWrites: true });
  a = await connectClient(deployment.hosts("dc-a"));
  b = await connectClient(deployment.hosts("dc-b"));
});
afterAll(async () => {
  await deployment?.dispose();
});

async function put(client: Client, set: string, name: string, value: number): Promise<unknown> {
  return await outcomeOf(client.put(keyOf("test", set, name), { value }));
}

async function valueIn(client: Client, set: string, name: string): Promise<unknown> {
  const key = keyOf("test", set, name);
  return (await client.exists(key)) ? (await client.get(key)).bins["value"] : undefined;
}

async function order(...args: string[]): Promise<void> {
  expect(await deployment.meridian("xdr", ...args)).toMatchObject({
    code: 0,
    stdout: expect.stringContaining("holds at all nodes"),
  });
}

async function info(datacenter: string, command: string): Promise<string> {
  const [node] = deployment.datacenter(datacenter).nodes;
  const client = await RawClient.open(node?.servicePort ?? 0);
  const answers = await client.info(command);
  client.close();
  return answers.get(command) ?? "";
}

/** Of the changes of dc-a in dc-b, once all of them are dealt with. */
async function settledLedger() {
  return await until("all changes to be dealt with", WAIT, async () => {
    const { links, unaccounted } = await takeLedger(deployment.layout.datacenters, ["test"]);
    expect(unaccounted).toBe(0);
    const link = links.find(({ from }) => from === "dc-a");
    return link?.pending === 0 ? { made: link.made, ...link.ended } : undefined;
  });
}

test("sets that are not shipped are filtered, counted, left out of a comparison, and shipped once they may", async () => {
  await order("set", ...LINK, "ignore-set+=cache");
  for (let index = 0; index < 20; index++) {
    expect(await put(a, "cache", `k${index}`, index)).toEqual({ kind: "applied" });
    expect(await put(a, "kept", `k${index}`, index)).toEqual({ kind: "applied" });
  }
  expect(await settledLedger()).toMatchObject({ made: 40, applied: 20, filtered: 20 });
  expect((await deployment.meridian("ledger")).stdout).toMatch(/^dc-a -> dc-b +test +40 .* 20 +0 +0 *$/m);
  expect([await valueIn(b, "kept", "k7"), await valueIn(b, "cache", "k7")]).toEqual([7, undefined]);
  const { verdict, namespaces } = z
    .object({ verdict: z.string(), namespaces: z.array(z.looseObject({ leftOut: z.array(z.string()) })) })
    .parse(await deployment.json("verify", "--wait", "5"));
  expect(verdict).toBe("equal");
  expect(namespaces.flatMap(({ leftOut }) => leftOut)).toEqual(["dc-a -> dc-b: set cache is not shipped"]);

  await order("set", ...LINK, "ignore-set-=cache");
  await put(a, "cache", "k7", 70);
  expect(await settledLedger()).toMatchObject({ made: 41, applied: 21, filtered: 20 });
  expect([await valueIn(b, "cache", "k7"), await valueIn(b, "cache", "k8")]).toEqual([70, undefined]);
  // Left as it is, the comparison would have a difference at dispose.
  await order("set", ...LINK, "ignore-set+=cache");
});

test("a pause holds changes and survives, with what info commands set, the kill of the node", async () => {
  await order("pause", ...LINK);
  for (let index = 0; index < 5; index++) await put(a, "kept", `p${index}`, index);
  await until("the pause to be told as the lag's cause", WAIT, async () => {
    const { ships } = await deployment.overview();
    const ship = ships.find(({ from }) => from === "dc-a");
    return ship?.lagRecords === 5 && ship.held[0]?.cause === "paused" ? ship : undefined;
  });
  const place = "context=xdr;dc=dc-b;namespace=test";
  expect(await info("dc-a", `set-config:${place};delay-ms=70`)).toBe("ok");
  expect(await info("dc-a", `set-config:${place};delay-ms=5001`)).toMatch(/^ERROR:4:delay-ms: Too big/);
  expect(await info("dc-a", `set-config:${place};forward=perhaps`)).toMatch(
    /^ERROR:4:forward: Invalid input/,
  );

  await deployment.kill(["a1"]);
  await deployment.restart(["a1"]);
  await deployment.settled("dc-a");
  const held = await info("dc-a", `get-config:${place}`);
  for (const pair of ["delay-ms=70", "max-throughput=0", "ignored-sets=cache"]) expect(held).toContain(pair);
  expect(await valueIn(b, "kept", "p0")).toBeUndefined();
  expect(await info("dc-a", "get-config:context=xdr")).toBe("dcs=dc-b;src-id=1;trace-sample=0");

  await order("resume", ...LINK);
  expect(await settledLedger()).toMatchObject({ made: 46, applied: 26, filtered: 20 });
  expect(await valueIn(b, "kept", "p4")).toBe(4);
});

test("a namespace refuses clients with code 10, or changes of others, which wait", async () => {
  await order("set", "dc-b", "--namespace", "test", "reject-non-xdr-writes=true");
  expect(await put(b, "kept", "own", 1)).toMatchObject({ kind: "refused", code: 10 });
  await put(a, "kept", "theirs", 1);
  await untilTrue("a change of dc-a to arrive", WAIT, async () => (await valueIn(b, "kept", "theirs")) === 1);
  expect(await info("dc-b", "namespace/test")).toMatch(/reject-non-xdr-writes=true;.*fail_xdr_forbidden=1;/);

  await order("set", "dc-b", "--namespace", "test", "reject-non-xdr-writes=false", "reject-xdr-writes=true");
  expect(await put(b, "kept", "own", 1)).toEqual({ kind: "applied" });
  await put(a, "kept", "waits", 1);
  const [node] = deployment.datacenter("dc-b").nodes;
  await untilTrue("the change to be refused", WAIT, async () => {
    const metrics = await (await fetch(`http://127.0.0.1:${node?.adminPort}/metrics`)).text();
    return /meridian_xdr_apply_refused_total\{reason="rejected"\} [1-9]/.test(metrics);
  });
  expect(await valueIn(b, "kept", "waits")).toBeUndefined();
  await order("unset", "dc-b", "--namespace", "test", "reject-non-xdr-writes", "reject-xdr-writes");
  expect(await settledLedger()).toMatchObject({ made: 48, applied: 28, filtered: 20 });
  expect(await valueIn(b, "kept", "waits")).toBe(1);
});

test("records that do not pass a filter expression are filtered, and told as what cannot be judged", async () => {
  const { exp } = Aerospike;
  await a.setXDRFilter(exp.gt(exp.binInt("value"), exp.int(10)), "dc-b", "test");
  expect(await info("dc-a", "xdr-get-filter:dc=dc-b;namespace=test")).toBe(
    'namespace=test:exp=gt(bin_int("value"), 10)',
  );
  const place = "xdr-set-filter:dc=dc-b;namespace=test;exp=";
  expect(await info("dc-a", `${place}kQE=`)).toBe("ERROR:4:filter: EQ takes 2 arguments, not 0");
  await put(a, "kept", "small", 5);
  await put(a, "kept", "big", 50);
  expect(await settledLedger()).toMatchObject({ made: 50, applied: 29, filtered: 21 });
  expect([await valueIn(b, "kept", "small"), await valueIn(b, "kept", "big")]).toEqual([undefined, 50]);
  // It passes no more, and is gone: what the other side has stays.
  await put(a, "kept", "big", 6);
  await a.remove(keyOf("test", "kept", "big"));
  expect(await settledLedger()).toMatchObject({ made: 52, applied: 29, filtered: 23 });
  expect(await valueIn(b, "kept", "big")).toBe(50);
  const verdictSchema = z.object({ verdict: z.string(), leftOut: z.array(z.string()) });
  const outcomes = z.object({ namespaces: z.array(verdictSchema) });
  const unjudged = [
    "dc-a -> dc-b: set cache is not shipped",
    'dc-a -> dc-b: records that do not pass gt(bin_int("value"), 10)',
  ];
  const [outcome] = outcomes.parse(await deployment.json("verify", "--wait", "5")).namespaces;
  expect(outcome).toEqual({ verdict: "equal", leftOut: unjudged });
  const pass = await deployment.meridian("verify", "--passes", "1", "--wait", "5");
  expect([pass.code, pass.stdout]).toEqual([
    0,
    expect.stringMatching(/test: pass 1: EQUAL .*\n.*\n.*bin_int/),
  ]);

  await order("unset", ...LINK, "filter");
  expect(await info("dc-a", "xdr-get-filter:dc=dc-b;namespace=test;b64=true")).toBe(
    "namespace=test:exp=null",
  );
  for (const name of ["small", "big"]) await put(a, "kept", name, 7);
  expect(await settledLedger()).toMatchObject({ made: 54, applied: 31, filtered: 23 });
  expect([await valueIn(b, "kept", "small"), await valueIn(b, "kept", "big")]).toEqual([7, 7]);
});

test("bins that both datacenters write behind a pause converge, and a lost one can be put back", async () => {
  const key = keyOf("test", "kept", "both");
  const equal = async (expected: object): Promise<void> => {
    for (const client of [a, b]) {
      await untilTrue(`a record of ${JSON.stringify(expected)}`, WAIT, async () =>
        isDeepStrictEqual(await read(client, key), expected),
      );
    }
  };
  await a.put(key, { name: "ada", visits: 1, gone: 1 });
  await equal({ name: "ada", visits: 1, gone: 1 });
  await order("pause", ...LINK);
  await a.put(key, { name: "Ada", visits: 2 });
  await a.put(key, { gone: null });
  // Later by the clock that both have, and in one millisecond by its source id.
  await b.put(key, { city: "London", visits: 3 });
  await order("resume", ...LINK);
  await equal({ name: "Ada", visits: 3, city: "London" });

  const listed = z
    .array(
      z.looseObject({
        id: z.string(),
        lostBins: z.array(z.string()),
        loser: z.object({ sourceId: z.number() }),
      }),
    )
    .parse(await deployment.json("conflicts", "list", "--dc", "dc-b"));
  expect(listed).toMatchObject([{ lostBins: ["visits"], loser: { sourceId: 1 } }]);
  const { stdout } = await deployment.meridian("explain", "test", "kept", "both");
  expect(stdout).toMatch(/arrived and was merged, bin by bin, with a version that had not seen it/);
  expect(stdout).toMatch(/^dc-a: bin city written by dc-b,/m);
  expect(stdout).toMatch(/^dc-b: bin gone gone by dc-a,/m);
  expect(await deployment.meridian("conflicts", "restore", listed[0]?.id ?? "")).toMatchObject({ code: 0 });
  await equal({ name: "Ada", visits: 2, city: "London" });
  // A bin that is not shipped stays what it is there, through changes of others.
  await order("set", ...LINK, "bin-policy=only-changed", "ignore-bin+=name");
  await b.put(key, { name: "Countess" });
  await untilTrue("dc-b's name", WAIT, async () => (await read(a, key))?.["name"] === "Countess");
  await a.put(key, { name: "Lovelace", visits: 4 });
  await untilTrue("the visits", WAIT, async () => (await read(b, key))?.["visits"] === 4);
  expect(await read(b, key)).toEqual({ name: "Countess", visits: 4, city: "London" });
  expect((await deployment.meridian("verify", "--wait", "5")).stdout).toMatch(
    /dc-a -> dc-b: bin name is not shipped/,
  );
});

/**
 * Proves: with the clock of one datacenter an hour ahead the datacenters still converge, and a local
 * write after a version was seen always beats that version, in both directions.
 *
 * How: dc-b gets `clock-offset-ms` in its configuration. Records are then written back and forth,
 * each time after the other's version has arrived: the one that is an hour behind must win each of
 * its turns. Then the same keys are written on both sides of a cut; the side ahead wins those under
 * last-update-time, which is what its clock says, and both sides agree.
 */
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { askAdmin } from "../../cli/setup/admin-client.ts";
import { Deployment } from "../process/deployment.ts";
import { type Client, connectClient, forEachOf, keyOf, outcomeOf, read } from "../process/official-client.ts";
import { untilTrue } from "../process/until.ts";

/** The client's result code for what is not allowed now. */
const FORBIDDEN = 22;
const HOUR_MS = 3_600_000;
const KEYS = 50;
const ROUNDS = 6;

let deployment: Deployment;
let clients: { readonly a: Client; readonly b: Client };

beforeAll(async () => {
  deployment = await Deployment.start({ nodes: 1, replicationFactor: 1 });
  deployment.editConfig("dc-b", (config) => {
    config["clock-offset-ms"] = HOUR_MS;
  });
  await deployment.restart(["b1"]);
  const [a, b] = await Promise.all(["dc-a", "dc-b"].map((name) => connectClient(deployment.hosts(name))));
  if (a === undefined || b === undefined) throw new Error("no clients");
  clients = { a, b };
});
afterAll(async () => {
  await deployment?.dispose();
});

const key = (namespace: string, number: number) => keyOf(namespace, "clock", `k${number}`);

async function putAll(side: "a" | "b", namespace: string, round: number): Promise<void> {
  await forEachOf(KEYS, 10, async (number) => {
    const outcome = await outcomeOf(clients[side].put(key(namespace, number), { side, round }));
    expect(outcome).toEqual({ kind: "applied" });
  });
}

async function arriveAll(side: "a" | "b", namespace: string, round: number): Promise<void> {
  for (let number = 0; number < KEYS; number++) {
    await untilTrue(
      `round ${round} of k${number} in dc-${side}`,
      { timeoutMs: 20_000, intervalMs: 20 },
      async () => (await read(clients[side], key(namespace, number)))?.["round"] === round,
    );
  }
}

const measuredSchema = z.object({
  origins: z.record(
    z.string(),
    z.object({ clockSkew: z.object({ ahead: z.number(), error: z.number() }).nullable() }),
  ),
});

test.each([
  ["dc-a", "dc-b", HOUR_MS],
  ["dc-b", "dc-a", -HOUR_MS],
] as const)("%s measures how far the clocks of %s are ahead", async (here, there, wanted) => {
  const url = `http://127.0.0.1:${deployment.datacenter(here).shipper.adminPort}/status`;
  // What was measured before the clock was set is forgotten within ten seconds.
  await untilTrue(`${here} to measure ${there}`, { timeoutMs: 30_000, intervalMs: 200 }, async () => {
    const skew = (await askAdmin(url, measuredSchema)).origins[there]?.clockSkew ?? null;
    return skew !== null && Math.abs(skew.ahead - wanted) <= skew.error + 50 && skew.error < 5000;
  });
});

test("the clock really is an hour ahead", async () => {
  await putAll("a", "test", 0);
  await arriveAll("b", "test", 0);
  const [a, b] = await Promise.all([deployment.nodeStatuses("dc-a"), deployment.nodeStatuses("dc-b")]);
  const ahead = (b[0]?.nowVoidTime ?? 0) - (a[0]?.nowVoidTime ?? 0);
  expect(ahead).toBeGreaterThan(HOUR_MS / 1000 - 10);
  expect(ahead).toBeLessThan(HOUR_MS / 1000 + 10);
});

test("whoever saw the other's version and writes, wins, on either side of the hour", async () => {
  for (const namespace of ["test", "gen"]) {
    for (let round = 1; round <= ROUNDS; round++) {
      const [writer, other] = round % 2 === 1 ? (["b", "a"] as const) : (["a", "b"] as const);
      await putAll(writer, namespace, round);
      await arriveAll(other, namespace, round);
      // And it stays: the writer's own copy was not taken back by what the other has.
      await arriveAll(writer, namespace, round);
    }
  }
  expect(await deployment.verify(20)).toMatchObject({ verdict: "equal" });
  for (const side of ["a", "b"] as const) {
    for (let number = 0; number < KEYS; number++) {
      expect(await read(clients[side], key("test", number))).toEqual({ side: "a", round: ROUNDS });
    }
  }
});

test("concurrent writes converge, to the clock that is ahead", async () => {
  const setup = await deployment.running();
  await setup.cutLink("dc-a", "dc-b", "blackhole");
  await putAll("b", "test", 100);
  await putAll("a", "test", 101);
  await setup.healLink("dc-a", "dc-b");
  expect(await deployment.verify(30)).toMatchObject({ verdict: "equal" });
  for (const side of ["a", "b"] as const) {
    for (let number = 0; number < KEYS; number++) {
      expect(await read(clients[side], key("test", number))).toEqual({ side: "b", round: 100 });
    }
  }
  // What lost was written later, as the clocks that were measured can tell.
  const conflicts = z
    .array(z.object({ ambiguous: z.boolean().nullable(), rule: z.string() }))
    .parse(await deployment.json("conflicts", "list", "--namespace", "test"));
  expect(conflicts.length).toBeGreaterThanOrEqual(KEYS);
  for (const one of conflicts) expect(one).toEqual({ ambiguous: true, rule: "last-update-time" });
  // Having seen those, the one behind wins again.
  await putAll("a", "test", 102);
  await arriveAll("b", "test", 102);
  expect(await deployment.verify(20)).toMatchObject({ verdict: "equal" });
});

test("ahead by more than its bound, a datacenter refuses writes; the one behind does not", async () => {
  for (const { name } of deployment.layout.datacenters) {
    deployment.editConfig(name, (config) => {
      config["clock-skew"] = { "refuse-ms": 60_000 };
    });
  }
  await deployment.restart(["a1", "b1"]);
  const put = (side: "a" | "b") => outcomeOf(clients[side].put(key("test", 0), { side, round: 200 }));
  await untilTrue("dc-b to refuse writes", { timeoutMs: 30_000, intervalMs: 100 }, async () => {
    const outcome = await put("b");
    return outcome.kind === "refused" && outcome.code === FORBIDDEN;
  });
  expect(await read(clients.b, key("test", 0))).not.toBeUndefined();
  await untilTrue("dc-a to take writes", { timeoutMs: 30_000, intervalMs: 100 }, async () => {
    return (await put("a")).kind === "applied";
  });
});

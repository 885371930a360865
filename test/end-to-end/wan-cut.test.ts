/**
 * Proves: with the WAN cut, 10,000 writes on each side of each namespace, 1,000 of them on the same
 * keys, deletes and recreations among them; after healing both datacenters are equal within seconds
 * under either policy, with the winners that an oracle of this file's own names; every conflict was
 * counted, and told by the change feeds as what it was; and once quiet, nothing travels any more (no echo).
 * The dashboards, in a real browser, show both datacenters, go red when nothing arrives any more, with the
 * lag counted to the change, say when their shipper is gone, and are well again afterwards.
 *
 * How: the shared keys are written in two phases, one after the other, in four patterns whose
 * winners differ between last-update-time (test) and generation (gen).
 */
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { changes } from "../../cli/changes/changes.ts";
import { askAdmin } from "../../cli/setup/admin-client.ts";
import { feedsSchema } from "../../common/config.ts";
import { DashboardPage, launchBrowser, noBrowser } from "../process/dashboard-page.ts";
import { Deployment } from "../process/deployment.ts";
import { report } from "../process/figures.ts";
import {
  type Client,
  connectClient,
  forEachOf,
  keyOf,
  outcomeOf,
  readPatiently,
} from "../process/official-client.ts";
import { elapse } from "../process/until.ts";

const NAMESPACES = ["test", "gen"] as const;
const OWN_KEYS = 9000;
const SHARED_KEYS = 1000;
const IN_FLIGHT = 100;
const QUIET_MS = 3000;
/** Written on both sides while dc-b's shipper is dead. */
const LAGGING = 1200;
/** "Within seconds": of a busy machine, what verify itself takes included. */
const EQUAL_MS_MAX = 30_000;

if (noBrowser !== undefined) process.stdout.write(`the dashboard is left out: ${noBrowser}\n`);

let deployment: Deployment;
let clients: { readonly a: Client; readonly b: Client };

beforeAll(async () => {
  const feeds = feedsSchema.parse([{ name: "shared", namespace: "test", set: "shared" }]);
  deployment = await Deployment.start({ nodes: 2, feeds });
  const [a, b] = await Promise.all(
    ["dc-a", "dc-b"].map((name) => connectClient(deployment.hosts(name), { timeoutMs: 10_000 })),
  );
  if (a === undefined || b === undefined) throw new Error("no clients");
  clients = { a, b };
});
afterAll(async () => {
  await deployment?.dispose();
});

type Side = "a" | "b";
type Step = { readonly side: Side; readonly write: "put" | "delete" };

/** What happens to a shared key, by its number; `old`: it existed before the cut, with generation 1. */
function planOf(number: number): { readonly old: boolean; readonly early: Step[]; readonly late: Step[] } {
  const put = (side: Side): Step => ({ side, write: "put" });
  const remove = (side: Side): Step => ({ side, write: "delete" });
  switch (number % 5) {
    case 0:
    case 1:
      // One write each: the later one wins under both policies.
      return { old: false, early: [put("a")], late: [put("b")] };
    case 2:
      // The earlier side wrote more often: generation prefers it, last-update-time does not.
      return { old: false, early: [put("b"), put("b"), put("b")], late: [put("a")] };
    case 3:
      // An update here, later a delete there: the same number of writes, so the delete wins.
      return { old: true, early: [put("b")], late: [remove("a")] };
    default:
      // Deleted and made anew here, updated once there, later.
      return { old: true, early: [remove("a"), put("a")], late: [put("b")] };
  }
}

/** Who must win, by the policies' own words; generations go on through deletes. */
function winnerOf(number: number, namespace: (typeof NAMESPACES)[number]): Step {
  const { early, late } = planOf(number);
  const [lastEarly, lastLate] = [early.at(-1), late.at(-1)];
  if (lastEarly === undefined || lastLate === undefined) throw new Error("both sides write");
  return namespace === "gen" && early.length > late.length ? lastEarly : lastLate;
}

const sharedKey = (namespace: string, number: number) => keyOf(namespace, "shared", `k${number}`);

async function apply(namespace: string, number: number, step: Step): Promise<void> {
  const client = clients[step.side];
  const key = sharedKey(namespace, number);
  const write = step.write === "put" ? client.put(key, { side: step.side, number }) : client.remove(key);
  const outcome = await outcomeOf(write);
  if (outcome.kind !== "applied") throw new Error(`${step.write} of ${key.key}: ${JSON.stringify(outcome)}`);
}

async function writeShared(namespace: string, phase: "early" | "late"): Promise<number> {
  let writes = 0;
  await forEachOf(SHARED_KEYS, IN_FLIGHT, async (number) => {
    for (const step of planOf(number)[phase]) {
      await apply(namespace, number, step);
      writes += 1;
    }
  });
  return writes;
}

async function writeOwn(namespace: string, side: Side): Promise<number> {
  await forEachOf(OWN_KEYS, IN_FLIGHT, async (number) => {
    const outcome = await outcomeOf(
      clients[side].put(keyOf(namespace, `own-${side}`, `k${number}`), { number }),
    );
    expect(outcome).toEqual({ kind: "applied" });
  });
  return OWN_KEYS;
}

const shippedSchema = z.object({
  destinations: z.record(z.string(), z.object({ messagesShipped: z.number(), bytesShipped: z.number() })),
});

/** What the shippers have published and the nodes have taken so far. */
async function traffic(): Promise<Record<string, number>> {
  const figures: Record<string, number> = {};
  for (const { name, shipper } of deployment.layout.datacenters) {
    const { destinations } = await askAdmin(`http://127.0.0.1:${shipper.adminPort}/status`, shippedSchema);
    for (const one of Object.values(destinations)) {
      figures[`messages of ${name}`] = one.messagesShipped;
      figures[`bytes of ${name}`] = one.bytesShipped;
    }
  }
  for (const { name, namespaces } of (await deployment.overview()).datacenters) {
    for (const { name: namespace, counters } of namespaces) {
      const { applied, superseded, conflictWon, conflictLost, duplicate } = counters;
      const taken = applied + superseded + conflictWon + conflictLost + duplicate;
      figures[`taken by ${name} in ${namespace}`] = taken;
    }
  }
  return figures;
}

test("10,000 writes on each side of a cut, 1,000 of the same keys: equal, and the right one won", async () => {
  await Promise.all([deployment.settled("dc-a"), deployment.settled("dc-b")]);
  for (const namespace of NAMESPACES) {
    await forEachOf(SHARED_KEYS, IN_FLIGHT, async (number) => {
      if (planOf(number).old) await apply(namespace, number, { side: "a", write: "put" });
    });
  }
  expect(await deployment.verify(30)).toMatchObject({ verdict: "equal" });

  const setup = await deployment.running();
  await setup.cutLink("dc-a", "dc-b", "blackhole");
  const cutMs = performance.now();
  let writes = 0;
  for (const namespace of NAMESPACES) {
    writes += await writeShared(namespace, "early");
    const own = await Promise.all([writeOwn(namespace, "a"), writeOwn(namespace, "b")]);
    writes += own[0] + own[1];
    writes += await writeShared(namespace, "late");
  }
  const writtenMs = performance.now();
  // The cut was one: dc-b knows nothing of what only dc-a wrote.
  expect(await readPatiently(clients.b, keyOf("test", "own-a", "k0"))).toBeUndefined();
  await setup.healLink("dc-a", "dc-b");
  const healedMs = performance.now();
  const verified = await deployment.verify(60);
  const equalMs = performance.now() - healedMs;
  report("wan cut", {
    "writes while cut": writes,
    "cut ms": writtenMs - cutMs,
    "ms from healing to verified equal": equalMs,
  });
  expect(verified).toMatchObject({ verdict: "equal" });
  expect(equalMs).toBeLessThan(EQUAL_MS_MAX);

  for (const namespace of NAMESPACES) {
    const wrong: string[] = [];
    let deleted = 0;
    await forEachOf(SHARED_KEYS, IN_FLIGHT, async (number) => {
      const winner = winnerOf(number, namespace);
      if (winner.write === "delete") deleted += 1;
      const expected = winner.write === "delete" ? undefined : { side: winner.side, number };
      for (const client of [clients.a, clients.b]) {
        const found = await readPatiently(client, sharedKey(namespace, number));
        if (JSON.stringify(found) !== JSON.stringify(expected)) {
          wrong.push(`${namespace} k${number}: ${JSON.stringify(found)}, not ${JSON.stringify(expected)}`);
        }
      }
    });
    expect(wrong.slice(0, 10)).toEqual([]);
    expect(deleted).toBe(SHARED_KEYS / 5);
    const records = 2 * OWN_KEYS + SHARED_KEYS - deleted;
    const found = verified.namespaces.find((one) => one.namespace === namespace)?.records;
    expect(found).toEqual({ "dc-a": records, "dc-b": records });
  }
});

test("each conflict was counted on both sides", async () => {
  const { datacenters } = await deployment.overview();
  for (const namespace of NAMESPACES) {
    const counters = datacenters.map(
      (one) => one.namespaces.find(({ name }) => name === namespace)?.counters,
    );
    const won = counters.reduce((sum, one) => sum + (one?.conflictWon ?? 0), 0);
    const lost = counters.reduce((sum, one) => sum + (one?.conflictLost ?? 0), 0);
    report("wan cut", { namespace, "conflicts won": won, "conflicts lost": lost });
    // Of each key the winner arrives where it wins, and the loser where it loses.
    expect(won).toBeGreaterThanOrEqual(SHARED_KEYS);
    expect(lost).toBeGreaterThanOrEqual(SHARED_KEYS);
    expect(counters.reduce((sum, one) => sum + (one?.parked ?? 0), 0)).toBe(0);
  }
});

const ledgerSchema = z.object({
  unaccounted: z.number(),
  complete: z.boolean(),
  links: z.array(
    z.object({
      namespace: z.string(),
      pending: z.number(),
      made: z.number(),
      ended: z.object({ conflictWon: z.number(), conflictLost: z.number(), applied: z.number() }),
    }),
  ),
});

test("the feeds of both sides tell each conflict as the ledger counts it", async () => {
  const told: Record<string, number> = {};
  for (const { name, nats } of deployment.layout.datacenters) {
    const options = { nats: `nats://127.0.0.1:${nats.port}`, datacenter: name, feed: "shared" };
    for await (const change of changes({ ...options, from: "oldest", follow: false })) {
      if (change.kind === "gap") throw new Error("a gap");
      told[change.outcome] = (told[change.outcome] ?? 0) + 1;
      const arrived = change.origin !== name;
      expect(change.outcome === "local", JSON.stringify(change)).toBe(!arrived);
      expect(change.operation === "merge").toBe(change.outcome === "lost" || change.outcome === "merged");
    }
  }
  const { links } = ledgerSchema.parse(await deployment.json("ledger"));
  const ended = links.filter(({ namespace }) => namespace === "test").map((link) => link.ended);
  report("wan cut, changes told", told);
  expect(told["won"]).toBe(ended.reduce((sum, { conflictWon }) => sum + conflictWon, 0));
  expect(told["lost"]).toBe(ended.reduce((sum, { conflictLost }) => sum + conflictLost, 0));
  expect(told["applied"]).toBeGreaterThan(0);
});

test("a lost write is listed, shown and written again in every datacenter", async () => {
  const lost = z
    .array(z.object({ id: z.string(), incomingLost: z.boolean(), loser: z.object({ set: z.string() }) }))
    .parse(await deployment.json("conflicts", "list", "--namespace", "test"));
  expect(lost.length).toBeGreaterThanOrEqual(SHARED_KEYS);
  const shown = z.object({
    id: z.string(),
    rule: z.literal("last-update-time"),
    margin: z.number().positive(),
    // Two datacenters of one machine: their clocks are the same, and minutes lie between the writes.
    skew: z.object({ ahead: z.number().min(-200).max(200), error: z.number().max(1000) }),
    ambiguous: z.literal(false),
    loser: z.object({ generation: z.number(), tombstone: z.literal(false), digest: z.string() }),
    winner: z.object({ generation: z.number() }),
    bins: z.object({ side: z.string(), number: z.number() }),
  });
  let found: z.infer<typeof shown> | undefined;
  for (const { id } of lost.slice(0, 50)) {
    const conflict = shown.safeParse(await deployment.json("conflicts", "show", id));
    if (conflict.success) found = conflict.data;
    if (found !== undefined) break;
  }
  if (found === undefined) throw new Error("no put lost to anything");
  const { id, bins } = found;
  const explained = z
    .object({ versions: z.array(z.object({ fates: z.array(z.object({ what: z.string() })) })) })
    .parse(await deployment.json("explain", "test", "shared", `k${bins.number}`));
  const fates = explained.versions.flatMap((version) => version.fates.map(({ what }) => what));
  expect(fates).toContainEqual(expect.stringMatching(/lost (a conflict|to a change)/));
  expect(fates.filter((what) => what.startsWith("written, entry")).length).toBeGreaterThan(1);
  await deployment.json("conflicts", "restore", id);
  const key = sharedKey("test", bins.number);
  for (const client of [clients.a, clients.b]) {
    await expect.poll(() => readPatiently(client, key), { timeout: 20_000 }).toEqual(bins);
  }
});

// tidy: skipped-test, needs a browser; never left out in CI
test.skipIf(noBrowser !== undefined)("the dashboards show it, and go red while nothing arrives", async () => {
  const browser = await launchBrowser();
  try {
    const open = (name: string, width: number, dark: boolean): Promise<DashboardPage> =>
      DashboardPage.open(browser, deployment.datacenter(name).shipper.adminPort, width, dark);
    const [wide, narrow] = await Promise.all([open("dc-a", 1200, false), open("dc-b", 360, true)]);
    const shows = (what: () => Promise<unknown>) => expect.poll(what, { timeout: 40_000 });
    await shows(() => wide.headline()).toBe("All is well");
    await shows(() => narrow.headline()).toBe("All is well");
    const flows = ["dc-a → dc-b", "flows", "0", "0 B", "0.0 s", "0"];
    expect((await wide.link("dc-a", "dc-b")).slice(0, flows.length)).toEqual(flows);
    expect(await wide.page.locator("#map .box").count()).toBe(2);
    expect(await wide.page.locator("#cards tbody tr").count()).toBe(8);
    expect(await wide.tabTo("#pause")).toBe(true);
    expect(await wide.tabTo("#problems")).toBe(true);
    const colours = [wide, narrow].map(({ page }) => page.evaluate("getComputedStyle(document.body).color"));
    expect(new Set(await Promise.all(colours)).size).toBe(2);

    await deployment.kill(["b-shipper"]);
    // What dc-b writes lies in no log of dc-a, and is no lag of it.
    await forEachOf(LAGGING, IN_FLIGHT, async (number) => {
      for (const client of [clients.a, clients.b]) {
        await outcomeOf(client.put(keyOf("test", "lagging", `k${number}`), { number }));
      }
    });
    await shows(() => narrow.page.getByRole("alert").isVisible()).toBe(true);
    expect(await narrow.headline()).toBe("Not known now");
    await shows(async () => (await wide.link("dc-a", "dc-b"))[1]).toMatch(
      /^stalled for .*: destination not heard of/,
    );
    const lagging = LAGGING.toLocaleString("en-US");
    expect(await wide.link("dc-a", "dc-b")).toMatchObject({ 2: lagging, 5: lagging });
    expect((await wide.link("dc-b", "dc-a")).slice(2)).toEqual(new Array(6).fill("unknown"));
    expect(await wide.headline()).toMatch(/need/);
    expect(await wide.page.locator("#map .link.bad").count()).toBe(1);
    expect(await deployment.meridian("status")).toMatchObject({
      stdout: expect.stringMatching(
        new RegExp(
          `dc-a -> dc-b: lag ${lagging} records, .* ${lagging} writes at risk, destination-down, stalled`,
        ),
      ),
    });

    await deployment.restart(["b-shipper"]);
    await shows(() => wide.headline()).toBe("All is well");
    await shows(() => narrow.headline()).toBe("All is well");
    expect(await Promise.all([wide.overhang(), narrow.overhang()])).toEqual([0, 0]);
    expect([...wide.complaints, ...wide.elsewhere, ...narrow.elsewhere]).toEqual([]);
    // Its own shipper was killed under it; of nothing else it complains.
    expect(narrow.complaints.filter((text) => !/ERR_(CONNECTION|EMPTY)/.test(text))).toEqual([]);
  } finally {
    await browser.close();
  }
});

test("once quiet, nothing is shipped any more", async () => {
  const before = await traffic();
  await elapse(QUIET_MS);
  expect(await traffic()).toEqual(before);
  expect(Object.values(before).every((figure) => figure > 0)).toBe(true);
});

test("every change is accounted for, also after all nodes were killed", async () => {
  const before = ledgerSchema.parse(await deployment.json("ledger"));
  expect(before).toMatchObject({ unaccounted: 0, complete: true });
  for (const { pending, made, ended } of before.links) {
    expect(pending).toBe(0);
    // Of every shared key of each namespace one side's change meets the other's.
    expect(ended.conflictWon + ended.conflictLost).toBeGreaterThanOrEqual(SHARED_KEYS);
    expect(made).toBeGreaterThan(OWN_KEYS);
  }
  const nodes = deployment.layout.datacenters.flatMap((one) => one.nodes.map(({ name }) => name));
  await deployment.kill(nodes);
  await deployment.restart(nodes);
  for (const { name } of deployment.layout.datacenters) await deployment.settled(name);
  expect(ledgerSchema.parse(await deployment.json("ledger"))).toEqual(before);
});

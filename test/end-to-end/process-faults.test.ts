/**
 * Proves of faults inside one node's process, while a load runs:
 * - a failed invariant, an error nobody catches, a rejection nobody handles (P12): the process ends at
 *   once with exit code 70 and says why; nothing is acknowledged by it any more, the others take over,
 *   and it is back after a restart;
 * - an event loop that is blocked for less, for about and for more than a lease and a failover (P4):
 *   no read is stale and no acknowledged write lost, and the node needs no help afterwards;
 * - a node started with another lease than the others have (L5): it is kept out, each side says why, the
 *   others serve, and with the right configuration it is taken back.
 *
 * How: Node's inspector is opened in the running node, and makes the invariant fail inside the write
 * path, throws, or loops. The configuration is changed for one start of one node.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Deployment } from "../process/deployment.ts";
import { report } from "../process/figures.ts";
import { INSPECTABLE, Inspector } from "../process/inspector.ts";
import { Load } from "../process/load.ts";
import { until } from "../process/until.ts";

const NODES = ["a1", "a2", "a3"] as const;
/** The lease is 700 ms, a silent node is down after 1500. */
const BLOCKED_MS = [350, 690, 710, 760, 1400, 2600];
/** Longer than any block: what waits in a blocked node's sockets is answered by it. */
const TIMEOUT_MS = 4000;
const END_MS_MAX = 10_000;
const FLOW_MS_MAX = 30_000;

const FATALITIES = [
  {
    what: "a failed invariant",
    cause: (inspector: Inspector) => inspector.breakInvariant("one write at a time"),
    said: "invariant broken: one write at a time",
  },
  {
    what: "an uncaught error",
    cause: (inspector: Inspector) =>
      inspector.evaluate("void setImmediate(() => { throw new Error('thrown by the test'); })"),
    said: "thrown by the test",
  },
  {
    what: "an unhandled rejection",
    cause: (inspector: Inspector) =>
      inspector.evaluate("void Promise.reject(new Error('rejected by the test'))"),
    said: "rejected by the test",
  },
];

let deployment: Deployment;
let load: Load | undefined;

beforeAll(async () => {
  deployment = await Deployment.start({ datacenters: 1, nodes: 3, nodeOptions: INSPECTABLE });
  await deployment.settled("dc-a");
});
afterAll(async () => {
  await load?.stop();
  await deployment?.dispose();
});

async function inspect(name: string): Promise<Inspector> {
  return await Inspector.open(await deployment.pidOf(name), logOf(name));
}

function logOf(name: string): string {
  return join(deployment.layout.logFolder, `${name}.log`);
}

test("P12: what cannot be trusted any more ends, and the others take over", async () => {
  load = await Load.start(deployment.hosts("dc-a"), { set: "fatalities", keys: 24 });
  const figures: Record<string, number> = {};
  for (const [index, { what, cause, said }] of FATALITIES.entries()) {
    await load.more(100);
    const name = NODES[index] ?? "a1";
    const inspector = await inspect(name);
    expect(readFileSync(logOf(name), "utf8")).not.toContain(said);
    // The answer may go down with the process.
    const caused = cause(inspector).catch((error: unknown) => String(error));
    const fatal = await until(
      `the end of ${name} by ${what}`,
      { timeoutMs: END_MS_MAX, intervalMs: 10 },
      () =>
        readFileSync(logOf(name), "utf8")
          .split("\n")
          .find((line) => line.includes('"msg":"failed"') && line.includes(said)),
    );
    expect(JSON.parse(fatal), what).toMatchObject({ level: 60 });
    // Node's exit waits for whoever inspects it.
    inspector.close();
    expect(await deployment.ended(name, END_MS_MAX), what).toBe("exit code 70");
    await caused;
    figures[`ms to writing after ${what}`] = await load.flows(what, FLOW_MS_MAX);
    await deployment.restart([name]);
    await deployment.settled("dc-a");
  }
  report("fatalities", figures);
  expect(await load.check()).toEqual([]);
  await load.stop();
});

test("P4: a blocked event loop serves nothing stale", async () => {
  load = await Load.start(deployment.hosts("dc-a"), {
    set: "blocked",
    keys: 32,
    readers: 16,
    timeoutMs: TIMEOUT_MS,
  });
  const inspectors = await Promise.all(NODES.map(inspect));
  const blocked: number[] = [];
  for (const [index, ms] of BLOCKED_MS.entries()) {
    await load.more(200);
    const inspector = inspectors[index % inspectors.length];
    if (inspector === undefined) throw new Error("no inspector");
    blocked.push(await inspector.block(ms));
    await load.flows(`after ${ms} ms`, FLOW_MS_MAX);
  }
  for (const inspector of inspectors) inspector.close();
  await deployment.settled("dc-a");
  report("blocked event loops", { "blocked ms": blocked.map(Math.round).join(" "), ...load.figures });
  for (const [index, ms] of BLOCKED_MS.entries()) expect(blocked[index]).toBeGreaterThanOrEqual(ms);
  expect(await load.check()).toEqual([]);
  expect((await deployment.overview()).down).toEqual([]);
});

test("L5: a node with another lease is kept out until it has the right one", async () => {
  const name = "a3";
  load = await Load.start(deployment.hosts("dc-a"), { set: "leases", keys: 24 });
  await load.more(100);
  await deployment.kill([name]);
  deployment.editConfig("dc-a", (config) => {
    config["timing"] = { "lease-ms": 5000 };
  });
  const said = "timing.lease-ms is";
  const [before, beforePeer] = [name, "a1"].map((one) => readFileSync(logOf(one), "utf8").length);
  const since = (one: string, from = 0): string => readFileSync(logOf(one), "utf8").slice(from);
  const starting = Promise.allSettled([deployment.restart([name])]);
  await until("both sides to say why", { timeoutMs: END_MS_MAX }, () =>
    since(name, before).includes(said) && since("a1", beforePeer).includes(said) ? true : undefined,
  );
  const flowMs = await load.flows("without the node that has another lease", FLOW_MS_MAX);
  const statuses = await deployment.nodeStatuses("dc-a");
  expect(statuses.find((status) => status.name === name)?.namespaces[0]?.primaries ?? 0).toBe(0);
  deployment.editConfig("dc-a", (config) => {
    config["timing"] = {};
  });
  await deployment.kill([name]);
  await starting;
  await deployment.restart([name]);
  await deployment.settled("dc-a");
  report("another lease", { "ms to writing": flowMs });
  expect(await load.check()).toEqual([]);
});

/**
 * Proves, over real processes: when `meridian fence` has answered that a fence holds, no write is
 * acknowledged in the datacenter any more, neither by nodes that serve nor by one that was stopped
 * (SIGSTOP) before the fence and runs on after it; what is refused is refused by the code that says
 * so, never in doubt; the fence outlives the kill of every node; and a partition whose only copy is
 * on a stopped node is not vouched for.
 *
 * How: writers write through the official client all the time and note when each write began and how
 * it ended; no write that began after the fence's answer may be acknowledged. Into the stopped node's
 * sockets writes are sent that wait there; they must not be acknowledged either.
 */
import Aerospike from "aerospike";
import { afterEach, expect, test } from "vitest";
import { z } from "zod";
import { Deployment } from "../process/deployment.ts";
import { report } from "../process/figures.ts";
import {
  type Client,
  connectClient,
  type Key,
  keyOf,
  type Outcome,
  outcomeOf,
  readPatiently,
} from "../process/official-client.ts";
import { primariesOf, primaryOf } from "../process/placement.ts";
import { signal } from "../process/process-table.ts";
import { RawClient, type RawReply } from "../process/raw-client.ts";
import { elapse, untilTrue } from "../process/until.ts";

const WRITERS = 16;
/** "Operation not allowed at this time" in the client protocol. */
const FORBIDDEN = 22;

const outcomeSchema = z.object({
  state: z.string(),
  holds: z.boolean(),
  seconds: z.number(),
  unconfirmed: z.array(z.object({ node: z.string().nullable(), partitions: z.number(), reason: z.string() })),
});

let deployment: Deployment | undefined;
let client: Client | undefined;
afterEach(async () => {
  client = undefined;
  await deployment?.dispose();
  deployment = undefined;
});

async function begin(nodes: number, replicationFactor: number): Promise<Deployment> {
  const begun = await Deployment.start({ datacenters: 1, nodes, replicationFactor });
  deployment = begun;
  await begun.settled("dc-a");
  client = await connectClient(begun.hosts("dc-a"), { connectTimeoutMs: 1000 });
  return begun;
}

function keyAt(keys: readonly Key[], index: number): Key {
  const key = keys[index];
  if (key === undefined) throw new Error("more connections than keys");
  return key;
}

/** An answer, or none: the connection broke. */
async function fateOf(request: Promise<RawReply>): Promise<RawReply | undefined> {
  try {
    return await request;
  } catch (error) {
    if (error instanceof Error) return undefined;
    throw error;
  }
}

interface Written {
  readonly key: number;
  readonly value: number;
  readonly beganMs: number;
  readonly endedMs: number;
  readonly outcome: Outcome;
}

/** Writes rising values to one key each, one after the other, until told to stop. */
class Writers {
  readonly log: Written[] = [];
  readonly #lanes: Promise<void>[];
  #running = true;

  constructor(writing: Client) {
    this.#lanes = Array.from({ length: WRITERS }, async (_, key) => {
      for (let value = 1; this.#running; value++) {
        const beganMs = performance.now();
        const outcome = await outcomeOf(writing.put(keyOf("test", "fence", `w${key}`), { n: value }));
        this.log.push({ key, value, beganMs, endedMs: performance.now(), outcome });
        await elapse(5);
      }
    });
  }

  async more(what: string, counts: (written: Written) => boolean): Promise<void> {
    const from = this.log.length;
    await untilTrue(what, { timeoutMs: 30_000, intervalMs: 10 }, () => {
      return this.log.slice(from).filter(counts).length >= 5 * WRITERS;
    });
  }

  async stop(): Promise<void> {
    this.#running = false;
    await Promise.all(this.#lanes);
  }
}

const applied = ({ outcome }: Written): boolean => outcome.kind === "applied";
const forbidden = ({ outcome }: Written): boolean => outcome.kind === "refused" && outcome.code === FORBIDDEN;

test("no write is acknowledged after a fence, also by a node stopped before it and run on after", async () => {
  const setup = await begin(3, 2);
  const writing = client as Client;
  const { servicePort } = setup.datacenter("dc-a").nodes[1] ?? { servicePort: 0 };
  const primaries = await primariesOf(setup.datacenter("dc-a"));
  const trapKeys = Array.from({ length: 400 }, (_, index) => keyOf("test", "trap", `t${index}`))
    .filter((key) => primaryOf(primaries, key) === "a2")
    .slice(0, 24);
  const trapped = await Promise.all(trapKeys.map(() => RawClient.connect(servicePort)));
  const before = await Promise.all(trapped.map((raw, index) => raw.put(keyAt(trapKeys, index), { n: 1 })));
  expect(before.map(({ resultCode }) => resultCode)).toEqual(trapKeys.map(() => 0));
  const writers = new Writers(writing);
  await writers.more("writes before the fence", applied);

  const pid = await setup.pidOf("a2");
  signal(pid, "SIGSTOP");
  let fates: Promise<RawReply | undefined>[];
  let fencedMs: number;
  let outcome: z.infer<typeof outcomeSchema>;
  try {
    fates = trapped.map((raw, index) => fateOf(raw.put(keyAt(trapKeys, index), { n: 2 })));
    outcome = outcomeSchema.parse(await setup.json("fence", "dc-a"));
    fencedMs = performance.now();
  } finally {
    signal(pid, "SIGCONT");
  }
  await writers.more("writes refused after the fence", forbidden);
  const answers = await Promise.all(fates);
  for (const raw of trapped) raw.close();
  // Killed all at once and back, in whatever order: still fenced.
  await setup.kill(["a1", "a2", "a3"]);
  await setup.restart(["a1", "a2", "a3"]);
  await setup.settled("dc-a");
  await writers.more("writes refused after a restart", forbidden);

  const status = await setup.meridian("status");
  const liftedMs = performance.now();
  const unfenced = outcomeSchema.parse(await setup.json("unfence", "dc-a"));
  await writers.more("writes after the fence was lifted", applied);
  await writers.stop();

  const late = writers.log.filter((one) => applied(one) && one.beganMs > fencedMs && one.endedMs < liftedMs);
  const codes = new Set(answers.map((answer) => answer?.resultCode));
  report("fence", {
    "seconds to hold": outcome.seconds,
    "seconds to lift": unfenced.seconds,
    "writes acknowledged": writers.log.filter(applied).length,
    "writes refused by the fence": writers.log.filter(forbidden).length,
    "codes of trapped writes": [...codes].join(),
  });
  expect(outcome).toMatchObject({ state: "writes", holds: true, unconfirmed: [] });
  expect(unfenced.holds).toBe(true);
  expect(status.stdout).toContain("dc-a is fenced: it refuses writes of clients");
  expect(late).toEqual([]);
  expect(codes.has(0)).toBe(false);
  for (const [index, key] of trapKeys.entries()) {
    const value = (await readPatiently(writing, key))?.["n"];
    // In doubt, it may have got through before the stop; refused, it must not have.
    if (answers[index]?.resultCode === FORBIDDEN) expect(value).toBe(1);
  }
  // What was acknowledged last is there, or something later.
  for (let key = 0; key < WRITERS; key++) {
    const values = writers.log.filter((one) => one.key === key && applied(one)).map(({ value }) => value);
    const found = Number((await readPatiently(writing, keyOf("test", "fence", `w${key}`)))?.["n"]);
    expect(found).toBeGreaterThanOrEqual(Math.max(...values));
  }
});

test("reads go on, unless they are fenced, too; a sole copy on a stopped node is not vouched for", async () => {
  const setup = await begin(2, 1);
  const reading = client as Client;
  const key = keyOf("test", "fence", "r");
  await reading.put(key, { n: 1 });
  expect(outcomeSchema.parse(await setup.json("fence", "dc-a"))).toMatchObject({ holds: true });
  expect((await reading.get(key)).bins).toEqual({ n: 1 });
  expect(outcomeSchema.parse(await setup.json("fence", "dc-a", "--reads"))).toMatchObject({ holds: true });
  const refused = await reading.get(key).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(Aerospike.AerospikeError);
  expect(refused).toMatchObject({ code: FORBIDDEN });
  expect((refused as { inDoubt?: boolean }).inDoubt).not.toBe(true);
  expect(outcomeSchema.parse(await setup.json("unfence", "dc-a"))).toMatchObject({ holds: true });

  const pid = await setup.pidOf("a2");
  signal(pid, "SIGSTOP");
  try {
    const doubtful = await setup.meridian("fence", "dc-a", "--wait", "8", "--json");
    expect(doubtful.code).toBe(2);
    const { holds, unconfirmed } = outcomeSchema.parse(JSON.parse(doubtful.stdout));
    expect(holds).toBe(false);
    expect(unconfirmed.map(({ node }) => node)).toEqual(["a2"]);
    expect(unconfirmed[0]?.partitions).toBeGreaterThan(1000);
  } finally {
    signal(pid, "SIGCONT");
  }
  // The order stands: whoever comes back follows it.
  expect(outcomeSchema.parse(await setup.json("fence", "dc-a"))).toMatchObject({ holds: true });
  expect((await outcomeOf(reading.put(key, { n: 2 }))).kind).toBe("refused");
  expect((await reading.get(key)).bins).toEqual({ n: 1 });
});

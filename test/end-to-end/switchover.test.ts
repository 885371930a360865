/**
 * Proves, over real processes and a load of the official client: a planned switchover loses nothing
 * and keeps no datacenter closed for 5 s; one whose lag does not reach zero in time is called off, and
 * leaves the old datacenter writable and the new one as it was.
 *
 * How: writers note every acknowledgement themselves. When the command has answered, the new
 * datacenter is read at once, without waiting: it must hold at least what was acknowledged last.
 */
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { Deployment } from "../process/deployment.ts";
import { report } from "../process/figures.ts";
import { type Client, connectClient, keyOf, outcomeOf, readPatiently } from "../process/official-client.ts";
import { elapse, untilTrue } from "../process/until.ts";

const WRITERS = 32;

const switchoverSchema = z.object({
  done: z.boolean(),
  reason: z.string().nullable(),
  partitionsBehind: z.number(),
  seconds: z.number(),
  secondsWithoutWrites: z.number(),
  reopened: z.boolean().nullable(),
});
type Outcome = z.infer<typeof switchoverSchema>;

let deployment: Deployment;
const clients = new Map<string, Client>();
beforeAll(async () => {
  deployment = await Deployment.start({ nodes: 2 });
  for (const name of ["dc-a", "dc-b"]) {
    await deployment.settled(name);
    clients.set(name, await connectClient(deployment.hosts(name)));
  }
});
afterAll(async () => {
  await deployment?.dispose();
});

function clientOf(name: string): Client {
  const client = clients.get(name);
  if (client === undefined) throw new Error(`no client of ${name}`);
  return client;
}

/** Writes rising values to its keys until told to stop; the values acknowledged last, by key. */
function load(datacenter: string, set: string) {
  const acknowledged = new Map<string, number>();
  let count = 0;
  let running = true;
  const lanes = Array.from({ length: WRITERS }, async (_, lane) => {
    for (let n = 1; running; n++) {
      const key = `${lane}/${n % 10}`;
      const { kind } = await outcomeOf(clientOf(datacenter).put(keyOf("test", set, key), { n }));
      if (kind === "applied") {
        acknowledged.set(key, n);
        count += 1;
      } else await elapse(20);
    }
  });
  return {
    acknowledged,
    more: async (least: number): Promise<void> => {
      const from = count;
      await untilTrue(`${least} writes`, { timeoutMs: 30_000 }, () => count >= from + least);
    },
    stop: async (): Promise<void> => {
      running = false;
      await Promise.all(lanes);
    },
  };
}

/** Keys of which a datacenter holds less than was acknowledged. */
async function missing(datacenter: string, set: string, acknowledged: ReadonlyMap<string, number>) {
  const found = await Promise.all(
    [...acknowledged].map(async ([key, least]) => {
      const bins = await readPatiently(clientOf(datacenter), keyOf("test", set, key));
      return Number(bins?.["n"] ?? 0) >= least ? [] : [key];
    }),
  );
  return found.flat();
}

async function switchover(...args: string[]): Promise<Outcome & { code: number }> {
  const result = await deployment.meridian("switchover", ...args, "--json");
  expect(result.stderr).toBe("");
  return { code: result.code, ...switchoverSchema.parse(JSON.parse(result.stdout)) };
}

const writes = async (datacenter: string): Promise<string> =>
  (await outcomeOf(clientOf(datacenter).put(keyOf("test", "probe", "p"), { n: 1 }))).kind;

test("active-passive: everything acknowledged is in the new datacenter when the command answers", async () => {
  await deployment.json("fence", "dc-b");
  const writers = load("dc-a", "first");
  await writers.more(2000);
  const outcome = await switchover("dc-a", "dc-b");
  const lost = await missing("dc-b", "first", writers.acknowledged);
  const kinds = [await writes("dc-a"), await writes("dc-b")];
  await writers.stop();
  report("switchover", {
    "seconds without writes": outcome.secondsWithoutWrites,
    "keys acknowledged": writers.acknowledged.size,
  });
  expect(outcome).toMatchObject({ code: 0, done: true, partitionsBehind: 0 });
  expect(lost).toEqual([]);
  expect(kinds).toEqual(["refused", "applied"]);
  expect(outcome.secondsWithoutWrites).toBeLessThan(5);
});

test("called off when the WAN is cut: the old one takes writes, the new one is fenced as before", async () => {
  const writers = load("dc-b", "second");
  await writers.more(200);
  await deployment.json("link", "cut", "dc-a", "dc-b");
  // Something is under way for sure.
  await writers.more(500);
  const outcome = await switchover("dc-b", "dc-a", "--timeout", "2s");
  await writers.more(200);
  const kinds = [await writes("dc-a"), await writes("dc-b")];
  await writers.stop();
  expect(outcome).toMatchObject({ code: 1, done: false, reopened: true });
  expect(outcome.reason).toMatch(/^dc-a lacks changes of \d+ partitions after 2 s/);
  expect(outcome.partitionsBehind).toBeGreaterThan(0);
  expect(kinds).toEqual(["refused", "applied"]);
});

test("back again once the WAN is healed; both are equal then", async () => {
  await deployment.json("link", "heal", "dc-a", "dc-b");
  const writers = load("dc-b", "third");
  await writers.more(500);
  const outcome = await switchover("dc-b", "dc-a", "--timeout", "60s");
  const lost = await missing("dc-a", "third", writers.acknowledged);
  await writers.stop();
  expect(outcome).toMatchObject({ code: 0, done: true });
  expect(lost).toEqual([]);
  expect((await deployment.verify(30)).verdict).toBe("equal");
});

test("active-active: no moment without a datacenter that takes writes", async () => {
  await deployment.json("unfence", "dc-b");
  expect(await switchover("dc-a", "dc-b")).toMatchObject({ code: 0, done: true, secondsWithoutWrites: 0 });
  await deployment.json("unfence", "dc-a");
  expect([await writes("dc-a"), await writes("dc-b")]).toEqual(["applied", "applied"]);
});

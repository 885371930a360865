/**
 * Proves, over real processes and against the writers' own record of acknowledgements: what a lost
 * datacenter committed and the survivor lacks is listed exactly, every version; the datacenter comes
 * back closed and hands none of it over, until it is decided: merged under the policy, or kept in a
 * file with the datacenter filled anew from the survivor, which then never gets it. Once a failover was
 * declared, so it is also when nobody thinks of it: started as usual, with what the bus still holds, it
 * closes itself, and what its clients wrote until then is listed with the rest.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { askRecordVersion } from "../../cli/client/record-version.ts";
import { Deployment } from "../process/deployment.ts";
import {
  type Client,
  connectClient,
  forEachOf,
  keyOf,
  outcomeOf,
  read,
  readPatiently,
} from "../process/official-client.ts";
import { untilTrue } from "../process/until.ts";

const KEYS = 300;
const FORBIDDEN = 22;

const orphanSchema = z.object({
  namespace: z.string(),
  set: z.string(),
  key: z.string().nullable(),
  kind: z.enum(["put", "delete"]),
  generation: z.number(),
  sourceId: z.number(),
  sequence: z.number(),
  last: z.boolean(),
  image: z.string().optional(),
});
const listSchema = z.object({
  fence: z.string().nullable(),
  orphans: z.array(orphanSchema),
  unknown: z.array(z.object({ reason: z.string(), partitions: z.array(z.number()) })),
});
const asideSchema = z.array(
  z.object({ datacenter: z.string(), name: z.string(), place: z.string(), bytes: z.number() }),
);
type Orphan = z.infer<typeof orphanSchema>;

let deployment: Deployment;
const clients = new Map<string, Client>();

async function connect(datacenter: string): Promise<Client> {
  const client = await connectClient(deployment.hosts(datacenter), { timeoutMs: 5000 });
  clients.set(datacenter, client);
  return client;
}

beforeAll(async () => {
  deployment = await Deployment.start({ nodes: 2 });
  for (const name of ["dc-a", "dc-b"]) await deployment.settled(name);
});
afterAll(async () => {
  await deployment?.dispose();
});

async function orphans(): Promise<z.infer<typeof listSchema> & { code: number }> {
  const result = await deployment.meridian("orphans", "dc-a", "--survivor", "dc-b", "--json");
  expect(result.stderr).toBe("");
  return { code: result.code, ...listSchema.parse(JSON.parse(result.stdout)) };
}

/** As a test compares them: key, kind, generation, and whether it is the last one. */
const plain = (list: readonly Orphan[]): string[] =>
  list.map(({ set, key, kind, generation, last }) => `${set}/${key} ${kind} ${generation} ${last}`).sort();

/** Writes two versions of each key, and deletes every tenth: what is acknowledged, as `plain` has it. */
async function writeOrphans(client: Client, set: string): Promise<string[]> {
  const acknowledged: string[] = [];
  await forEachOf(KEYS, 32, async (index) => {
    const key = keyOf("test", set, `k${index}`);
    const deleted = index % 10 === 0;
    expect((await outcomeOf(client.put(key, { n: 1 }))).kind).toBe("applied");
    acknowledged.push(`${set}/k${index} put 1 false`);
    if (deleted) {
      expect((await outcomeOf(client.remove(key))).kind).toBe("applied");
      acknowledged.push(`${set}/k${index} delete 2 true`);
    } else {
      expect((await outcomeOf(client.put(key, { n: 2 }))).kind).toBe("applied");
      acknowledged.push(`${set}/k${index} put 2 true`);
    }
  });
  return acknowledged.sort();
}

/** Cuts the WAN, writes what only dc-a gets, and loses dc-a. */
async function loseDatacenter(set: string): Promise<string[]> {
  const a = await connect("dc-a");
  expect((await outcomeOf(a.put(keyOf("test", set, "shared"), { n: 0 }))).kind).toBe("applied");
  expect((await deployment.verify(30)).verdict).toBe("equal");
  expect(await orphans()).toMatchObject({ code: 0, orphans: [], unknown: [] });
  // Torn down: what a silent cut holds up on its way arrives when it ends, and is no orphan then.
  await deployment.json("link", "cut", "dc-a", "dc-b", "--reset");
  const acknowledged = await writeOrphans(a, set);
  const list = await orphans();
  expect(list).toMatchObject({ code: 1, fence: "open", unknown: [] });
  expect(plain(list.orphans)).toEqual(acknowledged);
  const refused = await deployment.meridian("failover", "dc-a", "--to", "dc-b");
  expect(refused).toMatchObject({ code: 3 });
  expect(refused.stderr).toContain("a1, a2 of dc-a answer: it is not lost");
  clients.delete("dc-a");
  await deployment.kill(["a1", "a2", "a-shipper", "a-nats"]);
  await deployment.json("link", "heal", "dc-a", "dc-b");
  return acknowledged;
}

/** `opened`: null if dc-b is open already. */
async function declareLost(opened: true | null): Promise<void> {
  const plan = await deployment.meridian("failover", "dc-a", "--to", "dc-b", "--dry-run");
  expect(plan.stdout).toContain("shut dc-a out of dc-b: none of its changes is applied");
  const outcome = await deployment.json("failover", "dc-a", "--to", "dc-b");
  expect(outcome).toMatchObject({ done: true, opened, untold: [], told: [{ datacenter: "dc-b" }] });
}

/** Brings dc-a back as told; resolves when what dc-b wrote has come there, so that the WAN works. */
async function bringBack(set: string, start: () => Promise<unknown>): Promise<void> {
  const b = await connect("dc-b");
  await b.put(keyOf("test", set, "shared"), { n: 1 });
  await start();
  await untilTrue("dc-b's change to come", { timeoutMs: 60_000 }, async () => {
    const { record } = await askRecordVersion(deployment.datacenter("dc-a"), "test", set, "shared");
    return record?.sourceId === 2;
  });
  await deployment.settled("dc-a");
}

async function countIn(datacenter: string, set: string): Promise<number> {
  const client = clients.get(datacenter) ?? (await connect(datacenter));
  const found = await Promise.all(
    Array.from({ length: KEYS }, (_, index) => readPatiently(client, keyOf("test", set, `k${index}`))),
  );
  return found.filter((bins) => bins !== undefined).length;
}

test("a lost datacenter comes back closed, its changes held; opened, they are merged", async () => {
  const acknowledged = await loseDatacenter("merged");
  const gone = await orphans();
  expect(gone).toMatchObject({ code: 2, orphans: [] });
  expect(gone.unknown.map(({ partitions }) => partitions.length)).toEqual([4096, 4096]);
  await declareLost(null);

  await bringBack("merged", () => deployment.json("restart", "dc-a", "--fenced"));
  const list = await orphans();
  expect(list).toMatchObject({ code: 1, fence: "held", unknown: [] });
  expect(plain(list.orphans)).toEqual(acknowledged);
  const a = await connect("dc-a");
  const refusals = [
    await outcomeOf(a.put(keyOf("test", "x", "x"), { n: 1 })),
    await outcomeOf(a.get(keyOf("test", "x", "x"))),
  ];
  expect(refusals).toMatchObject(refusals.map(() => ({ kind: "refused", code: FORBIDDEN })));
  expect(await countIn("dc-b", "merged")).toBe(0);
  // Killed and started as usual it stays closed: nothing has been decided.
  await deployment.kill(["a1", "a2"]);
  await deployment.restart(["a1", "a2"]);
  await deployment.settled("dc-a");
  expect(plain((await orphans()).orphans)).toEqual(acknowledged);
  expect(await countIn("dc-b", "merged")).toBe(0);

  const file = join(deployment.folder, "merged.json");
  await deployment.json("unfence", "dc-a", "--orphans", file);
  const [written] = z.array(listSchema).parse(JSON.parse(readFileSync(file, "utf8")));
  expect(plain(written?.orphans ?? [])).toEqual(acknowledged);
  expect((await deployment.verify(60)).verdict).toBe("equal");
  expect(await orphans()).toMatchObject({ code: 0, orphans: [] });
  expect(await countIn("dc-b", "merged")).toBe(KEYS - KEYS / 10);
});

/** Writes in dc-a until it refuses: it has noticed that it was declared lost. What was acknowledged. */
async function writeUntilClosed(set: string): Promise<string[]> {
  const a = await connect("dc-a");
  const acknowledged: string[] = [];
  await untilTrue("dc-a to close itself", { timeoutMs: 30_000, intervalMs: 5 }, async () => {
    const key = `late${acknowledged.length}`;
    const outcome = await outcomeOf(a.put(keyOf("test", set, key), { n: 1 }));
    if (outcome.kind === "applied") acknowledged.push(`${set}/${key} put 1 true`);
    return outcome.kind === "refused" && outcome.code === FORBIDDEN;
  });
  return acknowledged;
}

test("reseeded, the orphans are in a file and in no datacenter, and both are equal", async () => {
  await deployment.settled("dc-a");
  const acknowledged = await loseDatacenter("aside");
  await deployment.json("fence", "dc-b");
  await declareLost(true);
  await bringBack("aside", async () => {
    await deployment.restart(["a-nats", "a1", "a2", "a-shipper"]);
    acknowledged.push(...(await writeUntilClosed("aside")));
    acknowledged.sort();
  });
  expect(plain((await orphans()).orphans)).toEqual(acknowledged);
  expect(await countIn("dc-b", "aside")).toBe(0);
  const { datacenters, ships } = await deployment.overview();
  expect(datacenters).toMatchObject([
    { fence: "held", declaredLost: { by: "dc-b" }, shutOuts: [] },
    { fence: "open", declaredLost: null, shutOuts: [{ datacenter: "dc-a" }] },
  ]);
  expect(ships.map(({ shutOut }) => shutOut)).toEqual([true, false]);
  const file = join(deployment.folder, "aside.jsonl");
  const reseeded = z
    .object({ orphans: z.number(), aside: z.string(), filled: z.boolean() })
    .parse(await deployment.json("reseed", "dc-a", "--from", "dc-b", "--keep-orphans", file, "--wait", "90"));
  expect(reseeded).toMatchObject({ orphans: acknowledged.length, filled: true });
  expect(existsSync(join(reseeded.aside, "a1"))).toBe(true);
  const [disks, ...more] = asideSchema.parse(await deployment.json("aside", "list", "dc-a"));
  expect(more).toEqual([]);
  expect(disks).toMatchObject({ datacenter: "dc-a", place: reseeded.aside });
  expect(disks?.bytes).toBeGreaterThan(10_000);
  expect(await deployment.json("aside", "remove", "dc-a", disks?.name ?? "")).toMatchObject(disks ?? {});
  expect(existsSync(reseeded.aside)).toBe(false);
  const kept = readFileSync(file, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => orphanSchema.parse(JSON.parse(line)));
  expect(plain(kept)).toEqual(acknowledged);
  expect(kept.every(({ image }) => (image ?? "").length > 0)).toBe(true);

  await deployment.json("unfence", "dc-a");
  expect((await deployment.verify(60)).verdict).toBe("equal");
  await connect("dc-a");
  expect([await countIn("dc-a", "aside"), await countIn("dc-b", "aside")]).toEqual([0, 0]);
  expect(await countIn("dc-a", "merged")).toBe(KEYS - KEYS / 10);
  expect(await orphans()).toMatchObject({ code: 0, orphans: [], unknown: [] });
  // It writes and ships again, under a log of its own.
  await (clients.get("dc-a") as Client).put(keyOf("test", "after", "k"), { n: 1 });
  await untilTrue("a change of the new log to come to dc-b", { timeoutMs: 30_000 }, async () => {
    const bins = await read(clients.get("dc-b") as Client, keyOf("test", "after", "k"));
    return bins?.["n"] === 1;
  });
});

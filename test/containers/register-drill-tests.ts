/**
 * What tests of deploy/compose/two-dc.yaml prove of containers as test/end-to-end proves it of processes: a
 * datacenter is closed, lost, brought back closed, its orphans listed and kept aside, by the command line and
 * without anybody handing secrets around; every kind of fault is rehearsed and leaves it whole; what drills
 * report is what an independent witness saw; and a container that `meridian up` did not start is left alone.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { z } from "zod";
import { reportSchema } from "../../cli/drill/report/report-schema.ts";
import { type Client, keyOf, outcomeOf } from "../process/official-client.ts";
import { lagMost } from "../process/rehearsal.ts";
import { untilTrue } from "../process/until.ts";
import type { ComposeSetup } from "./compose-setup.ts";
import { ContainerDrills } from "./container-drills.ts";
import { connectFromHost } from "./records.ts";
import { registerScenarios } from "./register-scenarios.ts";

const ORPHANS = ["o1", "o2", "o3"];
/** "Operation not allowed at this time" in the client protocol. */
const FORBIDDEN = 22;

/** `setup` is up when the tests run, and whole after each. */
export function registerDrillTests(setup: ComposeSetup): void {
  const folder = mkdtempSync(join(tmpdir(), "meridian-drills-"));
  const drills = new ContainerDrills(setup);
  afterAll(() => rmSync(folder, { recursive: true }));

  const put = (client: Client, key: string) => outcomeOf(client.put(keyOf("test", "drills", key), { n: 1 }));
  const applied = (client: Client, key: string): Promise<void> =>
    untilTrue(
      `${key} to be written`,
      { timeoutMs: 30_000 },
      async () => (await put(client, key)).kind === "applied",
    );
  const orphans = async (expected: number): Promise<unknown[]> => {
    const schema = z.object({
      orphans: z.array(z.object({ key: z.string() })),
      unknown: z.array(z.unknown()),
    });
    const said = await setup.exits(expected, "orphans", "dc-a", "--survivor", "dc-b", "--json");
    const list = schema.parse(JSON.parse(said));
    expect(list.unknown).toEqual([]);
    return list.orphans.map(({ key }) => key).sort();
  };

  test("dc-loss: the listed writes are exactly those the independent log misses", async ({ signal }) => {
    const { losses } = await drills.run("dc-loss", "several", signal, { cutBeforeMs: 500 });
    expect(losses[0]?.writes).toBeGreaterThan(0);
  });

  test("split-brain: conflicts with winner and losers", async ({ signal }) => {
    const { conflicts } = await drills.run("split-brain", "several", signal);
    expect(conflicts.length).toBeGreaterThan(0);
    for (const { winner, losers } of conflicts) {
      expect(losers.length).toBeGreaterThan(0);
      expect(losers.every(({ datacenter }) => datacenter !== winner)).toBe(true);
    }
  });

  test("bus-loss: nobody noticed, and what was on its way was shipped again", async ({ signal }) => {
    expect(lagMost(await drills.run("bus-loss", "several", signal))).toBeGreaterThan(50);
  });

  registerScenarios(drills, { shippers: "b-shipper", nats: "a-nats", waiting: 50 });

  test("closed and opened: a write is refused by the code that says so", async () => {
    const b = await connectFromHost(setup.seeds("dc-b"));
    await applied(b, "before");
    expect(await setup.exits(0, "fence", "dc-b")).toMatch(/^dc-b refuses writes \(after/);
    expect(await put(b, "closed")).toMatchObject({ kind: "refused", code: FORBIDDEN });
    await setup.exits(0, "unfence", "dc-b");
    await applied(b, "after");
  });

  test("lost, brought back closed, reseeded: its orphans are in a file and nowhere else", async () => {
    const [a, b] = [await connectFromHost(setup.seeds("dc-a")), await connectFromHost(setup.seeds("dc-b"))];
    await setup.exits(0, "verify", "--namespace", "test", "--wait", "60");
    await setup.exits(0, "link", "cut", "dc-a", "dc-b", "--reset");
    for (const key of ORPHANS) await applied(a, key);
    await (await setup.connect()).kill(["a1", "a2", "a3", "a-shipper", "a-nats"]);
    await setup.exits(0, "link", "heal", "dc-a", "dc-b");
    expect(await setup.exits(0, "failover", "dc-a", "--to", "dc-b")).toMatch(/^dc-a is shut out of dc-b/m);
    expect(await setup.exits(0, "status")).toMatch(/^dc-b shuts dc-a out/m);
    expect(await setup.exits(0, "restart", "dc-a", "--fenced")).toBe("dc-a runs\n");
    expect(await orphans(1)).toEqual(ORPHANS);
    // A change of dc-b has come, and none has gone: the WAN works.
    await applied(b, "meanwhile");
    await untilTrue("the change of dc-b to come", { timeoutMs: 60_000 }, async () => {
      const { stdout } = await setup.meridian("orphans", "dc-b", "--survivor", "dc-a", "--json");
      return z.object({ orphans: z.array(z.unknown()) }).parse(JSON.parse(stdout)).orphans.length === 0;
    });
    expect(await orphans(1)).toEqual(ORPHANS);
    const file = join(folder, "orphans.jsonl");
    const reseed = ["reseed", "dc-a", "--from", "dc-b", "--keep-orphans", file];
    const said = await setup.exits(0, ...reseed, "--wait", "90");
    expect(said).toMatch(/^3 orphan changes are in .*\n.*aside-.* in the volumes of a1, a2, a3, a-nats$/m);
    expect(readFileSync(file, "utf8").trimEnd().split("\n")).toHaveLength(ORPHANS.length);
    await setup.exits(0, "unfence", "dc-a");
    await setup.exits(0, "verify", "--namespace", "test", "--wait", "60");
    expect(await orphans(0)).toEqual([]);
    await expect(b.exists(keyOf("test", "drills", "o1"))).resolves.toBe(false);
  });

  test("what was moved aside is listed with its size, and gone once it is removed", async () => {
    const list = async () => asideSchema.parse(JSON.parse(await setup.exits(0, "aside", "list", "--json")));
    const inside = (): Promise<string> => setup.exec("a1", "ls", "/var/lib/meridian");
    const disks = await list();
    expect(disks).toMatchObject([{ datacenter: "dc-a", place: / in the volumes of a1, a2, a3, a-nats$/ }]);
    const { name = "", bytes = 0 } = disks[0] ?? {};
    expect(bytes).toBeGreaterThan(1_000_000);
    expect(await inside()).toContain(name);
    await setup.exits(3, "aside", "remove", "dc-a", "aside-2026");
    expect(await setup.exits(0, "aside", "remove", "dc-a", name)).toMatch(/^removed: dc-a aside-/);
    expect(await list()).toEqual([]);
    expect(await inside()).not.toContain("aside-");
  });

  test("node-loss by the command line; a container that others made is left alone until it is adopted", async () => {
    const drill = reportSchema.parse(
      JSON.parse(await setup.exits(0, "drill", "node-loss", ...drills.loadArguments, "--json")),
    );
    expect(drill.recoveries[0]).toMatchObject({ after: "a3 killed", kind: "fault" });
    expect(drill.stage).toMatch(/^containers of two-dc \(project meridian-test-/);
    const { code } = await setup.compose("up", "--detach", "--force-recreate", "--no-deps", "a3");
    expect(code).toBe(0);
    const refused = await setup.meridian("drill", "node-loss", ...drills.loadArguments);
    expect(refused).toMatchObject({ code: 3, stdout: "" });
    expect(refused.stderr).toMatch(/^meridian: `meridian up` did not start a3 of .*say --adopt$/m);
    expect(await setup.exits(0, "drill", "node-loss", "--dry-run")).toMatch(/kill -9 of a3/);
    await setup.up();
    expect((await setup.connect()).foreign).toEqual([]);
  });
}

const asideSchema = z.array(
  z.object({ datacenter: z.string(), name: z.string(), place: z.string(), bytes: z.number() }),
);

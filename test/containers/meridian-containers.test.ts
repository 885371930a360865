/**
 * Proves the module for users' own tests, on a real engine with the official client: what it starts
 * serves and replicates; a cut, a slow WAN, killed and frozen nodes do what they say; a drill of a lost
 * datacenter reports its losses and leaves all of it whole; stop() leaves nothing. And that the packed
 * module's documented examples (docs/testcontainers.md) run as they stand.
 */
import { execFileSync, spawnSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type DrillReport, MeridianContainers } from "../../cli/containers/meridian-containers.ts";
import type { StartedMeridian } from "../../cli/containers/started-meridian.ts";
import { isOk } from "../../cli/setup/admin-client.ts";
import { type Client, connectClient, keyOf, outcomeOf, readPatiently } from "../process/official-client.ts";
import { untilTrue } from "../process/until.ts";
import { buildTestImage, TEST_IMAGE, whyNoContainers } from "./docker.ts";

const ROOT = join(import.meta.dirname, "../..");
const WAIT = { timeoutMs: 30_000 };
const DELAY_MS = 500;
/** Long enough for a difference to stand for two seconds, however slow the looks are. */
const STANDS_MS = 8000;
const EXAMPLE_MS = 240_000;

const leftOut = whyNoContainers();
// The reaper's image cannot be had everywhere that these run.
process.env["TESTCONTAINERS_RYUK_DISABLED"] = "true";

// tidy: skipped-test, without a Docker engine there is nothing to test; its reason is printed, CI runs it
describe.skipIf(leftOut !== undefined)("MeridianContainers", () => {
  let meridian: StartedMeridian;
  const clients: Client[] = [];
  let a: Client;
  let b: Client;

  const key = (name: string): ReturnType<typeof keyOf> => keyOf("test", "module", name);
  const valueIn = async (client: Client, name: string): Promise<unknown> =>
    (await readPatiently(client, key(name)))?.["value"];
  const arrives = (client: Client, name: string, value: number): Promise<void> =>
    untilTrue(`${name} to be ${value}`, WAIT, async () => (await valueIn(client, name)) === value);

  beforeAll(async () => {
    buildTestImage();
    meridian = await new MeridianContainers().withNodes(2).withImage(TEST_IMAGE).start();
    for (const { name } of meridian.datacenters) {
      clients.push(await connectClient(meridian.hosts(name), { alternate: true, timeoutMs: 3000 }));
    }
    [a, b] = clients as [Client, Client];
  });
  afterAll(async () => {
    await meridian?.stop();
  });

  test("serves at once, and a write is in the other datacenter", async () => {
    await a.put(key("first"), { value: 1 });
    await arrives(b, "first", 1);
    expect(meridian.datacenters.map(({ name, seeds }) => [name, seeds.length])).toEqual([
      ["dc-a", 2],
      ["dc-b", 2],
    ]);
  });

  test("nothing passes a cut WAN; healed, both are equal", async () => {
    await meridian.cutWan("dc-a", "dc-b");
    await a.put(key("cut"), { value: 2 });
    await expect(meridian.waitForConvergence(STANDS_MS)).rejects.toThrow(/1 keys differ: cut/);
    expect(await valueIn(b, "cut")).toBeUndefined();
    await meridian.healWan();
    expect(await meridian.waitForConvergence()).toBeLessThan(WAIT.timeoutMs);
    expect(await valueIn(b, "cut")).toBe(2);
  });

  test("a slow WAN delays what is shipped", async () => {
    await meridian.setWan({ delayMs: DELAY_MS });
    const fromMs = performance.now();
    await a.put(key("slow"), { value: 3 });
    await arrives(b, "slow", 3);
    expect(performance.now() - fromMs).toBeGreaterThan(DELAY_MS);
    await meridian.setWan({});
  });

  test("a killed node is replaced by its peer, and serves again once it is restarted", async () => {
    await meridian.killNode("a1");
    const outcomes: string[] = [];
    await untilTrue("writes with one node", WAIT, async () => {
      outcomes.push((await outcomeOf(a.put(key("killed"), { value: 4 }))).kind);
      return outcomes.at(-1) === "applied";
    });
    expect(await isOk(`${meridian.datacenter("dc-a").admin["a1"]}/healthz`)).toBe(false);
    await meridian.restartNode("a1");
    await meridian.waitForConvergence();
    expect(await valueIn(b, "killed")).toBe(4);
  });

  test("a frozen shipper ships nothing; what was written meanwhile comes when it goes on", async () => {
    await meridian.pauseNode("a-shipper");
    await a.put(key("frozen"), { value: 5 });
    await expect(meridian.waitForConvergence(STANDS_MS)).rejects.toThrow(/1 keys differ: frozen/);
    await meridian.resumeNode("a-shipper");
    await arrives(b, "frozen", 5);
  });

  test("a drill: a datacenter is lost under load, comes back, and the report tells what it cost", async () => {
    const folder = mkdtempSync(join(tmpdir(), "meridian-module-drill-"));
    const steps: string[] = [];
    try {
      const drill: DrillReport = await meridian.drill("dc-loss", {
        ...{ rate: 150, keys: 500, durationMs: 2000, cutBeforeMs: 500, seed: 3, folder },
        onStep: (line) => steps.push(line),
      });
      expect(drill.verdict, steps.join("\n")).toMatchObject({ result: "passed" });
      expect(drill.losses[0]?.writes).toBeGreaterThan(0);
      expect(drill.returned[0]).toMatchObject({ unknownPartitions: 0, notAmongThem: [] });
      expect(steps.filter((line) => /^\d+\/\d+ /.test(line)).length).toBe(drill.steps.length);
      expect(readdirSync(folder).map((name) => name.replace(/^.*-dc-loss/, ""))).toEqual([".html", ".json"]);
    } finally {
      rmSync(folder, { recursive: true });
    }
    await expect(meridian.drill("meteor")).rejects.toThrow(/no scenario meteor; there are: node-loss, /);
    // Whole again, as clients see it.
    await a.put(key("drilled"), { value: 6 });
    await arrives(b, "drilled", 6);
  });

  test("names that are not there are refused with those that are", async () => {
    await expect(meridian.killNode("c1")).rejects.toThrow(
      /no process c1 here; there are: a-nats, a-shipper, a1/,
    );
    await expect(meridian.cutWan("dc-c")).rejects.toThrow(/no datacenter dc-c; there are: dc-a, dc-b/);
    await expect(new MeridianContainers().withReplicationFactor(4).start()).rejects.toThrow(
      /replicationFactor/,
    );
  });

  test("stop() leaves no container, no network and no volume", async () => {
    await meridian.stop();
    const left = (...args: string[]): string =>
      execFileSync("docker", [...args, "-q", "--filter", "label=org.testcontainers=true"], {
        encoding: "utf8",
      });
    expect(left("ps", "--all")).toBe("");
    expect(left("network", "ls")).toBe("");
    expect(left("volume", "ls")).toBe("");
  });

  test("the packed module's documented examples run as they stand", { timeout: EXAMPLE_MS }, async () => {
    const folder = mkdtempSync(join(tmpdir(), "meridian-example-"));
    try {
      const text = readFileSync(join(ROOT, "docs/testcontainers.md"), "utf8");
      const [example = "", ...others] = [...text.matchAll(/```js\n([\s\S]*?)```/g)].map(
        ([, code = ""]) => code,
      );
      expect(example).toContain("new MeridianContainers()");
      writeFileSync(join(folder, "failover.test.mjs"), [example, ...others].join("\n"));
      installPacked(folder);
      execFileSync("docker", ["tag", TEST_IMAGE, "meridian:local"]);
      const run = spawnSync(process.execPath, ["--test", "failover.test.mjs"], {
        cwd: folder,
        encoding: "utf8",
        timeout: EXAMPLE_MS,
      });
      expect(run.stdout, run.stdout + run.stderr).toMatch(/pass 2\n/);
      expect(run.status).toBe(0);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

/** As `npm install meridian-0.1.0.tgz`, with the packages that are here already. */
function installPacked(folder: string): void {
  const modules = join(folder, "node_modules");
  mkdirSync(modules);
  for (const name of readdirSync(join(ROOT, "node_modules"))) {
    if (!name.startsWith(".")) symlinkSync(join(ROOT, "node_modules", name), join(modules, name));
  }
  const packed = execFileSync("npm", ["pack", "--silent", "--pack-destination", folder], {
    cwd: ROOT,
    encoding: "utf8",
  });
  rmSync(join(ROOT, "dist"), { recursive: true });
  execFileSync("tar", ["-xzf", packed.trim().split("\n").at(-1) ?? ""], { cwd: folder });
  execFileSync("mv", ["package", join(modules, "meridian")], { cwd: folder });
}

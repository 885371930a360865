/**
 * Proves of deploy/compose/three-dc.yaml, with real containers: three datacenters come up, and what is
 * written in one arrives in the two others, each from each (mesh); a server of a datacenter's NATS cluster,
 * one of its two shippers and a node may be gone, and changes still arrive; a datacenter that is cut off
 * from both others takes writes meanwhile, the two others go on exchanging theirs, and healed all three
 * are equal (N10).
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { report } from "../process/figures.ts";
import type { Client } from "../process/official-client.ts";
import { until } from "../process/until.ts";
import { ComposeSetup } from "./compose-setup.ts";
import { whyNoContainers } from "./docker.ts";
import { arrives, connectFromHost, put, read } from "./records.ts";

const BASE_PORT = 26_000;
/** 26 containers on two cores: what takes over is given time for it. */
const ARRIVES_MS = 60_000;
const DATACENTERS = ["dc-a", "dc-b", "dc-c"];

const leftOut = whyNoContainers();

// tidy: skipped-test, without a Docker engine there is nothing to test; its reason is printed, CI runs it
describe.skipIf(leftOut !== undefined)("three-dc.yaml", () => {
  const setup = new ComposeSetup("three-dc", BASE_PORT);
  let clients: Client[] = [];

  beforeAll(async () => {
    const up = await setup.up(true);
    report("first up of three-dc, seconds", { ...up.seconds });
    expect(Object.keys(up.datacenters)).toEqual(DATACENTERS);
    clients = await Promise.all(DATACENTERS.map((name) => connectFromHost(up.datacenters[name])));
  });
  afterAll(async () => {
    await setup.down("--volumes");
  });

  /** Written in each datacenter under a key of its own, and read in each other. */
  const exchange = async (what: string, among: readonly number[]): Promise<void> => {
    const all = among.map((index) => ({ client: clients[index] as Client, name: DATACENTERS[index] ?? "" }));
    await Promise.all(all.map(({ client, name }) => put(client, `${what} ${name}`, name)));
    for (const { client } of all) {
      for (const { name } of all) await arrives(client, `${what} ${name}`, name, ARRIVES_MS);
    }
  };
  /** A command that must end with code 0. */
  const meridian = async (...args: string[]): Promise<string> => {
    const { code, stdout, stderr } = await setup.meridian(...args);
    expect([args.join(" "), code, stderr]).toEqual([args.join(" "), 0, stderr]);
    return stdout;
  };

  test("what is written in one arrives in both others", async () => {
    await exchange("mesh", [0, 1, 2]);
  });

  test("without a NATS server, a shipper and a node of dc-a, changes go both ways", async () => {
    const gone = ["a-nats-2", "a-shipper-1", "a3"];
    for (const name of gone) await meridian("kill", name);
    await exchange("degraded", [0, 1, 2]);
    for (const name of gone) await meridian("restart", name);
    const whole = await until("a whole set-up", { timeoutMs: ARRIVES_MS, intervalMs: 500 }, async () => {
      const text = await meridian("status");
      return /unavailable|short of copies|down|unknown|silent/.test(text) ? undefined : text;
    });
    expect(whole).toMatch(/dc-a -> dc-c: lag \d+ records/);
    await exchange("whole", [0, 1, 2]);
  });

  test("dc-c is cut off, written on all sides, healed: one state", async () => {
    const [a, , c] = clients as [Client, Client, Client];
    await meridian("link", "cut", "dc-a", "dc-c");
    await meridian("link", "cut", "dc-b", "dc-c");
    await put(c, "both", "c");
    await put(a, "both", "a");
    await exchange("beside the cut", [0, 1]);
    expect(await read(c, "beside the cut dc-a")).toBeUndefined();
    expect(await read(c, "both")).toBe("c");
    await meridian("link", "heal", "dc-a", "dc-c");
    await meridian("link", "heal", "dc-b", "dc-c");
    for (const client of clients) await arrives(client, "both", "a", ARRIVES_MS);
    for (const name of ["dc-a", "dc-b"]) await arrives(c, `beside the cut ${name}`, name, ARRIVES_MS);
    const verdict: unknown = JSON.parse(await meridian("verify", "--wait", "60", "--json"));
    expect(verdict).toMatchObject({ verdict: "equal", datacenters: DATACENTERS });
  });
});

/**
 * Proves: a change that cannot be applied in another datacenter is parked there, listed with its reason and
 * alone in being missing; it survives the kill of its node, stays parked as long as the reason stands, and
 * once that is put right a retry makes the datacenters equal. It is accounted for all the time.
 *
 * How: dc-b takes records of 1 KiB at most, and dc-a writes a larger one among others.
 */
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { Deployment } from "../process/deployment.ts";
import { connectClient, keyOf, outcomeOf } from "../process/official-client.ts";
import { until } from "../process/until.ts";

const LIMIT_BYTES = 1024;

let deployment: Deployment;

beforeAll(async () => {
  deployment = await Deployment.start({ nodes: 1, replicationFactor: 1 });
  limitRecords(LIMIT_BYTES);
  await deployment.restart(["b1"]);
});
afterAll(async () => {
  await deployment?.dispose();
});

function limitRecords(bytes: number): void {
  deployment.editConfig("dc-b", (config) => {
    const namespaces = z.array(z.looseObject({ name: z.string() })).parse(config["namespaces"]);
    config["namespaces"] = namespaces.map((one) => ({ ...one, "max-record-size": bytes }));
  });
}

const parkedSchema = z.array(z.object({ id: z.string(), reason: z.string() }));

async function parked(): Promise<z.infer<typeof parkedSchema>> {
  const { code, stdout } = await deployment.meridian("parked", "list", "--json");
  const found = parkedSchema.parse(JSON.parse(stdout));
  expect(code).toBe(found.length === 0 ? 0 : 1);
  return found;
}

test("a change that does not fit is parked, and applied when it fits", async () => {
  const client = await connectClient(deployment.hosts("dc-a"));
  for (const [name, bytes] of [
    ["small", 10],
    ["large", 4 * LIMIT_BYTES],
    ["later", 10],
  ] as const) {
    const outcome = await outcomeOf(client.put(keyOf("test", "parked", name), { value: "v".repeat(bytes) }));
    expect(outcome).toEqual({ kind: "applied" });
  }
  const waiting = { timeoutMs: 20_000, intervalMs: 100 };
  const [change] = await until("the change to be parked", waiting, async () => {
    const found = await parked();
    return found.length > 0 ? found : undefined;
  });
  expect(change?.reason).toBe(`larger than ${LIMIT_BYTES} bytes`);
  const differing = (await deployment.verify(5)).namespaces.find(({ namespace }) => namespace === "test");
  expect(differing).toMatchObject({ differingKeys: 1, verdict: "different" });

  await deployment.kill(["b1"]);
  await deployment.restart(["b1"]);
  await deployment.settled("dc-b");
  expect(await parked()).toEqual([change]);
  const id = change?.id ?? "";
  expect(await deployment.meridian("parked", "retry", id)).toMatchObject({
    code: 3,
    stderr: expect.stringContaining(`larger than ${LIMIT_BYTES} bytes`),
  });
  expect(await parked()).toEqual([change]);

  limitRecords(1024 * 1024);
  await deployment.restart(["b1"]);
  await deployment.settled("dc-b");
  expect(await deployment.json("parked", "retry", id)).toEqual({ id, outcome: "applied" });
  expect(await parked()).toEqual([]);
  expect(await deployment.verify(10)).toMatchObject({ verdict: "equal" });
  const ended = z.object({
    unaccounted: z.literal(0),
    links: z.array(z.object({ from: z.string(), namespace: z.string(), ended: z.looseObject({}) })),
  });
  const { links } = ended.parse(await deployment.json("ledger"));
  expect(links.find(({ from, namespace }) => from === "dc-a" && namespace === "test")?.ended).toMatchObject({
    applied: 3,
    parked: 0,
  });
});

/**
 * Proves what stops a failover before it changes anything: a datacenter that answers, unless it is forced; a
 * datacenter to take over that cannot be told; and one that is to take over from itself.
 */
import { Registry } from "prom-client";
import { afterEach, expect, test } from "vitest";
import { type AdminServer, startAdminServer } from "../../common/admin-http.ts";
import { MeridianError } from "../../common/errors.ts";
import { planLayout, SETUP_DEFAULTS } from "../setup/layout.ts";
import type { SetupDatacenter } from "../setup/setup.ts";
import { planFailover } from "./failover.ts";

const servers: AdminServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

/** A datacenter whose NATS does not answer; `nodes` of its nodes do. */
async function datacenter(index: number, nodes: number): Promise<SetupDatacenter> {
  const layout = planLayout("/data", { ...SETUP_DEFAULTS, nodes: 2 }).datacenters[index];
  if (layout === undefined) throw new MeridianError("NOT_FOUND", "no such datacenter");
  const ports: number[] = [];
  for (let node = 0; node < nodes; node++) {
    const state = () => ({ ok: true, detail: null });
    const options = { registry: new Registry(), health: state, ready: state, routes: {} };
    const server = await startAdminServer({ address: "127.0.0.1", port: 0, ...options });
    servers.push(server);
    ports.push(server.port);
  }
  return {
    ...layout,
    nats: ["nats"],
    // Port 1: nobody answers.
    nodes: layout.nodes.map((node, at) => ({ ...node, adminPort: ports[at] ?? 1 })),
    shippers: [],
    openControl: () =>
      Promise.reject(new MeridianError("NATS_UNREACHABLE", `control bucket of ${layout.name}`)),
    natsLogin: () => Promise.reject(new Error("nobody reads a feed here")),
  };
}

async function refusal(plan: Promise<unknown>): Promise<unknown> {
  const error: unknown = await plan.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return error instanceof MeridianError ? [error.code, error.message.split(":")[0]] : error;
}

test("a datacenter that answers is not lost; nobody is told before it is known that all can be done", async () => {
  const [a, b] = [await datacenter(0, 1), await datacenter(1, 2)];
  expect(await refusal(planFailover(a, b, [b], { force: false }))).toEqual([
    "STILL_SERVES",
    "a1 of dc-a answer",
  ]);
  expect(await refusal(planFailover(a, b, [b], { force: true }))).toEqual([
    "NATS_UNREACHABLE",
    "control bucket of dc-b; nothing was changed",
  ]);
  expect(await refusal(planFailover(a, a, [b], { force: true }))).toEqual([
    "BAD_REQUEST",
    "dc-a cannot take over from itself",
  ]);
});

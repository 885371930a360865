/**
 * The faults that a soak draws from: each makes one, checks that it is there, and answers how it is
 * healed. None needs root. Where several may stand at once, they are of different datacenters.
 */
import { existsSync, readFileSync, rmSync } from "node:fs";
import type { DatacenterLayout } from "../../cli/setup/layout.ts";
import type { Random } from "../simulation/virtual-time.ts";
import type { Deployment } from "./deployment.ts";
import { signal } from "./process-table.ts";
import { untilTrue } from "./until.ts";

export interface Scene {
  readonly deployment: Deployment;
  readonly datacenter: DatacenterLayout;
  readonly random: Random;
}

/** Makes everything work again. */
export type Heal = () => Promise<void>;

export interface Fault {
  readonly name: string;
  /** How often it is drawn, beside the others. */
  readonly weight: number;
  /** It touches both datacenters, so nothing else may stand beside it. */
  readonly wide?: boolean;
  readonly begin: (scene: Scene) => Promise<Heal>;
}

const CLOCK_JUMP_MS_MAX = 60_000;

export const FAULTS: readonly Fault[] = [
  { name: "node killed", weight: 4, begin: (scene) => killed(scene, [anyNode(scene)]) },
  { name: "all nodes killed", weight: 2, begin: (scene) => killed(scene, namesOf(scene)) },
  { name: "node paused", weight: 3, begin: (scene) => paused(scene, anyNode(scene)) },
  { name: "node restarted", weight: 2, begin: (scene) => restarted(scene, anyNode(scene)) },
  { name: "clock jumped", weight: 2, begin: clockJumped },
  { name: "NATS killed", weight: 2, begin: (scene) => killed(scene, [scene.datacenter.nats.name]) },
  { name: "NATS paused", weight: 1, begin: (scene) => paused(scene, scene.datacenter.nats.name) },
  { name: "JetStream deleted", weight: 2, begin: jetstreamDeleted },
  { name: "shipper killed", weight: 2, begin: (scene) => killed(scene, [scene.datacenter.shipper.name]) },
  { name: "shipper paused", weight: 1, begin: (scene) => paused(scene, scene.datacenter.shipper.name) },
  { name: "WAN cut", weight: 3, wide: true, begin: (scene) => wanCut(scene, "blackhole") },
  { name: "WAN refused", weight: 1, wide: true, begin: (scene) => wanCut(scene, "reset") },
];

function namesOf({ datacenter }: Scene): string[] {
  return datacenter.nodes.map(({ name }) => name);
}

function anyNode(scene: Scene): string {
  return scene.random.pick(namesOf(scene)) ?? "";
}

async function killed({ deployment }: Scene, names: readonly string[]): Promise<Heal> {
  await deployment.kill(names);
  return () => deployment.restart(names);
}

async function paused({ deployment }: Scene, name: string): Promise<Heal> {
  const pid = await deployment.pidOf(name);
  signal(pid, "SIGSTOP");
  if (existsSync("/proc/self/stat")) {
    await untilTrue(`${name} to stop`, { timeoutMs: 5000, intervalMs: 5 }, () =>
      /^State:\s+T/m.test(readFileSync(`/proc/${pid}/status`, "utf8")),
    );
  }
  return async () => {
    signal(pid, "SIGCONT");
    await Promise.resolve();
  };
}

/** SIGTERM, drain, start: over when it is. */
async function restarted({ deployment }: Scene, name: string): Promise<Heal> {
  const pid = await deployment.pidOf(name);
  await deployment.restart([name]);
  if ((await deployment.pidOf(name)) === pid) throw new Error(`${name} was not restarted`);
  return () => Promise.resolve();
}

/** One node's wall clock jumps, against its own past and against its peers. */
async function clockJumped(scene: Scene): Promise<Heal> {
  const { deployment, datacenter, random } = scene;
  const offset = Math.round(random.between(-CLOCK_JUMP_MS_MAX, CLOCK_JUMP_MS_MAX));
  deployment.editConfig(datacenter.name, (config) => {
    config["clock-offset-ms"] = offset;
  });
  const heal = await killed(scene, [anyNode(scene)]);
  await heal();
  return () => Promise.resolve();
}

async function jetstreamDeleted({ deployment, datacenter: { nats } }: Scene): Promise<Heal> {
  await deployment.kill([nats.name]);
  rmSync(nats.store, { recursive: true });
  return () => deployment.restart([nats.name]);
}

async function wanCut({ deployment }: Scene, mode: "blackhole" | "reset"): Promise<Heal> {
  const [a, b] = deployment.layout.datacenters;
  if (a === undefined || b === undefined) throw new Error("no WAN");
  const setup = await deployment.running();
  const pairs = await setup.cutLink(a.name, b.name, mode);
  if (pairs.some(({ state }) => state !== "cut")) throw new Error("the WAN is not cut");
  return async () => {
    await setup.healLink(a.name, b.name);
  };
}

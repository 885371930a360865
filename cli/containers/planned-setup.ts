/** Containers that run, named so that any process can reach them: what a plan has become. */
import type { ContainerEngine } from "../setup/container-engine.ts";
import { ContainerSetup } from "../setup/container-setup.ts";
import { WanAdmin } from "../setup/wan-admin.ts";
import type { Plan } from "./plan.ts";
import { plannedServices } from "./planned-services.ts";

/** Plain data. */
export interface RunningPlan {
  readonly plan: Plan;
  /** Where published ports are reached. */
  readonly host: string;
  /** Of the containers, by process. */
  readonly ids: Readonly<Record<string, string>>;
  /** By which the reaper knows what is ours. */
  readonly labels: Readonly<Record<string, string>>;
}

/** Admin HTTP of the WAN link; undefined with one datacenter. */
export function wanAddressOf({ plan: { wanLink }, host }: RunningPlan): string | undefined {
  return wanLink && `http://${host}:${wanLink.adminPort}`;
}

export function wanAdminOf(running: RunningPlan): WanAdmin | undefined {
  const address = wanAddressOf(running);
  return address === undefined ? undefined : new WanAdmin(address, running.plan.wanLink?.token ?? "");
}

export function plannedSetup(running: RunningPlan, engine: ContainerEngine): ContainerSetup {
  return new ContainerSetup({
    ...{ engine, wan: wanAdminOf(running), foreign: [], folder: process.cwd() },
    ids: new Map(Object.entries(running.ids)),
    origin: { compose: "MeridianContainers" },
    title: "containers of MeridianContainers",
    services: plannedServices(running.plan),
    remedy: "it was not started",
  });
}

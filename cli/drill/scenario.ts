/** What a scenario is: steps that say what they do before they do it. */
import type { SetupDatacenter } from "../setup/setup.ts";
import type { Drill, DrillOptions } from "./drill.ts";

export interface Step {
  /** Said before it is done, and listed by --dry-run. */
  readonly say: string;
  run(drill: Drill): Promise<void>;
}

/** Datacenters in the parts that a scenario gives them. */
export interface Cast {
  readonly datacenters: readonly SetupDatacenter[];
  /** Where the trouble is. */
  readonly struck: SetupDatacenter;
  /** Another one; absent on a set-up of one datacenter. */
  readonly other: SetupDatacenter | undefined;
}

export interface Scenario {
  readonly name: string;
  readonly summary: string;
  readonly datacentersLeast: number;
  /** A datacenter is given up: its writes that did not get out are lost, and that is the finding. */
  readonly mayLose: boolean;
  steps(cast: Cast, options: DrillOptions): readonly Step[];
}

/** The other datacenter, of scenarios that need one. */
export function otherOf(cast: Cast): SetupDatacenter {
  if (cast.other === undefined) throw new RangeError("a scenario of two datacenters was cast with one");
  return cast.other;
}

/** Where the trouble is, and the other datacenter where there is one. */
export function pairOf({ struck, other }: Cast): SetupDatacenter[] {
  return other === undefined ? [struck] : [struck, other];
}

export function namesOf({ nodes, shippers, nats }: SetupDatacenter): string[] {
  return [...nodes.map(({ name }) => name), ...shippers.map(({ name }) => name), ...nats];
}

/**
 * `wan-cut` and `split-brain`: the WAN between two datacenters is cut while both write; first each its
 * own keys, as users of different regions do, then both the same ones, so that they meet in conflicts.
 */
import { otherOf, type Scenario } from "../scenario.ts";
import { compareAll, runOn, seconds, startLoad, waitCaughtUp } from "./common-steps.ts";

export const wanCut: Scenario = {
  name: "wan-cut",
  summary: "the WAN is cut while each datacenter writes keys of its own; both go on, then catch up",
  datacentersLeast: 2,
  mayLose: false,
  steps: (cast, options) => cutSteps(cast, options, false),
};

export const splitBrain: Scenario = {
  name: "split-brain",
  summary: "the WAN is cut while both datacenters write the same keys; who wins and what loses",
  datacentersLeast: 2,
  mayLose: false,
  steps: (cast, options) => cutSteps(cast, options, true),
};

const cutSteps = (...[cast, options, shared]: [...Parameters<Scenario["steps"]>, boolean]) => {
  const { struck } = cast;
  const other = otherOf(cast);
  const pair = [struck, other];
  const mayWrite = shared
    ? undefined
    : (datacenter: typeof struck, key: number): boolean => key % pair.length === pair.indexOf(datacenter);
  const what = shared ? "both write the same keys" : "each writes keys of its own";
  return [
    startLoad(pair, options, mayWrite),
    {
      say:
        `cut the WAN between ${struck.name} and ${other.name} for ${seconds(options.durationMs)}; ` +
        `${what}, and neither may notice`,
      run: async (drill) => {
        drill.fault(`WAN between ${struck.name} and ${other.name} cut`);
        await drill.stage.cutWan(struck.name, other.name);
        await drill.run(options.durationMs);
      },
    },
    {
      say: "heal the WAN, and wait until both have applied what waited",
      run: async (drill) => {
        drill.repair("WAN healed");
        await drill.stage.healWan(struck.name, other.name);
        await waitCaughtUp(drill, pair);
      },
    },
    runOn(options.durationMs, "over the healed WAN"),
    compareAll(cast.datacenters),
  ] satisfies ReturnType<Scenario["steps"]>;
};

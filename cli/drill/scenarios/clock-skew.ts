/**
 * `clock-skew`: a datacenter's clocks are ahead while it and another one write the same keys, and are put
 * right again: they jump, as clocks do that are set.
 */
import { pairOf, type Scenario } from "../scenario.ts";
import { compareAll, runOn, startLoad } from "./common-steps.ts";

const AHEAD_MS = 300_000;

export const clockSkew: Scenario = {
  name: "clock-skew",
  summary: `a datacenter's clock is ${AHEAD_MS / 60_000} minutes ahead, and back, under writes of the same keys`,
  datacentersLeast: 1,
  mayLose: false,
  steps(cast, options) {
    const { struck } = cast;
    const pair = pairOf(cast);
    return [
      startLoad(pair, options),
      {
        say: `put the clocks of ${struck.name} ${AHEAD_MS / 60_000} minutes ahead`,
        run: async (drill) => {
          drill.fault(`clock of ${struck.name} ahead`);
          await drill.stage.setClockOffset(struck, AHEAD_MS);
        },
      },
      runOn(options.durationMs, "under different clocks"),
      {
        say: `put the clocks of ${struck.name} right again: they jump back`,
        run: async (drill) => {
          drill.repair(`clock of ${struck.name} right`);
          await drill.stage.setClockOffset(struck, 0);
        },
      },
      runOn(options.durationMs, "under equal clocks"),
      compareAll(cast.datacenters),
    ];
  },
};

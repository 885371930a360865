/** `wan-slow`: the WAN becomes long and narrow, and then right again. */
import { otherOf, type Scenario } from "../scenario.ts";
import { compareAll, runOn, seconds, startLoad, waitCaughtUp } from "./common-steps.ts";

/** From one continent to another, over a line that is too narrow for comfort. */
const SLOW = { delayMs: 80, jitterMs: 20, kbitPerSecond: 20_000 };
const FAST = { delayMs: 0, jitterMs: 0, kbitPerSecond: 0 };

export const wanSlow: Scenario = {
  name: "wan-slow",
  summary: `the WAN takes ${SLOW.delayMs} ms each way, with jitter, at ${SLOW.kbitPerSecond / 1000} Mbit/s`,
  datacentersLeast: 2,
  mayLose: false,
  steps(cast, options) {
    const { struck } = cast;
    const other = otherOf(cast);
    return [
      startLoad([struck, other], options),
      {
        say:
          `slow the WAN between ${struck.name} and ${other.name} down to ${SLOW.delayMs} ms each way ` +
          `(jitter ${SLOW.jitterMs} ms, ${SLOW.kbitPerSecond / 1000} Mbit/s) for ${seconds(options.durationMs)}`,
        run: async (drill) => {
          drill.fault(`WAN between ${struck.name} and ${other.name} slow`);
          await drill.stage.shapeWan(struck.name, other.name, SLOW);
          await drill.run(options.durationMs);
        },
      },
      {
        say: "make the WAN as fast as before, and wait until both have applied what waited",
        run: async (drill) => {
          drill.repair("WAN fast again");
          await drill.stage.shapeWan(struck.name, other.name, FAST);
          await waitCaughtUp(drill, [struck, other]);
        },
      },
      runOn(options.durationMs, "over the fast WAN"),
      compareAll(cast.datacenters),
    ];
  },
};

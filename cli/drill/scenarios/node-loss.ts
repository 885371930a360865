/** `node-loss`: a node dies by kill -9; its replicas take over; it comes back. */
import type { Scenario } from "../scenario.ts";
import { compareAll, runOn, seconds, startLoad, waitWhole } from "./common-steps.ts";

export const nodeLoss: Scenario = {
  name: "node-loss",
  summary: "kill -9 of a storage node under load, and its return",
  datacentersLeast: 1,
  mayLose: false,
  steps({ struck, datacenters }, options) {
    const victim = struck.nodes.at(-1)?.name ?? "";
    return [
      startLoad([struck], options),
      {
        say: `kill -9 of ${victim} in ${struck.name}, and ${seconds(options.durationMs)} without it`,
        run: async (drill) => {
          drill.fault(`${victim} killed`, struck.name);
          await drill.stage.kill([victim]);
          await drill.run(options.durationMs);
        },
      },
      {
        say: `start ${victim} again, and wait until all partitions have all their copies`,
        run: async (drill) => {
          drill.repair(`${victim} started`, struck.name);
          await drill.stage.start([victim]);
          await waitWhole(drill, struck);
        },
      },
      runOn(options.durationMs, "on the whole datacenter"),
      compareAll(datacenters),
    ];
  },
};

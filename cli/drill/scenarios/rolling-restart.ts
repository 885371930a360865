/** `rolling-restart`: every node of a datacenter is restarted in order, as for an upgrade. */
import type { Scenario } from "../scenario.ts";
import { compareAll, startLoad, waitWhole } from "./common-steps.ts";

/** Between two nodes, so that what one restart did is told from the next. */
const BETWEEN_MS = 2000;

export const rollingRestart: Scenario = {
  name: "rolling-restart",
  summary: "every node is restarted in order, one after the other",
  datacentersLeast: 1,
  mayLose: false,
  steps({ struck, datacenters }, options) {
    return [
      startLoad([struck], options),
      ...struck.nodes.map(({ name }) => ({
        say: `restart ${name} in order: it hands over, flushes and leaves; wait until all copies are there`,
        run: async (drill: Parameters<typeof waitWhole>[0]) => {
          drill.fault(`${name} restarted`, struck.name);
          await drill.stage.restart(name);
          await waitWhole(drill, struck);
          await drill.run(BETWEEN_MS);
        },
      })),
      compareAll(datacenters),
    ];
  },
};

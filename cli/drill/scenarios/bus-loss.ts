/** `bus-loss`: a datacenter's NATS dies and its JetStream store is deleted with all that was under way. */
import { pairOf, type Scenario } from "../scenario.ts";
import { compareAll, runOn, seconds, startLoad, waitCaughtUp, waitControlled } from "./common-steps.ts";

export const busLoss: Scenario = {
  name: "bus-loss",
  summary: "kill -9 of a datacenter's NATS, and its JetStream store deleted, mid-flight",
  datacentersLeast: 1,
  mayLose: false,
  steps(cast, options) {
    const { struck } = cast;
    const pair = pairOf(cast);
    const servers = struck.nats.join(", ");
    return [
      startLoad(pair, options),
      {
        say:
          `kill -9 of ${servers} and delete its JetStream store with all it holds; ` +
          `${seconds(options.durationMs)} without it: clients must not notice`,
        run: async (drill) => {
          drill.fault(`bus of ${struck.name} lost`);
          await drill.stage.kill(struck.nats);
          await drill.stage.wipeBus(struck);
          await drill.run(options.durationMs);
        },
      },
      {
        say:
          `start ${servers} with an empty store, and wait until ${struck.name} is controlled over it` +
          (pair.length > 1 ? " and what it lost was shipped again" : ""),
        run: async (drill) => {
          drill.repair(`bus of ${struck.name} started, empty`);
          await drill.stage.start(struck.nats);
          await waitControlled(drill, struck);
          await waitCaughtUp(drill, pair);
        },
      },
      runOn(options.durationMs, "over the new bus"),
      compareAll(cast.datacenters),
    ];
  },
};

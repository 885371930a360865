/**
 * `switchover` and `failback`: users are moved from one datacenter to another as planned, and back. The
 * old one is closed to writes, the new one applies everything, and only then do the users move: nothing
 * is lost, or it is called off.
 */
import { MeridianError } from "../../../common/errors.ts";
import type { SetupDatacenter } from "../../setup/setup.ts";
import { askShip } from "../cluster-looks.ts";
import type { Drill, DrillOptions } from "../drill.ts";
import { type Cast, otherOf, type Scenario, type Step } from "../scenario.ts";
import { compareAll, runOn, startLoad } from "./common-steps.ts";

export const switchover: Scenario = {
  name: "switchover",
  summary: "users are moved to another datacenter as planned: nothing lost, or it is called off",
  datacentersLeast: 2,
  mayLose: false,
  steps: (cast, options) => [
    ...leave(cast, options),
    {
      say: `open ${cast.struck.name} again`,
      run: async (drill) => {
        drill.repair(`${cast.struck.name} open`);
        await drill.stage.unfence(cast.struck);
      },
    },
    compareAll(cast.datacenters),
  ],
};

export const failback: Scenario = {
  name: "failback",
  summary: "after a switchover users are moved back, without copying what both datacenters have",
  datacentersLeast: 2,
  mayLose: false,
  steps(cast, options) {
    const { struck } = cast;
    const other = otherOf(cast);
    let shippedBefore = 0;
    return [
      ...leave(cast, options).slice(0, -1),
      {
        ...runOn(options.durationMs, `in ${other.name}, while ${struck.name} is closed and follows`),
        run: async (drill) => {
          shippedBefore = await bytesShipped(other, struck);
          await drill.run(options.durationMs);
        },
      },
      move(other, struck),
      {
        say: `count what was shipped to ${struck.name} meanwhile, and open ${other.name} again`,
        run: async (drill) => {
          const bytes = (await bytesShipped(other, struck)) - shippedBefore;
          drill.note(
            `${Math.round(bytes / 1000)} kB were shipped from ${other.name} to ${struck.name} for the way back: ` +
              "the changes made meanwhile, and no copy of what was there",
          );
          drill.repair(`${other.name} open`);
          await drill.stage.unfence(other);
        },
      },
      runOn(options.durationMs, `in ${struck.name}`),
      compareAll(cast.datacenters),
    ];
  },
};

function leave(cast: Cast, options: DrillOptions): Step[] {
  const { struck } = cast;
  const other = otherOf(cast);
  return [
    startLoad([struck], options),
    move(struck, other),
    runOn(options.durationMs, `in ${other.name}, while ${struck.name} is closed to writes`),
  ];
}

/** Moves the writes and then the load; lists what was lost by it, which must be nothing. */
function move(from: SetupDatacenter, to: SetupDatacenter): Step {
  return {
    say:
      `close ${from.name} to writes, wait until ${to.name} has applied all of them, open ${to.name} and send the ` +
      "load there; call it off when that does not work out",
    run: async (drill) => {
      const startMs = drill.fault(`switchover from ${from.name} to ${to.name}`);
      const outcome = await drill.stage.switchOver(from, to, (step) => drill.say(`  ${step}`));
      if (!outcome.done) {
        throw new MeridianError("UNAVAILABLE", `the switchover was called off: ${outcome.reason}`);
      }
      const closedMs = drill.nowMs() - startMs;
      await drill.moveLoad(from.name, to.name);
      drill.note(`writes were closed for ${(closedMs / 1000).toFixed(2)} s`);
      await checkNothingLost(drill, from, to, startMs);
    },
  };
}

async function checkNothingLost(
  drill: Drill,
  from: SetupDatacenter,
  to: SetupDatacenter,
  startMs: number,
): Promise<void> {
  const { lost } = await drill.findLoss(from, to, startMs);
  drill.note(`${lost.length} acknowledged writes of ${from.name} are not in ${to.name}`);
}

async function bytesShipped(from: SetupDatacenter, to: SetupDatacenter): Promise<number> {
  const { bytesShipped: bytes } = await askShip(from, to);
  if (bytes === null) throw new MeridianError("UNAVAILABLE", `no shipper of ${from.name} answers`);
  return bytes;
}

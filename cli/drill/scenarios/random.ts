/** `random`: incidents drawn by the seed, one after the other; the same seed draws the same ones. */
import type { SetupDatacenter } from "../../setup/setup.ts";
import type { DrillOptions } from "../drill.ts";
import { pickOf, seededRandom } from "../random.ts";
import { otherOf, pairOf, type Cast, type Scenario, type Step } from "../scenario.ts";
import { compareAll, seconds, startLoad, waitCaughtUp, waitControlled, waitWhole } from "./common-steps.ts";

const INCIDENTS = 4;
const SLOW = { delayMs: 120, jitterMs: 60, kbitPerSecond: 10_000 };
const FAST = { delayMs: 0, jitterMs: 0, kbitPerSecond: 0 };

type Incident = (draw: Draw) => Step;

interface Draw {
  readonly cast: Cast;
  readonly random: () => number;
  readonly struck: SetupDatacenter;
  readonly forMs: number;
}

const killNode: Incident = ({ random, struck, forMs }) => {
  const { name } = pickOf(random, struck.nodes);
  return {
    say: `kill -9 of ${name}; start it after ${seconds(forMs)}, and wait until all copies are there`,
    run: async (drill) => {
      drill.fault(`${name} killed`, struck.name);
      await drill.stage.kill([name]);
      await drill.run(forMs);
      drill.repair(`${name} started`, struck.name);
      await drill.stage.start([name]);
      await waitWhole(drill, struck);
    },
  };
};

const pauseNode: Incident = ({ random, struck, forMs }) => {
  const { name } = pickOf(random, struck.nodes);
  return {
    say: `freeze ${name} for ${seconds(forMs)}, let it go on, and wait until all copies are there`,
    run: async (drill) => {
      drill.fault(`${name} frozen`, struck.name);
      await drill.stage.pause([name]);
      await drill.run(forMs);
      drill.repair(`${name} goes on`, struck.name);
      await drill.stage.resume([name]);
      await waitWhole(drill, struck);
    },
  };
};

const killShipper: Incident = ({ cast, struck, forMs }) => {
  const names = struck.shippers.map(({ name }) => name);
  return {
    say: `kill -9 of ${names.join(", ")}; start it after ${seconds(forMs)}`,
    run: async (drill) => {
      drill.fault(`${names.join(", ")} killed`);
      await drill.stage.kill(names);
      await drill.run(forMs);
      drill.repair(`${names.join(", ")} started`);
      await drill.stage.start(names);
      await waitCaughtUp(drill, [cast.struck, otherOf(cast)]);
    },
  };
};

const loseBus: Incident = ({ cast, struck, forMs }) => ({
  say: `kill -9 of ${struck.nats.join(", ")}, delete its store; start it empty after ${seconds(forMs)}`,
  run: async (drill) => {
    drill.fault(`bus of ${struck.name} lost`);
    await drill.stage.kill(struck.nats);
    await drill.stage.wipeBus(struck);
    await drill.run(forMs);
    drill.repair(`bus of ${struck.name} started, empty`);
    await drill.stage.start(struck.nats);
    await waitControlled(drill, struck);
    await waitCaughtUp(drill, pairOf(cast));
  },
});

const cutWan: Incident = ({ cast, forMs }) => ({
  say: `cut the WAN between ${cast.struck.name} and ${otherOf(cast).name} for ${seconds(forMs)}`,
  run: async (drill) => {
    drill.fault("WAN cut");
    await drill.stage.cutWan(cast.struck.name, otherOf(cast).name);
    await drill.run(forMs);
    drill.repair("WAN healed");
    await drill.stage.healWan(cast.struck.name, otherOf(cast).name);
    await waitCaughtUp(drill, [cast.struck, otherOf(cast)]);
  },
});

const slowWan: Incident = ({ cast, forMs }) => ({
  say: `slow the WAN between ${cast.struck.name} and ${otherOf(cast).name} down for ${seconds(forMs)}`,
  run: async (drill) => {
    drill.fault("WAN slow");
    await drill.stage.shapeWan(cast.struck.name, otherOf(cast).name, SLOW);
    await drill.run(forMs);
    drill.repair("WAN fast again");
    await drill.stage.shapeWan(cast.struck.name, otherOf(cast).name, FAST);
  },
});

const ALL = [killNode, pauseNode, killShipper, loseBus, cutWan, slowWan];
/** Nothing to break with one datacenter. */
const BETWEEN: ReadonlySet<Incident> = new Set([killShipper, cutWan, slowWan]);

export const random: Scenario = {
  name: "random",
  summary: `${INCIDENTS} incidents drawn by --seed, while two datacenters (or the only one) are written`,
  datacentersLeast: 1,
  mayLose: false,
  steps(cast: Cast, options: DrillOptions) {
    const draws = seededRandom(options.seed);
    const pair = pairOf(cast);
    const possible = cast.other === undefined ? ALL.filter((one) => !BETWEEN.has(one)) : ALL;
    const incidents = Array.from({ length: INCIDENTS }, () =>
      pickOf(
        draws,
        possible,
      )({ cast, random: draws, struck: pickOf(draws, pair), forMs: options.durationMs * (0.5 + draws()) }),
    );
    return [startLoad(pair, options), ...incidents, compareAll(cast.datacenters)];
  },
};

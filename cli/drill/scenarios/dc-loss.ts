/**
 * `dc-loss`: a whole datacenter dies without a warning; users are sent to another; what the dead one
 * had acknowledged and not shipped is lost there, and listed. It is declared lost, so that when it comes back
 * as usual it closes itself, until its orphan writes are listed; then it is let in, and both converge.
 */
import { namesOf, otherOf, type Scenario } from "../scenario.ts";
import { compareAll, runOn, seconds, startLoad } from "./common-steps.ts";

/** So long without any answer makes the operator give the datacenter up. */
const GIVEN_UP_MS = 1000;
const GIVEN_UP_WITHIN_MS = 30_000;
const CLOSED_WITHIN_MS = 60_000;

export const dcLoss: Scenario = {
  name: "dc-loss",
  summary: "all of a datacenter dies at once; failover to another; the writes it lost, one by one",
  datacentersLeast: 2,
  mayLose: true,
  steps(cast, options) {
    const { struck } = cast;
    const survivor = otherOf(cast);
    let diedMs = 0;
    return [
      startLoad([struck], options),
      ...(options.cutBeforeMs === 0
        ? []
        : [
            {
              say: `cut the WAN between ${struck.name} and all others, ${seconds(options.cutBeforeMs)} ahead`,
              run: async (drill) => {
                drill.mark("fault", `WAN of ${struck.name} cut`);
                for (const { name } of cast.datacenters) {
                  if (name !== struck.name) await drill.stage.cutWan(struck.name, name);
                }
                await drill.run(options.cutBeforeMs);
              },
            } satisfies ReturnType<Scenario["steps"]>[number],
          ]),
      {
        say: `kill -9 of everything in ${struck.name}: nodes, shipper and NATS at once`,
        run: async (drill) => {
          diedMs = drill.fault(`${struck.name} dead`);
          await drill.stage.kill(namesOf(struck));
        },
      },
      {
        say:
          `give ${struck.name} up once it has answered nothing for ${seconds(GIVEN_UP_MS)}; let ${survivor.name} ` +
          `apply what it has; then declare ${struck.name} lost and send the load to ${survivor.name}`,
        run: async (drill) => {
          await drill.until(`${struck.name} to be silent`, GIVEN_UP_WITHIN_MS, () =>
            drill.isSilent(struck.name, GIVEN_UP_MS),
          );
          await drill.drained(survivor, struck.name);
          await drill.stage.declareLost(struck, survivor);
          await drill.moveLoad(struck.name, survivor.name);
        },
      },
      runOn(options.durationMs, `in ${survivor.name} alone`),
      {
        say: `list the writes that ${struck.name} acknowledged and ${survivor.name} does not have`,
        run: async (drill) => {
          const { lost } = await drill.findLoss(struck, survivor, diedMs);
          const keys = new Set(lost.map(({ key }) => key)).size;
          drill.note(`${lost.length} acknowledged writes on ${keys} keys are not in ${survivor.name}`);
        },
      },
      {
        say:
          `${options.cutBeforeMs === 0 ? "" : "heal the WAN and "}start ${struck.name} as usual: it closes itself, ` +
          "for it was declared lost; list its orphan writes: what it had committed and nobody else has",
        run: async (drill) => {
          drill.repair(`${struck.name} started`);
          for (const { name } of cast.datacenters) {
            if (options.cutBeforeMs > 0 && name !== struck.name) await drill.stage.healWan(struck.name, name);
          }
          await drill.stage.start(namesOf(struck));
          await drill.until(`${struck.name} to close itself`, CLOSED_WITHIN_MS, () =>
            drill.stage.isHeld(struck),
          );
          const { orphans } = await drill.findOrphans(struck, survivor);
          drill.note(`${orphans.length} orphan writes came back with ${struck.name}`);
        },
      },
      {
        say: `let ${struck.name} in and open it: its orphan writes are merged by the policy`,
        run: async (drill) => {
          drill.repair(`${struck.name} open`);
          for (const line of await drill.stage.restore()) drill.say(`  ${line}`);
        },
      },
      runOn(options.durationMs, `in ${survivor.name}`),
      compareAll(cast.datacenters),
    ];
  },
};

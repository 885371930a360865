/** All scenarios by name. */
import { MeridianError } from "../../../common/errors.ts";
import type { Scenario } from "../scenario.ts";
import { busLoss } from "./bus-loss.ts";
import { clockSkew } from "./clock-skew.ts";
import { dcLoss } from "./dc-loss.ts";
import { nodeLoss } from "./node-loss.ts";
import { random } from "./random.ts";
import { rollingRestart } from "./rolling-restart.ts";
import { failback, switchover } from "./switchover.ts";
import { splitBrain, wanCut } from "./wan-cut.ts";
import { wanSlow } from "./wan-slow.ts";

export const SCENARIOS: readonly Scenario[] = [
  nodeLoss,
  rollingRestart,
  wanCut,
  wanSlow,
  busLoss,
  dcLoss,
  switchover,
  failback,
  splitBrain,
  clockSkew,
  random,
];

/** NOT_FOUND lists the names there are. */
export function scenarioNamed(name: string): Scenario {
  const found = SCENARIOS.find((scenario) => scenario.name === name);
  if (found !== undefined) return found;
  const names = SCENARIOS.map((scenario) => scenario.name).join(", ");
  throw new MeridianError("NOT_FOUND", `no scenario ${name}; there are: ${names}`);
}

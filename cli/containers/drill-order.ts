/** What a test's process and that of its drill tell each other. */
import type { ErrorCode } from "../../common/errors.ts";
import type { DrillOptions } from "../drill/drill.ts";
import type { DrillReport } from "../drill/report/report-schema.ts";
import type { Objectives } from "../drill/report/verdict.ts";
import type { RunningPlan } from "./planned-setup.ts";

/** What `meridian drill` takes as options; docs/drills.md tells of each. */
export interface ChosenOptions extends Partial<DrillOptions>, Objectives {
  /** The one that is struck; the first by default. */
  readonly datacenter?: string | undefined;
  /** Where the report is written as well, as a page and as JSON. */
  readonly folder?: string | undefined;
}

export interface DrillOrder {
  readonly running: RunningPlan;
  readonly scenario: string;
  readonly options: ChosenOptions;
}

/** To the drill: what to do, or to stop and put everything back. */
export type ToDrill = { readonly order: DrillOrder } | { readonly abort: string };

/** From the drill: each step before it is done, and at last the report or why there is none. */
export type FromDrill =
  | { readonly step: string }
  | { readonly report: DrillReport }
  | { readonly failure: { readonly code: ErrorCode | undefined; readonly message: string } };

/**
 * Verification that goes on: pass after pass over the namespaces, each told as it ends, each difference when
 * it is proved, and what became of it. It only reports, unless it is told to repair.
 */
import { setTimeout as pause } from "node:timers/promises";
import { errorMessage, MeridianError } from "../../common/errors.ts";
import type { ConflictPolicy } from "../../common/version/order.ts";
import type { RecordView } from "../client/record-version.ts";
import type { Setup } from "../setup/setup.ts";
import { askRecordCopies, writeRecordAgain } from "./ask-copies.ts";
import { type Certificate, certificateOf, writeCertificates } from "./certificate.ts";
import { type KeyDifference, type Verdict, worstVerdict } from "./compare.ts";
import { type Pass, verifyPass } from "./pass.ts";
import { planRepair } from "./plan-repair.ts";

export interface ContinuousOptions {
  readonly namespaces: readonly { readonly name: string; readonly policy: ConflictPolicy }[];
  /** Infinity: until the signal. */
  readonly passes: number;
  readonly intervalMs: number;
  readonly waitMs: number;
  readonly repair: boolean;
  /** Where the newest certificates are kept. */
  readonly certificatePath?: string | undefined;
  readonly signal: AbortSignal;
  readonly tell: (event: VerificationEvent) => void;
  readonly onProgress?: ((partitions: number) => void) | undefined;
}

/** What is to be told as it happens. */
export type VerificationEvent =
  | {
      readonly event: "difference";
      readonly namespace: string;
      readonly difference: KeyDifference<RecordView>;
      /** What was done about it; null: it is only reported. */
      readonly repair: Repaired | null;
    }
  | { readonly event: "pass"; readonly number: number; readonly outcome: PassOutcome };

export interface Repaired {
  readonly done: boolean;
  /** Who wrote it again and why, or why nobody did. */
  readonly what: string;
}

export interface PassOutcome extends Omit<Pass, "certified" | "differences" | "open"> {
  readonly verdict: Verdict;
  readonly differences: number;
  readonly repaired: number;
  /** Partitions that could not be certified. */
  readonly open: readonly number[];
  readonly certificate: Certificate | null;
}

/** Runs until all passes are done or the signal comes; the verdict of the last whole round. */
export async function verifyContinuously(setup: Setup, options: ContinuousOptions): Promise<Verdict> {
  let verdict: Verdict = "inconclusive";
  for (let number = 1; number <= options.passes && !options.signal.aborted; number++) {
    const outcomes: PassOutcome[] = [];
    for (const namespace of options.namespaces) {
      const outcome = await onePass(setup, namespace, options);
      outcomes.push(outcome);
      options.tell({ event: "pass", number, outcome });
    }
    const certificates = outcomes.flatMap(({ certificate }) => (certificate === null ? [] : [certificate]));
    if (options.certificatePath !== undefined && certificates.length === outcomes.length) {
      writeCertificates(options.certificatePath, certificates);
    }
    verdict = worstVerdict(outcomes.map((outcome) => outcome.verdict));
    if (number < options.passes) await pauseUnless(options.signal, options.intervalMs);
  }
  return verdict;
}

async function onePass(
  setup: Setup,
  { name: namespace, policy }: ContinuousOptions["namespaces"][number],
  { waitMs, repair, tell, onProgress }: ContinuousOptions,
): Promise<PassOutcome> {
  const { datacenters } = setup;
  let repaired = 0;
  const pass = await verifyPass({
    ...{ datacenters, namespace, waitMs, onProgress },
    onDifference: async (difference) => {
      const done = repair ? await repairRecord(setup, namespace, policy, difference.digest) : null;
      if (done?.done === true) repaired++;
      tell({ event: "difference", namespace, difference, repair: done });
      return done?.done === true;
    },
  });
  const certificate = certificateOf(datacenters, pass) ?? null;
  const { certified: _, differences, ...rest } = pass;
  const isOpen = certificate === null;
  const verdict = !isOpen ? "equal" : differences.length > repaired ? "different" : "inconclusive";
  return { ...rest, verdict, differences: differences.length, repaired, certificate };
}

/** Finds out which content is right, and has it written again. */
async function repairRecord(
  setup: Setup,
  namespace: string,
  policy: ConflictPolicy,
  digest: string,
): Promise<Repaired> {
  const copies = (
    await Promise.all(setup.datacenters.map((one) => askRecordCopies(one, namespace, digest)))
  ).flat();
  const plan = planRepair(policy, copies);
  if (!("imageHash" in plan)) return { done: false, what: plan.why };
  const { datacenter, node, why } = plan;
  const port = setup.datacenters
    .find(({ name }) => name === datacenter)
    ?.nodes.find(({ name }) => name === node)?.adminPort;
  if (port === undefined) throw new MeridianError("NOT_FOUND", `node ${node} of ${datacenter}`);
  try {
    const place = { adminPort: port, token: await setup.nodeToken(node) };
    const done = await writeRecordAgain(place, namespace, digest, plan);
    return { done, what: done ? `${datacenter} has written it again: ${why}` : "it has changed meanwhile" };
  } catch (error) {
    // A refusal for now; the next pass finds it again.
    if (error instanceof MeridianError) return { done: false, what: errorMessage(error) };
    throw error;
  }
}

async function pauseUnless(signal: AbortSignal, intervalMs: number): Promise<void> {
  try {
    await pause(intervalMs, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

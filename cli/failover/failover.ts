/**
 * Declares a datacenter lost: every other one that can be reached shuts it out, and the one that takes
 * over is opened. Whatever the lost one has committed and they have not applied stays out until it is
 * listed and an operator has decided, however it comes back.
 *
 * Must guarantee: nothing is changed while nodes of it answer, unless that is asked for, nor when the one
 * that takes over cannot be told; it is opened only once the lost one is shut out of it.
 */
import { randomInt } from "node:crypto";
import { MeridianError } from "../../common/errors.ts";
import { isOk } from "../setup/admin-client.ts";
import type { SetupDatacenter } from "../setup/setup.ts";
import { unfenceDatacenter } from "./fence.ts";
import type { OrderOptions, OrderOutcome } from "./order.ts";
import { shutOutFrom, type Standing, standingOf } from "./shut-out.ts";

const ID_MAX = 2 ** 47;

/** What a failover would meet. */
export interface FailoverPlan {
  readonly lost: SetupDatacenter;
  readonly to: SetupDatacenter;
  /** Nodes of the lost datacenter that answer. */
  readonly answering: readonly string[];
  readonly standing: Standing;
  /** The datacenter that takes over is fenced, and is to be opened. */
  readonly opens: boolean;
}

export interface FailoverOutcome {
  readonly lost: string;
  readonly to: string;
  /** Of the declaration, and when it was first made (Unix milliseconds). */
  readonly id: number;
  readonly sinceMs: number;
  /** Datacenters that were told, and whether it holds there. */
  readonly told: readonly OrderOutcome[];
  /** Those that could not be told: they take what comes of the lost one. */
  readonly untold: Standing["unreachable"];
  /** Whether the one that takes over was opened; null: it was open. */
  readonly opened: boolean | null;
  /** Every other datacenter was told, it holds in each, and the one that takes over is open. */
  readonly done: boolean;
  readonly seconds: number;
}

/**
 * Looks whether `lost` can be declared lost. Throws STILL_SERVES while nodes of it answer and it is not
 * forced, NATS_UNREACHABLE when `to` cannot be told, BAD_REQUEST when `to` is not fit to take over.
 */
export async function planFailover(
  lost: SetupDatacenter,
  to: SetupDatacenter,
  others: readonly SetupDatacenter[],
  { force }: { readonly force: boolean },
): Promise<FailoverPlan> {
  if (lost === to) throw new MeridianError("BAD_REQUEST", `${lost.name} cannot take over from itself`);
  const [answering, standing] = await Promise.all([answeringNodes(lost), standingOf(lost, others)]);
  if (answering.length > 0 && !force) {
    throw new MeridianError(
      "STILL_SERVES",
      `${answering.join(", ")} of ${lost.name} answer: it is not lost, and nothing was changed. ` +
        `\`meridian switchover ${lost.name} ${to.name}\` moves writes without losing any; --force declares it ` +
        "lost all the same",
    );
  }
  const unheard = standing.unreachable.find(({ name }) => name === to.name);
  if (unheard !== undefined) {
    throw new MeridianError("NATS_UNREACHABLE", `${unheard.reason}; nothing was changed`);
  }
  const own = standing.reachable.find(({ datacenter }) => datacenter === to);
  if (own?.fence.state === "held") {
    throw new MeridianError(
      "BAD_REQUEST",
      `${to.name} holds changes back: decide on them first (docs/failover.md); nothing was changed`,
    );
  }
  return { lost, to, answering, standing, opens: own?.fence.state !== "open" };
}

/** Those whose admin listener answers: a process that is paused does not. */
async function answeringNodes({ nodes }: SetupDatacenter): Promise<string[]> {
  const answers = await Promise.all(
    nodes.map(async ({ name, adminPort }) =>
      (await isOk(`http://127.0.0.1:${adminPort}/healthz`)) ? [name] : [],
    ),
  );
  return answers.flat();
}

/** Carries a plan out. Run again, it tells those that could not be told; the declaration stays the same. */
export async function declareLost(
  { lost, to, standing, opens }: FailoverPlan,
  options: OrderOptions & { readonly onStep?: ((step: string) => void) | undefined },
): Promise<FailoverOutcome> {
  const startMs = performance.now();
  const { onStep } = options;
  const { reachable, unreachable } = standing;
  const earlier = reachable.find(({ shutOut }) => shutOut !== undefined)?.shutOut;
  const { id, sinceMs } = earlier ?? { id: randomInt(1, ID_MAX), sinceMs: Date.now() };
  const names = reachable.map(({ datacenter }) => datacenter.name).join(", ");
  onStep?.(`shutting ${lost.name} out of ${names}`);
  const told = await Promise.all(
    reachable.map(({ datacenter }) =>
      shutOutFrom(datacenter, { sourceId: lost.sourceId, id, sinceMs }, options),
    ),
  );
  const safe = told.find(({ datacenter }) => datacenter === to.name)?.holds === true;
  let opened: boolean | null = null;
  if (opens && safe) {
    onStep?.(`opening ${to.name}`);
    opened = (await unfenceDatacenter(to, options)).holds;
  } else if (opens) opened = false;
  return {
    lost: lost.name,
    to: to.name,
    id,
    sinceMs,
    told,
    untold: unreachable,
    opened,
    done: unreachable.length === 0 && told.every(({ holds }) => holds) && opened !== false,
    seconds: (performance.now() - startMs) / 1000,
  };
}

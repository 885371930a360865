/**
 * Runs a drill on a set-up of the module: what it found is returned, and what it broke is put back.
 *
 * In a process of its own. The official client (6.7.1) cannot be closed safely in a process that goes on: it
 * closes from the event loop and waits there for its tender thread, and every 30th time that thread looks at
 * the cluster it waits for the event loop, to trim idle connections: then both wait for ever.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { MeridianError } from "../../common/errors.ts";
import type { DrillReport } from "../drill/report/report-schema.ts";
import type { ChosenOptions, FromDrill, ToDrill } from "./drill-order.ts";
import type { RunningPlan } from "./planned-setup.ts";

export interface RehearsalOptions extends ChosenOptions {
  /** Told each step before it is done. */
  readonly onStep?: ((line: string) => void) | undefined;
  /** Breaks it off; everything is put back. */
  readonly signal?: AbortSignal | undefined;
}

/** Throws what the drill throws, and UNAVAILABLE when its process is ended by somebody else. */
export async function rehearse(
  running: RunningPlan,
  scenario: string,
  { onStep, signal, ...options }: RehearsalOptions,
): Promise<DrillReport> {
  signal?.throwIfAborted();
  const script = fileURLToPath(new URL("drill-process.ts", import.meta.url));
  // TypeScript in the sources, JavaScript in the package.
  const drill = fork(script.replace(/\.ts$/, extname(import.meta.url)), { execArgv: [] });
  const order: ToDrill = { order: { running, scenario, options } };
  const abort: ToDrill = { abort: "broken off by the test" };
  const onAbort = (): void => {
    if (drill.connected) drill.send(abort);
  };
  let ended: Exclude<FromDrill, { readonly step: string }> | undefined;
  drill.on("message", (message: FromDrill) => {
    if ("step" in message) onStep?.(message.step);
    else ended = message;
  });
  try {
    drill.send(order);
    signal?.addEventListener("abort", onAbort, { once: true });
    const [code, killedBy] = await once(drill, "close");
    if (ended === undefined) {
      throw new MeridianError("UNAVAILABLE", `the drill's process ended by ${killedBy ?? `code ${code}`}`);
    }
  } finally {
    signal?.removeEventListener("abort", onAbort);
  }
  if ("report" in ended) return ended.report;
  const { code, message } = ended.failure;
  throw code === undefined ? new Error(message) : new MeridianError(code, message);
}

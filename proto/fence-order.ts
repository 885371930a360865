/**
 * The next order to a datacenter, from all that is known of earlier ones: orders are numbered, and only a
 * higher number counts (Fence and ShutOuts of cluster-map.ts). Made by whoever gives an order: the command
 * line, and a shipper whose datacenter was declared lost.
 */
import type { Fence, FenceState, LossDeclaration, ShutOut, ShutOuts } from "./cluster-map.ts";

/** Declarations are let in by people: more than so many are not remembered. */
const ADMITTED_MAX = 32;

export interface FenceWish {
  readonly state: FenceState;
  readonly because?: LossDeclaration | undefined;
  /** Ids of declarations that shall close the datacenter no more. */
  readonly admit?: readonly number[] | undefined;
}

/** The order for `wish`. `known`: of the map and of the control bucket, as far as there are any. */
export function nextFenceOrder(known: readonly (Fence | undefined)[], wish: FenceWish): Fence {
  const before = known.flatMap((fence) => fence?.admitted ?? []);
  const admitted = [...new Set([...before, ...(wish.admit ?? [])])].slice(-ADMITTED_MAX);
  const { state } = wish;
  const last = newestFence(known);
  // Who holds it once more has not answered why it was closed.
  const because = wish.because ?? (state === "held" && last?.state === "held" ? last.because : undefined);
  return {
    order: (last?.order ?? 0) + 1,
    state,
    ...(because === undefined ? {} : { because }),
    ...(admitted.length === 0 ? {} : { admitted }),
  };
}

/** The newest of the orders: what is in force, or will be. */
export function newestFence(known: readonly (Fence | undefined)[]): Fence | undefined {
  return known.reduce((best, fence) => ((fence?.order ?? 0) > (best?.order ?? 0) ? fence : best), undefined);
}

/** The order that changes which datacenters are shut out; undefined when nothing would change. */
export function nextShutOutOrder(
  known: readonly (ShutOuts | undefined)[],
  change: (origins: readonly ShutOut[]) => readonly ShutOut[],
): ShutOuts | undefined {
  const newest = known.reduce(
    (best, one) => ((one?.order ?? 0) > (best?.order ?? 0) ? one : best),
    undefined,
  );
  const before = newest?.origins ?? [];
  const origins = change(before);
  if (origins.length === before.length && origins.every((origin, index) => origin === before[index])) {
    return undefined;
  }
  return { order: (newest?.order ?? 0) + 1, origins };
}

/**
 * Which datacenters are shut out by the next map. Pure. Only an operator's order shuts one out or lets
 * it in again; orders are numbered and only ever rise, so that a control KV that went back, or lost the
 * order, lets nobody in.
 */
import { NO_SHUT_OUTS, type ShutOuts } from "../../proto/cluster-map.ts";
import type { Observed } from "./observed.ts";

export function nextShutOuts(observed: Observed, reasons: string[]): ShutOuts {
  const before = observed.map?.shutOuts ?? NO_SHUT_OUTS;
  const { shutOutOrder } = observed;
  if (shutOutOrder === undefined || shutOutOrder.order <= before.order) return before;
  const who = shutOutOrder.origins.map(({ sourceId }) => sourceId);
  reasons.push(`order ${shutOutOrder.order}: source ids shut out: ${who.join(", ") || "none"}`);
  return shutOutOrder;
}

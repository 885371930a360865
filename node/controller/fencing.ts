/**
 * Whether the datacenter is closed to its clients by the next map. Pure. Two things close it: an
 * operator's order, and a start that must be fenced; only an order opens it. Orders are numbered and
 * only ever rise, so that a control KV that went back, or lost the order, opens nothing: without an
 * order above the map's own, the fence stays as it is.
 *
 * A start that must be fenced is honoured in the very map that first knows it. A node follows no map
 * that does not know its present start, so it never serves a client before the fence.
 */
import { type ClusterMap, type Fence, type NodeId, NO_FENCE } from "../../proto/cluster-map.ts";
import type { Judged } from "./liveness.ts";
import type { Observed, StartFenced } from "./observed.ts";

/** Reports that are older do not show that a member still serves. */
const SERVING_BEACONS = 4;

export function nextFence(
  observed: Observed,
  judged: readonly Judged[],
  nowMs: number,
  reasons: string[],
): Fence {
  const before = observed.map?.fence ?? NO_FENCE;
  const { fenceOrder } = observed;
  const ordered = fenceOrder !== undefined && fenceOrder.order > before.order ? fenceOrder : before;
  if (ordered !== before) reasons.push(`order ${ordered.order}: ${ordered.state}`);
  const asking = askingForFence(observed, judged, nowMs);
  if (asking.length === 0 || ordered.state === "held") return ordered;
  reasons.push(`closed, its changes held: ${asking.join(", ")} started fenced`);
  return { ...ordered, order: ordered.order + 1, state: "held" };
}

/** Names of the members whose start the next map knows first, and that must not serve in it. */
function askingForFence(observed: Observed, judged: readonly Judged[], nowMs: number): string[] {
  const asks = new Map<NodeId, StartFenced>(
    observed.registered.map(({ member, startFenced }) => [member.id, startFenced]),
  );
  if ([...asks.values()].every((ask) => ask === "no")) return [];
  const boots = bootsOf(observed.map);
  const starting = judged.filter(({ member, gone }) => !gone && boots.get(member.id) !== member.boot);
  const serves = starting.length > 0 && someoneServes(observed, judged, boots, nowMs);
  return starting
    .filter(({ member }) => {
      const ask = asks.get(member.id) ?? "no";
      return ask === "always" || (ask === "alone" && !serves);
    })
    .map(({ member }) => member.name);
}

/** A member that the map knows has been heard lately, and has not been started since. */
function someoneServes(
  observed: Observed,
  judged: readonly Judged[],
  boots: ReadonlyMap<NodeId, number>,
  nowMs: number,
): boolean {
  const sinceMs = nowMs - SERVING_BEACONS * observed.timing.beaconIntervalMs;
  return judged.some(({ member, gone }) => {
    const report = observed.reports.get(member.id);
    return (
      !gone &&
      member.state !== "down" &&
      boots.get(member.id) === member.boot &&
      report?.boot === member.boot &&
      report.receivedAtMs >= sinceMs
    );
  });
}

function bootsOf(map: ClusterMap | undefined): ReadonlyMap<NodeId, number> {
  return new Map((map?.members ?? []).map(({ id, boot }) => [id, boot]));
}

/**
 * How far a datacenter's shipping to another is. Its shippers share the lanes, and each one's figures are
 * of its own lanes: they count as known only while those that answer have all lanes between them.
 */
import { SHIP_LANES } from "../../common/limits.ts";
import type { WanPairView } from "../setup/wan-admin.ts";
import type { ShipperStatus } from "./process-status.ts";

export interface ShipOverview {
  readonly from: string;
  readonly to: string;
  readonly link: "up" | "cut" | "unknown";
  /** A shipper heard of the destination lately. */
  readonly connected: boolean;
  /** The destination has declared `from` lost: nothing is shipped to it. */
  readonly shutOut: boolean;
  /** Namespaces of which the settings let nothing, or no more, leave. */
  readonly held: readonly { readonly namespace: string; readonly cause: "paused" | "throttled" }[];
  /** Null while it is not known: no zero that nobody measured. */
  readonly lagRecords: number | null;
  readonly lagBytes: number | null;
  readonly lagSeconds: number | null;
  /** Acknowledged changes that no other datacenter is known to have. */
  readonly writesAtRisk: number | null;
  /** Why it is behind, or would be with the next write; null: nobody tells. */
  readonly cause: string | null;
  /** For how long nothing has arrived although something should; null: it goes on. */
  readonly stalledSeconds: number | null;
  readonly bytesShipped: number | null;
  /** Milliseconds: how far clocks of `to` are ahead of those of `from`; null while not measured. */
  readonly clockSkew: { readonly ahead: number; readonly error: number } | null;
}

/** `shippers`: what those of `from` that answer say. */
export function viewShip(
  from: string,
  to: string,
  links: readonly WanPairView[] | undefined,
  shippers: readonly ShipperStatus[],
): ShipOverview {
  const pair = links?.find(({ origin, destination }) => origin === from && destination === to);
  const answers = shippers.flatMap(({ lanes, destinations }) => {
    const ship = destinations[to];
    return ship === undefined ? [] : [{ lanes: lanes["ship"] ?? [], ship }];
  });
  const covered = new Set(answers.flatMap(({ lanes }) => lanes));
  // Who has no lane is behind with nothing.
  const busy = answers.filter(({ lanes }) => lanes.length > 0).map(({ ship }) => ship);
  const lags = busy.map(({ lagMs }) => lagMs).filter((lagMs) => lagMs !== null);
  const known = covered.size === SHIP_LANES && lags.length === busy.length;
  return {
    from,
    to,
    link: pair?.state ?? "unknown",
    connected: answers.some(({ ship }) => ship.connected),
    shutOut: answers.some(({ ship }) => ship.shutOut !== null),
    held: heldOf(busy),
    lagRecords: known ? sum(busy.map(({ lagRecords }) => lagRecords)) : null,
    lagBytes: known ? sum(busy.map(({ lagBytes }) => lagBytes)) : null,
    lagSeconds: known ? Math.max(...lags) / 1000 : null,
    ...viewLag(
      busy.map(({ lag }) => lag),
      known,
    ),
    bytesShipped: answers.length === 0 ? null : sum(answers.map(({ ship }) => ship.bytesShipped)),
    clockSkew: surest(shippers.map(({ origins }) => origins[to]?.clockSkew ?? null)),
  };
}

/** What any of the shippers says. */
function heldOf(ships: readonly ShipperStatus["destinations"][string][]): ShipOverview["held"] {
  const causes = new Map<string, "paused" | "throttled">();
  for (const { namespaces } of ships) {
    for (const [namespace, { held }] of Object.entries(namespaces)) {
      if (held !== null) causes.set(namespace, held);
    }
  }
  return [...causes].map(([namespace, cause]) => ({ namespace, cause }));
}

type SaidLag = ShipperStatus["destinations"][string]["lag"];

function viewLag(
  lags: readonly SaidLag[],
  known: boolean,
): Pick<ShipOverview, "writesAtRisk" | "cause" | "stalledSeconds"> {
  const said = lags.filter((lag) => lag !== undefined);
  const risks = said.map(({ writesAtRisk }) => writesAtRisk).filter((risk) => risk !== null);
  const stalls = said.map(({ stalledMs }) => stalledMs).filter((ms) => ms !== null);
  // Of several shippers' causes one that stands still matters most.
  const worst =
    said.find(({ stalledMs }) => stalledMs !== null) ?? said.find(({ cause }) => cause !== "none");
  return {
    writesAtRisk: known && risks.length > 0 && risks.length === lags.length ? sum(risks) : null,
    cause: (worst ?? said[0])?.cause ?? null,
    stalledSeconds: stalls.length === 0 ? null : Math.max(...stalls) / 1000,
  };
}

/** What was measured best. */
function surest(skews: readonly ShipOverview["clockSkew"][]): ShipOverview["clockSkew"] {
  return skews.filter((skew) => skew !== null).toSorted((a, b) => a.error - b.error)[0] ?? null;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

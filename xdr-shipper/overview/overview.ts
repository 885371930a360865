/**
 * What the dashboard shows, put together of what this shipper sees and what it has heard of the others:
 * every datacenter and every link between two of them. What nobody who is heard now can tell is null. Pure.
 */
import { PARTITION_COUNT, SHIP_LANES } from "../../common/limits.ts";
import { emptyLedger, type Ledger } from "../../proto/ledger.ts";
import type { Heard } from "./heard.ts";
import type { LagView, LedgerView, NamespaceView, Summary } from "./summary.ts";

type Figures = Omit<LagView, "to" | "namespace">;

export interface LinkView {
  readonly from: string;
  readonly to: string;
  /** `to` reports to `from`; null: nobody tells. */
  readonly connected: boolean | null;
  readonly bytesShipped: number | null;
  readonly namespaces: readonly ({ readonly namespace: string; readonly lag: Figures | null } & LinkLedger)[];
}

/** How the changes of `from` have ended in `to`. */
export interface LinkLedger {
  /** Changes of `from`, and those that `to` has not dealt with; null: one of both does not tell all. */
  readonly made: number | null;
  readonly pending: number | null;
  /** Null: `to` does not tell. */
  readonly ended: Ledger | null;
  readonly unaccounted: number | null;
}

export interface OverviewDatacenter {
  readonly name: string;
  readonly own: boolean;
  /** Since a shipper of it was heard; null: never. */
  readonly heardMs: number | null;
  /** Since its nodes were asked for what is told of them. */
  readonly askedMs: number | null;
  /** Null: not told now. */
  readonly fence: Summary["fence"];
  readonly nodes: Summary["nodes"] | null;
  readonly namespaces: readonly NamespaceView[] | null;
}

export interface OverviewSources {
  readonly own: string;
  readonly others: readonly string[];
  readonly namespaces: readonly string[];
  /** Of the own datacenter with this shipper's own summary first. */
  readonly heard: (datacenter: string) => Heard;
}

export function viewDatacenters({ own, others, heard }: OverviewSources): OverviewDatacenter[] {
  return [own, ...others].map((name) => {
    const { fresh, heardMs } = heard(name);
    const told = fresh[0];
    return {
      name,
      own: name === own,
      heardMs,
      askedMs: ageOf(told?.askedMs, heardMs),
      fence: told?.fence ?? null,
      nodes: told?.nodes ?? null,
      namespaces: told?.namespaces ?? null,
    };
  });
}

/** What was `askedMs` old when it was told, `heardMs` ago. */
function ageOf(askedMs: number | null | undefined, heardMs: number | null): number | null {
  return typeof askedMs === "number" && heardMs !== null ? askedMs + heardMs : null;
}

export function viewLinks(sources: OverviewSources): LinkView[] {
  const names = [sources.own, ...sources.others];
  return names.flatMap((from) => names.filter((to) => to !== from).map((to) => viewLink(sources, from, to)));
}

function viewLink({ heard, namespaces }: OverviewSources, from: string, to: string): LinkView {
  const origin = heard(from).fresh;
  const destination = heard(to).fresh[0];
  const ends = origin.flatMap(({ links }) => links.filter((link) => link.to === to));
  return {
    from,
    to,
    connected: ends.length === 0 ? null : ends.some(({ connected }) => connected),
    bytesShipped: ends.length === 0 ? null : ends.reduce((sum, one) => sum + one.bytesShipped, 0),
    namespaces: namespaces.map((namespace) => ({
      namespace,
      lag: sumLags(origin, to, namespace),
      ...balance(
        origin[0]?.namespaces.find(({ name }) => name === namespace),
        destination?.ledgers.filter((one) => one.origin === from && one.namespace === namespace),
        destination?.namespaces.find(({ name }) => name === namespace)?.partitions,
      ),
    })),
  };
}

/** Of the shippers that share the lanes; null unless those that are heard have all lanes between them. */
function sumLags(origin: readonly Summary[], to: string, namespace: string): Figures | null {
  const lanes = new Set(origin.flatMap((one) => one.lanes));
  // Who has no lane is behind with nothing.
  const shippers = origin.filter((one) => one.lanes.length > 0);
  const lags = shippers.flatMap((one) =>
    one.lags.filter((lag) => lag.to === to && lag.namespace === namespace),
  );
  const [first] = lags;
  if (first === undefined || lanes.size < SHIP_LANES) return null;
  const add = (pick: (lag: LagView) => number | null): number | null => {
    const known = lags.map(pick).filter((value) => value !== null);
    const total = known.reduce((sum, one) => sum + one, 0);
    return total === 0 && known.length < lags.length ? null : total;
  };
  const most = (pick: (lag: LagView) => number | null): number | null => {
    const known = lags.map(pick).filter((value) => value !== null);
    return known.length === 0 ? null : Math.max(...known);
  };
  const worst =
    lags.find(({ stalledMs }) => stalledMs !== null) ?? lags.find(({ cause }) => cause !== "none");
  return {
    records: add(({ records }) => records),
    bytes: add(({ bytes }) => bytes),
    seconds: most(({ seconds }) => seconds),
    writesAtRisk: add(({ writesAtRisk }) => writesAtRisk),
    atLeast: lags.some(({ atLeast }) => atLeast),
    cause: (worst ?? first).cause,
    stalledMs: most(({ stalledMs }) => stalledMs),
    applied: lags.reduce((sum, one) => sum + one.applied, 0),
  };
}

function balance(
  origin: NamespaceView | undefined,
  ledgers: readonly LedgerView[] | undefined,
  partitions: number | undefined,
): LinkLedger {
  const made = origin?.partitions === PARTITION_COUNT ? origin.made : null;
  const whole = partitions === PARTITION_COUNT;
  if (ledgers === undefined || !whole) return { made, pending: null, ended: null, unaccounted: null };
  const ofLog = ledgers.find(({ logId }) => logId === origin?.logId);
  const ended = ofLog ?? emptyLedger();
  return {
    made,
    // Both sides were asked at different moments.
    pending: made === null ? null : Math.max(0, made - ended.changes),
    ended: {
      ...{ changes: ended.changes, applied: ended.applied, superseded: ended.superseded },
      ...{ conflictWon: ended.conflictWon, conflictLost: ended.conflictLost },
      ...{ parked: ended.parked, recovered: ended.recovered, filtered: ended.filtered },
      forwarded: ended.forwarded,
    },
    unaccounted: ledgers.reduce((sum, one) => sum + one.unaccounted, 0),
  };
}

/**
 * What the nodes of the own datacenter say of themselves, asked on their admin ports, whose addresses are
 * in the cluster map: often while somebody looks at the dashboard, else now and then for the others' ones.
 * A node that does not answer is silent, and its figures are not known.
 */
import { z } from "zod";
import { PARTITION_COUNT } from "../../common/limits.ts";
import { LEDGER_FIELDS } from "../../proto/ledger.ts";
import type { ClusterMap, Member } from "../../proto/cluster-map.ts";
import { ledgerJson } from "../../proto/ledger-json.ts";
import type { MemberWatch } from "../tail/member-watch.ts";
import type { LedgerView, NamespaceView, NodeView } from "./summary.ts";

const WATCHED_MS = 2000;
const UNWATCHED_MS = 10_000;
/** Somebody looks when the last look is not older. */
const LOOKED_AT_MS = 10_000;
const ANSWER_MS = 1500;

const statusSchema = z.object({
  controller: z.boolean(),
  residentBytes: z.number(),
  logBytes: z.number(),
  mapVersion: z.number(),
  namespaces: z.array(
    z.object({
      name: z.string(),
      records: z.number(),
      unavailable: z.number(),
      underReplicated: z.number(),
      counters: z.object({ clientWrites: z.number() }),
    }),
  ),
});
const ledgerSchema = z.object({
  logId: z.number(),
  partitions: z.number(),
  changes: z.number(),
  origins: z.array(
    z.object({
      originId: z.number(),
      logId: z.number(),
      ...ledgerJson,
    }),
  ),
});

/** A node's answers: its status, and its ledgers by namespace. */
export interface NodeAnswer {
  readonly status: z.infer<typeof statusSchema>;
  readonly ledgers: readonly z.infer<typeof ledgerSchema>[];
}

export interface DatacenterView {
  readonly askedMs: number | null;
  readonly nodes: NodeView[];
  readonly namespaces: NamespaceView[];
  readonly ledgers: LedgerView[];
}

export interface NodeViewsOptions {
  readonly members: Pick<MemberWatch, "map">;
  readonly namespaces: readonly string[];
  /** Names of the other datacenters by source id. */
  readonly origins: ReadonlyMap<number, string>;
  readonly now: () => number;
}

export class NodeViews {
  readonly #options: NodeViewsOptions;
  readonly #timer: NodeJS.Timeout;
  #answers = new Map<string, NodeAnswer>();
  #askedAt = Number.NEGATIVE_INFINITY;
  #lookedAt = Number.NEGATIVE_INFINITY;
  #asking = false;
  #answeredAt = 0;
  /** All nodes of a map were asked once. */
  #asked = false;

  constructor(options: NodeViewsOptions) {
    this.#options = options;
    this.#timer = setInterval(() => this.#turn(), 500);
  }

  close(): void {
    clearInterval(this.#timer);
  }

  /** Somebody looks: the answers are to be of now. */
  lookedAt(): void {
    this.#lookedAt = this.#options.now();
  }

  view(): DatacenterView {
    const { members, namespaces, origins } = this.#options;
    const askedMs = this.#asked ? Math.round(this.#options.now() - this.#answeredAt) : null;
    return {
      askedMs,
      ...viewDatacenter(members.map, namespaces, origins, this.#asked ? this.#answers : undefined),
    };
  }

  #turn(): void {
    const now = this.#options.now();
    const interval = now - this.#lookedAt < LOOKED_AT_MS ? WATCHED_MS : UNWATCHED_MS;
    const { map } = this.#options.members;
    if (this.#asking || map === undefined || now - this.#askedAt < interval) return;
    this.#asking = true;
    this.#askedAt = now;
    void this.#askAll(map.members);
  }

  async #askAll(members: readonly Member[]): Promise<void> {
    const all = await Promise.all(members.map(async (one) => [one.id, await this.#ask(one)] as const));
    this.#asking = false;
    this.#asked = true;
    this.#answeredAt = this.#options.now();
    this.#answers = new Map(all.flatMap(([id, answer]) => (answer === undefined ? [] : [[id, answer]])));
  }

  async #ask(member: Member): Promise<NodeAnswer | undefined> {
    const get = async <Value>(path: string, schema: z.ZodType<Value>): Promise<Value> => {
      const answer = await fetch(`http://${member.admin}${path}`, { signal: AbortSignal.timeout(ANSWER_MS) });
      return schema.parse(await answer.json());
    };
    try {
      const paths = this.#options.namespaces.map((namespace) => new URLSearchParams({ namespace }));
      const [status, ...ledgers] = await Promise.all([
        get("/status", statusSchema),
        ...paths.map((query) => get(`/ledger?${query}`, ledgerSchema)),
      ]);
      return { status, ledgers };
    } catch {
      // Not there, or of another release: shown as silent.
      return undefined;
    }
  }
}

/** `answers` by node id; undefined while nobody was asked. Pure. */
export function viewDatacenter(
  map: ClusterMap | undefined,
  namespaces: readonly string[],
  origins: ReadonlyMap<number, string>,
  answers: ReadonlyMap<string, NodeAnswer> | undefined,
): Omit<DatacenterView, "askedMs"> {
  const nodes = (map?.members ?? []).map(({ id, name, state }): NodeView => {
    const status = answers?.get(id)?.status;
    const silent = state === "up" && answers !== undefined && status === undefined;
    return {
      name,
      state: silent ? "silent" : state,
      controller: status?.controller ?? false,
      residentBytes: status?.residentBytes ?? null,
      logBytes: status?.logBytes ?? null,
    };
  });
  const all = [...(answers?.values() ?? [])];
  const newest = all.toSorted((a, b) => b.status.mapVersion - a.status.mapVersion)[0];
  return {
    nodes,
    namespaces: namespaces.map((name, index) => viewNamespace(name, index, all, newest)),
    ledgers: namespaces.flatMap((namespace, index) => sumLedgers(namespace, index, all, origins)),
  };
}

function viewNamespace(
  name: string,
  index: number,
  all: readonly NodeAnswer[],
  newest: NodeAnswer | undefined,
): NamespaceView {
  const judged = newest?.status.namespaces.find((one) => one.name === name);
  const ofNodes = all.flatMap(({ status }) => status.namespaces.filter((one) => one.name === name));
  const ledgers = all.flatMap(({ ledgers }) => ledgers[index] ?? []);
  const total = (values: readonly number[]): number | null => (all.length === 0 ? null : sum(values));
  return {
    name,
    records: total(ofNodes.map(({ records }) => records)),
    clientWrites: total(ofNodes.map(({ counters }) => counters.clientWrites)),
    unavailable: judged?.unavailable ?? null,
    underReplicated: judged?.underReplicated ?? null,
    logId: Math.max(0, ...ledgers.map(({ logId }) => logId)),
    made: total(ledgers.map(({ changes }) => changes)),
    partitions: Math.min(PARTITION_COUNT, sum(ledgers.map(({ partitions }) => partitions))),
  };
}

/** One row for each log of another datacenter. */
function sumLedgers(
  namespace: string,
  index: number,
  all: readonly NodeAnswer[],
  origins: ReadonlyMap<number, string>,
): LedgerView[] {
  const rows = new Map<string, LedgerView>();
  for (const { ledgers } of all) {
    for (const { originId, logId, ...states } of ledgers[index]?.origins ?? []) {
      const origin = origins.get(originId);
      if (origin === undefined) continue;
      const key = `${origin}/${logId}`;
      const row = rows.get(key);
      if (row === undefined) rows.set(key, { origin, namespace, logId, ...states });
      else for (const state of STATES) row[state] += states[state];
    }
  }
  return [...rows.values()];
}

const STATES = [...LEDGER_FIELDS, "unaccounted"] as const;

function sum(values: readonly number[]): number {
  return values.reduce((all, one) => all + one, 0);
}

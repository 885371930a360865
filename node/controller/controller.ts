/**
 * The controller's loop, on every node, at work only while this node holds the lease: collects what
 * is observed, decides (decide.ts), writes the next map by compare-and-set. New facts are acted on
 * within milliseconds, together; a periodic look catches what time alone changes.
 *
 * The KV is not trusted alone: when nodes hold a newer map than it does, or it is empty although
 * there is a cluster, the newest map is written back first, and only once a majority of that map's
 * members have been heard, and every one that it calls up, unless it is forgotten: who is missing may
 * hold a newer one, in which it was all that was left in sync (K4, K5).
 */
import { rethrowBroken } from "../../common/assert.ts";
import { randomBytes, randomInt } from "node:crypto";
import type { Clock } from "../../common/clock.ts";
import type { DatacenterConfig } from "../../common/config.ts";
import { errorMessage } from "../../common/errors.ts";
import type { Logger } from "../../common/log.ts";
import type { ClusterMap, NodeId, Slot } from "../../proto/cluster-map.ts";
import { decodeMap, encodeMap } from "../../proto/cluster-map-codec.ts";
import { MAP_KEY } from "../../proto/subjects.ts";
import type { ControlKv } from "./control-kv.ts";
import type { ControlView } from "./control-view.ts";
import { decide } from "./decide.ts";
import { MemberHistory } from "./member-history.ts";
import type { InSyncAsk, MemberReport, Observed } from "./observed.ts";

/** Reports come with every beacon: so many may be lost before a member counts as not heard. */
const LISTEN_BEACONS = 4;
const LISTEN_MS_MIN = 300;
/** Facts that come within this time are decided on together. */
const COALESCE_MS = 15;
/**
 * A look at thousands of rows takes milliseconds, and a restart gives reason for hundreds of looks: one
 * is followed by a rest of so many times as long, at most `REST_MS_MAX`, in which reasons gather.
 */
const REST_FACTOR = 4;
const REST_MS_MAX = 200;
/** Rows that may start to move for balance per `MOVE_INTERVAL_MS`. */
const MOVE_ROWS = 2048;
const MOVE_INTERVAL_MS = 1000;
/** Asks kept at most; a primary whose ask is dropped asks again. */
const ASKS_MAX = 262_144;

export interface ControllerOptions {
  readonly config: DatacenterConfig;
  readonly self: NodeId;
  readonly kv: ControlKv;
  readonly view: ControlView;
  readonly clock: Clock;
  readonly log: Logger;
  readonly leads: () => boolean;
  readonly reports: ReadonlyMap<NodeId, MemberReport>;
  readonly listeningSinceMs: () => number;
  /** The highest map this node holds. */
  readonly known: () => ClusterMap | undefined;
  /** Asks a member for the highest map it holds. */
  readonly fetchMap: (from: NodeId) => Promise<ClusterMap | undefined>;
  /** A map was written: it is the newest there is. */
  readonly onWritten: (map: ClusterMap) => void;
  readonly abdicate: () => void;
}

export class Controller {
  readonly #options: ControllerOptions;
  readonly #asks = new Map<string, InSyncAsk>();
  /**
   * Kept also by who does not lead: were a member down only since the last change of leaders, each of
   * them would take back what the one before has decided for its absence.
   */
  readonly #history = new MemberHistory();
  #timer: NodeJS.Timeout | undefined;
  #running = false;
  #again = false;
  #movesAtMs = -Infinity;
  #restUntilMs = -Infinity;
  #lastNote = "";
  readonly #fresh: Observed["fresh"];

  constructor(options: ControllerOptions) {
    this.#options = options;
    this.#fresh = {
      clusterId: randomBytes(8).toString("hex").toUpperCase(),
      logIds: options.config.namespaces.map(() => randomInt(1, 2 ** 47)),
    };
  }

  /** Something changed, or time passed: decide soon. */
  poke(): void {
    const { view, clock } = this.#options;
    this.#history.note(view.stored?.map.members ?? [], clock.monotonicMs());
    if (this.#running) {
      this.#again = true;
      return;
    }
    if (!this.#options.leads()) return;
    this.#timer ??= setTimeout(
      () => {
        this.#timer = undefined;
        void this.#run();
      },
      Math.max(COALESCE_MS, this.#restUntilMs - clock.monotonicMs()),
    );
  }

  ask(asks: readonly InSyncAsk[]): void {
    if (!this.#options.leads()) return;
    for (const ask of asks) {
      if (this.#asks.size >= ASKS_MAX) break;
      this.#asks.set(askKey(ask.slot, ask.member, ask.remove), ask);
    }
    this.poke();
  }

  /** The lease was taken or lost: what was collected belongs to another time. */
  reset(): void {
    this.#asks.clear();
    this.poke();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  async #run(): Promise<void> {
    this.#running = true;
    this.#again = false;
    try {
      await this.#step();
    } catch (error) {
      rethrowBroken(error);
      this.#note(`no decision: ${errorMessage(error)}`);
    } finally {
      this.#running = false;
    }
    if (this.#again) this.poke();
  }

  /**
   * Who has just started, or has its connection back, may have found a KV that went back, and can know
   * no better before the others' reports: of two maps of one version both would be followed. Whoever
   * does not report for some beacons is not waited for.
   */
  #hasListened(): boolean {
    const { self, view, reports, listeningSinceMs, clock, config } = this.#options;
    const sinceMs = listeningSinceMs();
    const enoughMs = Math.max(LISTEN_BEACONS * config.timing["beacon-interval-ms"], LISTEN_MS_MIN);
    if (clock.monotonicMs() - sinceMs >= enoughMs) return true;
    const mapped = (view.stored?.map.members ?? []).filter(({ state }) => state !== "down");
    const members = [...mapped, ...view.members.map(({ member }) => member)];
    return members.every(({ id }) => id === self || (reports.get(id)?.receivedAtMs ?? -Infinity) > sinceMs);
  }

  async #step(): Promise<void> {
    const { leads, view, known, reports } = this.#options;
    if (!leads() || !view.current || !this.#hasListened()) return;
    const stored = view.stored;
    const cluster = stored?.map.clusterId ?? known()?.clusterId;
    const others = [...reports.values()].filter(
      (report) => report.mapVersion > 0 && (cluster === undefined || report.clusterId === cluster),
    );
    const ours = known()?.clusterId === cluster ? (known()?.version ?? 0) : 0;
    const highest = Math.max(ours, ...others.map((report) => report.mapVersion));
    if (highest > (stored?.map.version ?? 0)) await this.#repair(highest, others);
    else await this.#decide(stored?.map);
  }

  async #decide(map: ClusterMap | undefined): Promise<void> {
    const { clock, abdicate, log } = this.#options;
    const nowMs = clock.monotonicMs();
    const asks = [...this.#asks.values()];
    const mayMove = nowMs - this.#movesAtMs >= MOVE_INTERVAL_MS && this.#history.isCalm(nowMs);
    const decision = decide(this.#observe(map, asks, mayMove ? MOVE_ROWS : 0, nowMs), nowMs);
    const doneMs = clock.monotonicMs();
    this.#restUntilMs = doneMs + Math.min(REST_MS_MAX, REST_FACTOR * (doneMs - nowMs));
    this.#asks.clear();
    if (decision.abdicate) {
      log.warn({ reasons: decision.reasons }, "letting go of the controller's lease");
      abdicate();
    } else if (decision.map === undefined) {
      if (decision.reasons.length > 0) this.#note(decision.reasons.join("; "));
    } else {
      if (mayMove) this.#movesAtMs = nowMs;
      await this.#write(decision.map, decision.reasons);
    }
  }

  #observe(map: ClusterMap | undefined, asks: InSyncAsk[], moveBudget: number, nowMs: number): Observed {
    const { config, self, view, reports, listeningSinceMs } = this.#options;
    this.#history.note(map?.members ?? [], nowMs);
    return {
      self,
      map,
      registered: view.members,
      reports,
      listeningSinceMs: listeningSinceMs(),
      downSinceMs: this.#history.downSinceMs,
      patience: this.#history.patience(nowMs),
      asks,
      forgotten: view.forgotten,
      fenceOrder: view.fenceOrder,
      shutOutOrder: view.shutOutOrder,
      xdrOrder: view.xdrOrder,
      feedOrder: view.feedOrder,
      configured: config.nodes.map((node) => node.name),
      namespaces: config.namespaces.map((namespace) => ({
        name: namespace.name,
        replicationFactor: namespace["replication-factor"],
      })),
      timing: {
        beaconIntervalMs: config.timing["beacon-interval-ms"],
        deadAfterMs: config.timing["dead-after-ms"],
        migrateFillDelayMs: config.timing["migrate-fill-delay-ms"],
      },
      moveBudget,
      fresh: this.#fresh,
    };
  }

  /** Writes `map` over the one it was computed from. Whatever comes of it, the view is right after. */
  async #write(map: ClusterMap, reasons: readonly string[]): Promise<void> {
    const { kv, view, log, onWritten } = this.#options;
    const value = encodeMap(map);
    const base = view.stored?.revision;
    const outcome =
      base === undefined ? await kv.create(MAP_KEY, value) : await kv.update(MAP_KEY, value, base);
    if (outcome.kind === "written") {
      view.storeMap(map, outcome.revision);
      this.#lastNote = "";
      log.info({ version: map.version, bytes: value.length, reasons }, "cluster map written");
      onWritten(map);
    } else {
      log.warn({ version: map.version, outcome: outcome.kind }, "cluster map not written; looking again");
      const entry = await kv.get(MAP_KEY);
      view.correctMap(entry && { map: decodeMap(entry.value), revision: entry.revision });
    }
    this.poke();
  }

  /** Brings the highest map known to the members back into a KV that is behind or empty. */
  async #repair(highest: number, others: readonly MemberReport[]): Promise<void> {
    const { known, fetchMap, log, view } = this.#options;
    const own = known();
    let best = own !== undefined && own.version === highest ? own : undefined;
    for (const report of others) {
      if (best !== undefined) break;
      if (report.mapVersion === highest) best = await fetchMap(report.from);
    }
    if (best === undefined) {
      this.#note(`map ${highest} is known to a member but cannot be had`);
      return;
    }
    const whom = this.#waitedFor(best);
    if (whom !== undefined) {
      this.#note(`the KV lost map ${best.version}; waiting for ${whom}`);
      return;
    }
    const lost = view.stored?.map.version ?? 0;
    log.error({ found: lost, known: best.version }, "the control KV went back: writing the newest map again");
    await this.#write({ ...best, version: best.version + 1 }, [
      `KV was at ${lost}, members at ${best.version}`,
    ]);
  }

  /**
   * Who must be heard before `map` is taken for the newest there is: all that it does not call down, since
   * each may have followed a newer one, and a majority. Undefined when they were.
   */
  #waitedFor({ members }: ClusterMap): string | undefined {
    const { reports, self, view, clock, config } = this.#options;
    const heardSinceMs = clock.monotonicMs() - config.timing["dead-after-ms"];
    const silent = members.filter(
      ({ id }) =>
        id !== self &&
        !view.forgotten.has(id) &&
        (reports.get(id)?.receivedAtMs ?? -Infinity) <= heardSinceMs,
    );
    const missing = silent.filter(({ state }) => state !== "down");
    if (missing.length > 0) {
      const names = missing.map(({ name, id }) => `${name} (${id})`).join(", ");
      return `${names}; one that will never return is given up by \`meridian forget ID --nats URL\``;
    }
    return silent.length * 2 >= members.length ? "a majority of its members" : undefined;
  }

  /** Says something once, however often the loop comes by. */
  #note(text: string): void {
    if (text !== this.#lastNote) this.#options.log.info({ reason: text }, "controller");
    this.#lastNote = text;
  }
}

function askKey(slot: Slot, member: NodeId, remove: boolean): string {
  return `${slot}/${member}/${remove}`;
}

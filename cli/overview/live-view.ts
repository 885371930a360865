/**
 * The live view of `meridian start`: redraws in a terminal, says one line when something changed
 * elsewhere. Asks the processes once a second, without a terminal only when a line may be said; never
 * overlapping.
 */
import { createLogUpdate } from "log-update";
import { errorMessage } from "../../common/errors.ts";
import type { RunningSetup } from "../setup/running-setup.ts";
import { type Overview, takeOverview } from "./overview.ts";
import { formatCount, renderOverview, type WriteRates } from "./render.ts";

const INTERVAL_MS = 1000;
/** Without a terminal: at most one line in this time. */
const LINE_INTERVAL_MS = 30_000;
const NOTES_SHOWN = 6;

export class LiveView {
  readonly #setup: RunningSetup;
  readonly #output: NodeJS.WriteStream;
  readonly #draw: ReturnType<typeof createLogUpdate> | undefined;
  readonly #intervalMs: number;
  readonly #notes: string[] = [];
  #previous: { readonly overview: Overview; readonly atMs: number } | undefined;
  #lastLine = "";
  #timer: NodeJS.Timeout | undefined;
  #running = true;

  constructor(setup: RunningSetup, output: NodeJS.WriteStream) {
    this.#setup = setup;
    this.#output = output;
    this.#draw = output.isTTY ? createLogUpdate(output) : undefined;
    this.#intervalMs = output.isTTY ? INTERVAL_MS : LINE_INTERVAL_MS;
  }

  start(): void {
    void this.#tick();
  }

  /** A line for the person: kept below the tables, or just written. */
  say(line: string): void {
    if (this.#draw === undefined) {
      this.#output.write(`${line}\n`);
      return;
    }
    this.#notes.push(`${new Date().toLocaleTimeString()} ${line}`);
    this.#notes.splice(0, Math.max(0, this.#notes.length - NOTES_SHOWN));
  }

  stop(): void {
    this.#running = false;
    clearTimeout(this.#timer);
    this.#draw?.done();
  }

  async #tick(): Promise<void> {
    const startedMs = performance.now();
    try {
      const overview = await takeOverview(this.#setup);
      const atMs = performance.now();
      if (this.#running) this.#show(overview, atMs);
      this.#previous = { overview, atMs };
    } catch (error) {
      // Shown instead of the tables; the next look may succeed.
      this.say(`no overview now: ${errorMessage(error)}`);
    }
    if (!this.#running) return;
    this.#timer = setTimeout(
      () => void this.#tick(),
      Math.max(0, startedMs + this.#intervalMs - performance.now()),
    );
  }

  #show(overview: Overview, atMs: number): void {
    if (this.#draw !== undefined) {
      const rates =
        this.#previous === undefined ? new Map() : ratesBetween(this.#previous, { overview, atMs });
      const head = `Meridian, data in ${this.#setup.layout.dataFolder}. Ctrl-C stops everything.`;
      this.#draw([head, "", renderOverview(overview, rates), "", ...this.#notes].join("\n"));
      return;
    }
    const line = summaryLine(overview);
    if (line === this.#lastLine) return;
    this.#lastLine = line;
    this.#output.write(`${line}\n`);
  }
}

/** Writes per second by node between two looks; a restarted node starts at zero again. */
export function ratesBetween(
  before: { readonly overview: Overview; readonly atMs: number },
  after: { readonly overview: Overview; readonly atMs: number },
): WriteRates {
  const seconds = Math.max(0.001, (after.atMs - before.atMs) / 1000);
  const earlier = totalsByNode(before.overview);
  const rates = new Map<string, { clients: number; xdr: number }>();
  for (const [name, now] of totalsByNode(after.overview)) {
    const then = earlier.get(name);
    if (then === undefined) continue;
    rates.set(name, {
      clients: Math.max(0, now.clients - then.clients) / seconds,
      xdr: Math.max(0, now.xdr - then.xdr) / seconds,
    });
  }
  return rates;
}

function totalsByNode(overview: Overview): Map<string, { clients: number; xdr: number }> {
  const totals = new Map<string, { clients: number; xdr: number }>();
  for (const { nodes } of overview.datacenters) {
    for (const node of nodes) {
      if (node.state !== "up") continue;
      let clients = 0;
      let xdr = 0;
      for (const { counters } of node.namespaces) {
        clients += counters.clientWrites;
        xdr += counters.applied + counters.superseded + counters.conflictWon + counters.conflictLost;
      }
      totals.set(node.name, { clients, xdr });
    }
  }
  return totals;
}

function summaryLine(overview: Overview): string {
  const datacenters = overview.datacenters.map(({ name, nodes, namespaces }) => {
    const up = nodes.filter(({ state }) => state === "up").length;
    const records = namespaces.reduce((total, one) => total + one.records, 0);
    return `${name} ${up}/${nodes.length} nodes, ${formatCount(records)} records`;
  });
  const lags = overview.ships.map(({ from, to, lagRecords }) => `${from} -> ${to} lag ${lagRecords ?? "?"}`);
  return [...datacenters, ...lags].join("; ");
}

/**
 * Tells the origin how far its changes are applied: what moved, every 50 ms while something moves;
 * everything, when asked and now and then. Reports are numbered without holes; one that is not
 * delivered is made up for by a full one, which the origin asks for when it sees the hole. Each says
 * whether the origin was declared lost here: then it must know, for it serves and none of it arrives.
 */
import type { ShutOut } from "../../proto/cluster-map.ts";
import { meridian } from "../../proto/gen/bus.js";
import type { Intake } from "./intake.ts";
import type { PositionBook, PositionColumns } from "./position-book.ts";

const { PositionReport } = meridian.bus;

const REPORT_MS = 50;
const HEARTBEAT_MS = 500;
/**
 * A net under the asks only, since everything is thousands of positions: node, both shippers and all
 * changes under way wait for tens of milliseconds.
 */
const FULL_MS = 30_000;
const SUMMARY_MS = 2000;
/** A node that does not answer in this time is left out of a full report. */
const ANSWER_MS = 1000;

export interface ReporterOptions {
  /** Identity of this process and link, below 2^48. */
  readonly reporter: number;
  readonly namespaces: readonly string[];
  /** This datacenter's own log ids by namespace, 0 = not known. */
  readonly logIds: () => readonly number[];
  readonly lanes: number;
  /** The origin is shut out here, by the cluster map. */
  readonly shutOut: () => ShutOut | undefined;
  readonly intake: Intake;
  readonly book: PositionBook;
  readonly connected: () => boolean;
  readonly send: (message: Uint8Array) => void;
  /** Asks all nodes for their positions; returns how many were asked. */
  readonly askNodes: (request: number) => number;
  /** What is told along now and then, for the others' dashboards. */
  readonly summary?: (() => Uint8Array | undefined) | undefined;
  readonly now: () => number;
  /** Milliseconds since the Unix epoch. */
  readonly wallMs: () => number;
}

export class Reporter {
  readonly #options: ReporterOptions;
  readonly #timer: NodeJS.Timeout;
  #lanes: readonly number[] = [];
  #number = 0;
  #sentAt = Number.NEGATIVE_INFINITY;
  #fullAt = Number.NEGATIVE_INFINITY;
  #summaryAt = Number.NEGATIVE_INFINITY;
  #fullDue = true;
  #request = 0;
  #asked: { readonly at: number; missing: number; answered: number } | undefined;

  constructor(options: ReporterOptions) {
    this.#options = options;
    this.#timer = setInterval(() => this.#turn(), REPORT_MS);
  }

  setLanes(lanes: readonly number[]): void {
    this.#lanes = lanes;
    this.#fullDue = true;
  }

  /** The origin asks, or a node came: a full report is due. */
  wantFull(): void {
    this.#fullDue = true;
  }

  /** A node answered request `request` (its positions are in the book). */
  answered(request: number): void {
    if (this.#asked === undefined || request !== this.#request) return;
    this.#asked.missing--;
    this.#asked.answered++;
    if (this.#asked.missing <= 0) this.#sendFull();
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #turn(): void {
    const { connected, intake, book, now, askNodes } = this.#options;
    if (!connected()) return;
    const time = now();
    if (this.#asked !== undefined && time - this.#asked.at > ANSWER_MS) this.#sendFull();
    if (this.#asked === undefined && (this.#fullDue || time - this.#fullAt > FULL_MS)) {
      this.#request++;
      const asked = askNodes(this.#request);
      if (asked > 0) {
        this.#asked = { at: time, missing: asked, answered: 0 };
        // What makes one due from here on may have missed the nodes' answers to this one.
        this.#fullDue = false;
      }
    }
    if (book.hasUntold || intake.changed || time - this.#sentAt > HEARTBEAT_MS) this.#sendDelta(time);
  }

  #sendDelta(time: number): void {
    this.#send(this.#options.book.takeUntold(this.#owned()), time, 0, 0);
  }

  #sendFull(): void {
    const asked = this.#asked;
    if (asked === undefined) return;
    this.#asked = undefined;
    const { now, book, connected } = this.#options;
    if (asked.missing > 0 || !connected()) this.#fullDue = true;
    if (asked.answered === 0 || !connected()) return;
    const time = now();
    this.#fullAt = time;
    // What was dealt with until now must not be missing from a report that says so.
    book.takeUntold(this.#owned());
    const sections = book.all(this.#owned());
    const parts = Math.max(1, sections.length);
    for (let part = 0; part < parts; part++) {
      const section = sections[part];
      this.#send(section === undefined ? [] : [section], time, part + 1, parts);
    }
  }

  #send(sections: readonly PositionColumns[], time: number, fullPart: number, fullParts: number): void {
    const { reporter, namespaces, logIds, intake, send } = this.#options;
    const shutOut = this.#options.shutOut();
    this.#number++;
    this.#sentAt = time;
    const nameOf = (index: number) => namespaces[index] ?? "";
    const lanes = this.#lanes;
    const report = PositionReport.encode({
      sentAt: this.#options.wallMs(),
      reporter,
      number: this.#number,
      lanes: [...lanes],
      sections: sections.map((section) => ({ ...section, namespace: nameOf(section.namespace) })),
      progress: fullPart < fullParts ? [] : this.#progress(time),
      busyLanes: lanes.filter((lane) => intake.isBusy(lane)),
      fullPart,
      fullParts,
      namespaces: fullParts > 0 ? [...namespaces] : [],
      logIds: fullParts > 0 ? [...logIds()] : [],
      shutOutId: shutOut?.id ?? 0,
      shutOutSinceMs: shutOut?.sinceMs ?? 0,
      ...this.#summary(time),
    });
    send(report.finish());
  }

  #summary(time: number): { summary?: Uint8Array } {
    if (time - this.#summaryAt < SUMMARY_MS) return {};
    this.#summaryAt = time;
    const summary = this.#options.summary?.();
    return summary === undefined ? {} : { summary };
  }

  /** Told with the last part of a full report only: what it implies needs the positions of all parts. */
  #progress(time: number) {
    return this.#options.intake.report(time).map(({ namespace, lane, publisher, received, finished }) => ({
      namespace,
      lane,
      publisher,
      received,
      finished,
    }));
  }

  #owned(): (partition: number) => boolean {
    const lanes = this.#lanes;
    const count = this.#options.lanes;
    return (partition) => lanes.includes(partition % count);
  }
}

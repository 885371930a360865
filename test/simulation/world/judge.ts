/**
 * Hands what the oracle sees to the independent checkers (test/checkers), while it happens, and turns
 * what they find into the world's violation. A position, a commit, an answer is judged at once where
 * that costs no more than at the end; whole logs are looked at when a node begins to serve, and at rest.
 */
import {
  CursorChecker,
  type DestinationView,
  type OriginView,
  type Position,
  type ShippedChange,
} from "../../checkers/cursors.ts";
import { type EpochEvent, EpochChecker } from "../../checkers/epochs.ts";
import { ledgerProblems } from "../../checkers/ledger.ts";
import { LogChecker, type LogEntry } from "../../checkers/logs.ts";
import { ShutOutChecker } from "../../checkers/shut-outs.ts";
import { ResurrectionChecker } from "../../checkers/resurrection.ts";
import type { Policy } from "../../checkers/version-order.ts";
import type { SeenVersion } from "../history.ts";
import type { SeenEntry, SlotCopy } from "./copies.ts";

export type Report = (checker: string, message: string) => void;

/** A slot of a node, as the checkers name it. */
export interface Place {
  readonly datacenter: string;
  readonly slot: number;
  /** Its name: the disk, whatever member runs on it. */
  readonly node: string;
  /** Of the member that runs on it. */
  readonly id: string;
}

/** The log of a slot in the datacenter that ships it. */
export interface OriginLog {
  readonly datacenter: string;
  readonly slot: number;
  readonly logId: number;
  readonly committed: number;
}

/** What is known of a destination, as far as it is to be judged. */
export interface Destination {
  readonly name: string;
  readonly durable: Position | undefined;
  readonly believed?: Position | undefined;
  /** Freed in the origin's log, and whether the gap was declared. */
  readonly freed?: { readonly sequence: number; readonly declared: boolean } | undefined;
}

export class Judge {
  readonly #report: Report;
  readonly #epochs = new EpochChecker();
  readonly #logs = new LogChecker();
  readonly #cursors = new CursorChecker();
  readonly #resurrection: ResurrectionChecker;
  readonly #shutOuts = new ShutOutChecker();

  constructor(policy: Policy, report: Report) {
    this.#report = report;
    this.#resurrection = new ResurrectionChecker(policy);
  }

  /** ONE: who goes by which epoch, and serves in it. FRESH: who answers in it, a read or a write. */
  epoch(kind: EpochEvent["kind"], { datacenter, slot, id }: Place, epoch: number): void {
    this.#epochs.observe({ kind, partition: `${datacenter}/${slot}`, node: id, epoch });
    this.#tell(kind === "acknowledges" ? "FRESH" : "ONE", this.#epochs.problems);
  }

  /** LOG: a primary calls an entry committed. */
  commits({ datacenter, slot, node }: Place, entry: SeenEntry): void {
    this.#logs.commits(`${datacenter}/${slot}`, node, logEntry(entry));
    this.#tell("LOG", this.#logs.problems);
  }

  /** LOG: all that is on a node's disk, of which it must have `committed`. */
  log({ datacenter, slot, node }: Place, { base, entries }: SlotCopy, committed: number): void {
    const partition = `${datacenter}/${slot}`;
    this.#logs.observe({ partition, node, base, entries: entries.map(logEntry), committed });
    this.#tell("LOG", this.#logs.problems);
  }

  /** The slot's log is another one from here on: the disk was replaced, or the slot copied anew. */
  forgetLog({ datacenter, slot, node }: Place): void {
    this.#logs.forget(`${datacenter}/${slot}`, node);
  }

  /** Some datacenter's primary made this version of a record. */
  written(key: string, version: SeenVersion): void {
    this.#resurrection.written(key, version.whole);
  }

  /** TOMB: a datacenter holds this from here on; undefined: nothing. */
  holds(datacenter: string, key: string, version: SeenVersion | undefined): void {
    this.#resurrection.observe(datacenter, key, version?.whole);
    this.#tell("TOMB", this.#resurrection.problems);
  }

  /** CUR: a position was stored, or believed, or the log below it freed. */
  position(origin: OriginLog, destination: Destination): void {
    const [view, there] = viewsOf(origin, destination);
    this.#cursors.observe(view, [there]);
    this.#tell("CUR", this.#cursors.problems);
  }

  /** CUR: the records hold the changes that a position covers. */
  applied(
    origin: OriginLog,
    destination: Destination,
    changes: readonly SeenEntry[],
    records: SlotCopy["records"],
  ): void {
    const [view, there] = viewsOf(origin, destination);
    const shipped = changes.flatMap(({ sequence, key, version }): ShippedChange[] =>
      version === undefined ? [] : [{ sequence, key, version: version.whole }],
    );
    this.#cursors.checkApplied(view, there, shipped, (key) => records.get(key)?.whole.seen ?? []);
    this.#tell("CUR", this.#cursors.problems);
  }

  /** SHUT: from here on a datacenter takes nothing of another one; `committed`: what it has, by slot. */
  shutOutHolds(datacenter: string, origin: string, committed: ReadonlyMap<number, number>): void {
    const bySlot = [...committed].map(([slot, sequence]) => [String(slot), sequence] as const);
    this.#shutOuts.holds(datacenter, origin, new Map(bySlot));
  }
  shutOutLifted(datacenter: string, origin: string): void {
    this.#shutOuts.lifted(datacenter, origin);
  }

  /** SHUT: a datacenter has committed something that came from another one. */
  takes(destination: string, origin: string, slot: number, sequence: number): void {
    this.#shutOuts.commits({ destination, origin, partition: String(slot), sequence });
    this.#tell("SHUT", this.#shutOuts.problems);
  }

  /** LEDG: what a disk counts of an origin's changes up to a position. */
  ledger(
    { node, slot }: Place,
    origin: string,
    durable: { readonly sequence: number; readonly ledger: Readonly<Record<string, number>> },
    committed: number,
  ): void {
    const { changes: covered = 0, ...states } = durable.ledger;
    const view = { where: `${node}, slot ${slot}`, origin, position: durable.sequence, committed };
    this.#tell("LEDG", ledgerProblems({ ...view, covered, states }));
  }

  /** The node's positions may go back: its log was cut, or is another one. */
  forgetPositions(node: string): void {
    this.#cursors.forget(node);
  }

  #tell(checker: string, problems: string[]): void {
    for (const problem of problems.splice(0)) this.#report(checker, problem);
  }
}

function logEntry({ sequence, epoch, bytes }: SeenEntry): LogEntry {
  return { sequence, epoch, content: bytes.toString("latin1") };
}

function viewsOf(
  { datacenter, slot, logId, committed }: OriginLog,
  { name, durable, believed, freed }: Destination,
): [OriginView, DestinationView] {
  const base = freed?.sequence ?? 0;
  return [
    { datacenter, partition: String(slot), logId, base, committed },
    {
      datacenter: name,
      configured: true,
      durable,
      believed,
      declaredGap: freed?.declared === true ? base : 0,
    },
  ];
}

/**
 * What must be true of a run, judged from outside: it sees entries, disks, and what clients saw, and
 * imports nothing of the replication core. Each checker has a name, which the mutants are caught by.
 *
 * Per slot it keeps the one history of committed entries. Since every operation belongs to one slot,
 * that history is the linearization: a write takes effect at its entry, a read must show a record as
 * it was at some point between its call and its answer.
 */
import { EntryKind, Entry } from "../../proto/entry.ts";

export type Checker =
  | "committed entries never change"
  | "in-sync members hold what is committed"
  | "a new primary holds what is committed"
  | "an acknowledged write is committed"
  | "reads are linearizable"
  | "one node answers"
  | "logs are contiguous"
  | "tables of replicas are equal"
  | "everything serves again"
  | "no assertion fails";

export class Violation extends Error {
  override name = "Violation";
  readonly checker: Checker;

  constructor(checker: Checker, message: string) {
    super(`${checker}: ${message}`);
    this.checker = checker;
  }
}

/** A client's operation; writes have unique values, undefined removes. */
export interface Operation {
  readonly kind: "read" | "write";
  readonly slot: number;
  readonly key: string;
  readonly value: string | undefined;
  /** Given by the primary that takes a write. */
  sequence: number;
  /** Latest write to the key that was known to have happened when the operation began. */
  readonly floor: number;
  /** All sequences that were acknowledged in the slot when it began. */
  readonly slotFloor: number;
}

/** A member's durable copy, as the oracle looks at it. */
export interface Copy {
  readonly name: string;
  readonly whole: readonly Buffer[];
  readonly records: ReadonlyMap<string, string>;
}

interface SlotHistory {
  readonly committed: Buffer[];
  /** By key: latest sequence known to have happened to some client. */
  readonly known: Map<string, number>;
  highestAcked: number;
}

export class Oracle {
  readonly #slots: readonly SlotHistory[];
  readonly #inSyncCopies: (slot: number) => readonly Copy[];
  readonly #answerers: (slot: number) => readonly number[];
  acked = 0;
  reads = 0;

  /** `inSyncCopies`: of the newest row; `answerers`: machines that would answer a read right now. */
  constructor(
    slotCount: number,
    inSyncCopies: (slot: number) => readonly Copy[],
    answerers: (slot: number) => readonly number[],
  ) {
    this.#slots = Array.from({ length: slotCount }, () => ({
      committed: [],
      known: new Map(),
      highestAcked: 0,
    }));
    this.#inSyncCopies = inSyncCopies;
    this.#answerers = answerers;
  }

  /** A client is about to ask. */
  begin(kind: Operation["kind"], slot: number, key: string, value: string | undefined): Operation {
    const history = this.#history(slot);
    const floor = history.known.get(key) ?? 0;
    return { kind, slot, key, value, sequence: 0, floor, slotFloor: history.highestAcked };
  }

  /** Some node says that its log is committed up to `sequence`. */
  committed(machine: number, slot: number, sequence: number, whole: readonly Buffer[]): void {
    const { committed } = this.#history(slot);
    const known = Math.min(sequence, committed.length);
    if (sequence > whole.length) {
      throw new Violation(
        "an acknowledged write is committed",
        `machine ${machine} calls ${sequence} of slot ${slot} committed and has ${whole.length} on disk`,
      );
    }
    this.#compare(slot, whole, Math.max(1, known - 3), known, `machine ${machine}`);
    for (let next = committed.length + 1; next <= sequence; next++) {
      const entry = whole[next - 1];
      if (entry !== undefined) committed.push(entry);
    }
    if (sequence > known) this.checkInSync(slot);
  }

  /** Every in-sync member of the newest row has every committed entry on disk. */
  checkInSync(slot: number): void {
    const { committed } = this.#history(slot);
    for (const copy of this.#inSyncCopies(slot)) {
      if (copy.whole.length < committed.length) {
        throw new Violation(
          "in-sync members hold what is committed",
          `${copy.name} is in sync in slot ${slot} with ${copy.whole.length} of ${committed.length} entries`,
        );
      }
      const last = committed.length;
      const same = last === 0 || committed[last - 1]?.equals(copy.whole[last - 1] ?? Buffer.alloc(0));
      if (!same) {
        throw new Violation(
          "in-sync members hold what is committed",
          `${copy.name} is in sync in slot ${slot} with another entry ${last}`,
        );
      }
    }
  }

  /** A node starts to serve with this log. */
  serving(machine: number, slot: number, log: readonly Buffer[]): void {
    const { committed } = this.#history(slot);
    if (log.length < committed.length) {
      throw new Violation(
        "a new primary holds what is committed",
        `machine ${machine} serves slot ${slot} with ${log.length} of ${committed.length} entries`,
      );
    }
    this.#compare(slot, log, 1, committed.length, `machine ${machine}, which serves now,`);
  }

  acknowledged(machine: number, operation: Operation): void {
    this.#checkAlone(machine, operation.slot);
    const history = this.#history(operation.slot);
    const { sequence, slot } = operation;
    const entry = history.committed[sequence - 1];
    if (entry === undefined || valueIn(entry) !== operation.value) {
      throw new Violation(
        "an acknowledged write is committed",
        `machine ${machine} acknowledged ${sequence} of slot ${slot}, which is not what is committed there`,
      );
    }
    if (sequence <= operation.slotFloor) {
      throw new Violation(
        "reads are linearizable",
        `write ${sequence} of slot ${slot} began after ${operation.slotFloor} was acknowledged`,
      );
    }
    history.highestAcked = Math.max(history.highestAcked, sequence);
    this.#learn(history, operation.key, sequence);
    this.acked++;
  }

  wasRead(machine: number, operation: Operation, value: string | undefined): void {
    const { slot, key, floor } = operation;
    this.#checkAlone(machine, slot);
    const history = this.#history(slot);
    const sequence = latestWith(history.committed, key, value, floor);
    if (sequence === undefined) {
      const seen = value === undefined ? "no record" : `value ${value}`;
      throw new Violation(
        "reads are linearizable",
        `machine ${machine} shows ${seen} of slot ${slot}: uncommitted, or older than entry ${floor}`,
      );
    }
    this.#learn(history, key, sequence);
    this.reads++;
  }

  /** After everything has come to rest. */
  checkAtRest(slot: number): void {
    const { committed } = this.#history(slot);
    this.checkInSync(slot);
    for (const copy of this.#inSyncCopies(slot)) {
      this.#compare(slot, copy.whole, 1, committed.length, `${copy.name} at rest`);
      const expected = fold(copy.whole);
      const wrong = [...new Set([...expected.keys(), ...copy.records.keys()])].filter(
        (key) => expected.get(key) !== copy.records.get(key),
      );
      if (copy.whole.length !== committed.length) {
        throw new Violation(
          "tables of replicas are equal",
          `${copy.name} rests with ${copy.whole.length} entries in slot ${slot}, not ${committed.length}`,
        );
      }
      if (wrong.length > 0) {
        throw new Violation(
          "tables of replicas are equal",
          `${copy.name} has records in slot ${slot} that its log does not explain: ${wrong
            .map((key) => `${key.trim()} = ${copy.records.get(key)}, not ${expected.get(key)}`)
            .join(", ")}`,
        );
      }
    }
  }

  committedCount(slot: number): number {
    return this.#history(slot).committed.length;
  }

  #history(slot: number): SlotHistory {
    const history = this.#slots[slot];
    if (history === undefined) throw new Error(`no slot ${slot}`);
    return history;
  }

  #learn(history: SlotHistory, key: string, sequence: number): void {
    if (sequence > (history.known.get(key) ?? 0)) history.known.set(key, sequence);
  }

  #checkAlone(machine: number, slot: number): void {
    const others = this.#answerers(slot).filter((other) => other !== machine);
    if (others.length === 0) return;
    throw new Violation("one node answers", `machines ${machine} and ${others} both would for slot ${slot}`);
  }

  #compare(slot: number, log: readonly Buffer[], from: number, to: number, who: string): void {
    const { committed } = this.#history(slot);
    for (let sequence = from; sequence <= to; sequence++) {
      if (committed[sequence - 1]?.equals(log[sequence - 1] ?? Buffer.alloc(0))) continue;
      throw new Violation(
        "committed entries never change",
        `${who} has another entry ${sequence} of slot ${slot} than was committed`,
      );
    }
  }
}

function valueIn(bytes: Buffer): string | undefined {
  const entry = new Entry(bytes);
  return entry.kind === EntryKind.put ? entry.imageBytes.toString("latin1") : undefined;
}

/** The sequence, at least `floor`, whose entry left the key with this value; undefined: none did. */
function latestWith(
  committed: readonly Buffer[],
  key: string,
  value: string | undefined,
  floor: number,
): number | undefined {
  for (let sequence = committed.length; sequence >= Math.max(1, floor); sequence--) {
    const entry = new Entry(committed[sequence - 1] ?? Buffer.alloc(0));
    if (entry.kind !== EntryKind.put && entry.kind !== EntryKind.remove) continue;
    if (entry.digest.toString("latin1") === key && valueIn(entry.bytes) === value) return sequence;
  }
  return floor === 0 && value === undefined ? 0 : undefined;
}

/** The records that a log makes. */
function fold(log: readonly Buffer[]): Map<string, string> {
  const records = new Map<string, string>();
  for (const bytes of log) {
    const entry = new Entry(bytes);
    const key = entry.digest.toString("latin1");
    const value = valueIn(bytes);
    if (value !== undefined) records.set(key, value);
    else if (entry.kind === EntryKind.remove) records.delete(key);
  }
  return records;
}

/**
 * One record as a client knows it: a value, or none, and a generation. Says what an operation makes
 * of a state, or that it cannot have had its outcome there.
 *
 * States and values are numbers: equal number, equal content. A value made of tokens is the list
 * before it and its last token, so that a list of a thousand tokens costs no more than one.
 *
 * The generation is part of the state only if some operation tells one. If none does, nobody can
 * know it, and states that differ in it alone are one state.
 */
import type { Operation, Value } from "./operation.ts";

/** Value ids that every model has. */
export const ABSENT = 0;
export const EMPTY = 1;
/** The value of whatever no read can tell: see `Step.unread`. */
export const UNREAD = 2;

export interface Register {
  readonly value: number;
  readonly generation: number;
}

/** An operation with its value's id, so that it is not computed at each look. */
export interface Step {
  readonly operation: Operation;
  /** Read or written; of an append, ABSENT. */
  readonly value: number;
  /** No read tells what it wrote; it stands for any such value. */
  readonly unread: boolean;
}

export class RecordModel {
  readonly #atoms = new Map<string, number>();
  /** By last token, then by the list before it. */
  readonly #lists = new Map<string, Map<number, number>>();
  /** Lists that were looked at: a long one is walked once. */
  readonly #listIds = new Map<readonly string[], number>();
  /** By value id: the list before the last token; undefined for what is no list. */
  readonly #before: (number | undefined)[] = [undefined, undefined, undefined];
  readonly #texts: string[] = ["no record", "[]", "a value that nobody read"];
  /** By value id: what the last operation before it must have written. */
  readonly #origins: number[] = [ABSENT, EMPTY, UNREAD];
  readonly #states = new Map<string, number>();
  readonly #registers: Register[] = [];
  readonly #tracksGeneration: boolean;

  constructor(operations: readonly Operation[]) {
    this.#tracksGeneration = operations.some(
      (one) => one.kind === "compare-and-set" || (one.kind !== "delete" && one.generation !== undefined),
    );
  }

  get tracksGeneration(): boolean {
    return this.#tracksGeneration;
  }

  valueId(value: Value | undefined): number {
    if (value === undefined) return ABSENT;
    if (typeof value === "object") {
      const known = this.#listIds.get(value);
      if (known !== undefined) return known;
      const id = value.reduce((list, token) => this.#appended(list, token), EMPTY);
      this.#listIds.set(value, id);
      return id;
    }
    return this.#atom(`${typeof value} ${value}`, String(value));
  }

  /**
   * What the last write before a state with this value wrote, as a value id: the value itself, or the
   * last token of a list. Operations with the same origin are all that can bring the value about.
   */
  originOf(value: number): number {
    return this.#origins[value] ?? value;
  }
  originOfToken(token: string): number {
    return this.#atom(`token ${token}`, token);
  }

  /** A value and all lists it grew from; not the empty one, since lists begin without a record, too. */
  *withPrefixes(value: number): Generator<number> {
    yield value;
    for (let at = this.#before[value]; at !== undefined && at !== EMPTY; at = this.#before[at]) yield at;
  }

  stateId(value: number, generation: number): number {
    const kept = this.#tracksGeneration ? generation : 0;
    const key = `${value} ${kept}`;
    const known = this.#states.get(key);
    if (known !== undefined) return known;
    this.#states.set(key, this.#registers.length);
    this.#registers.push({ value, generation: kept });
    return this.#registers.length - 1;
  }
  register(state: number): Register {
    const found = this.#registers[state];
    if (found === undefined) throw new Error(`no state ${state}`);
    return found;
  }
  describe(state: number): string {
    const { value, generation } = this.register(state);
    const text = this.#texts[value] ?? "";
    return this.#tracksGeneration ? `${text}, generation ${generation}` : text;
  }

  /** The state after the operation took effect; undefined when it cannot have, here. */
  apply(state: number, step: Step): number | undefined {
    const { operation } = step;
    const { value, generation } = this.register(state);
    if (operation.kind === "read") {
      const fits = operation.generation === undefined || operation.generation === generation;
      return fits && step.value === value ? state : undefined;
    }
    if (operation.kind === "delete") {
      const existed = value !== ABSENT;
      if (operation.existed !== undefined && operation.existed !== existed) return undefined;
      // A tombstone carries the generation on; of nothing there is nothing to delete.
      return existed ? this.stateId(ABSENT, generation + 1) : state;
    }
    if (operation.kind === "compare-and-set") {
      const matches =
        operation.expected === "absent"
          ? value === ABSENT
          : value !== ABSENT && operation.expected === generation;
      if (operation.outcome === "mismatch") return matches ? undefined : state;
      if (!matches) return undefined;
    }
    const made = generation + 1;
    if (operation.generation !== undefined && operation.generation !== made) return undefined;
    if (step.unread) return this.stateId(UNREAD, made);
    if (operation.kind !== "append") return this.stateId(step.value, made);
    return this.stateId(this.#appended(value === ABSENT ? EMPTY : value, operation.token), made);
  }

  #atom(key: string, text: string): number {
    const known = this.#atoms.get(key);
    if (known !== undefined) return known;
    const id = this.#add(text, undefined);
    this.#atoms.set(key, id);
    this.#origins[id] = id;
    return id;
  }

  #appended(list: number, token: string): number {
    const ofToken = this.#lists.get(token) ?? new Map<number, number>();
    const known = ofToken.get(list);
    if (known !== undefined) return known;
    const origin = this.originOfToken(token);
    const id = this.#add(`… ${token}`, list);
    this.#lists.set(token, ofToken.set(list, id));
    this.#origins[id] = origin;
    return id;
  }

  #add(text: string, before: number | undefined): number {
    this.#texts.push(text);
    this.#before.push(before);
    return this.#texts.length - 1;
  }
}

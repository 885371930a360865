/**
 * Prepares the operations of one key for the search: drops what says nothing, orders the rest, and
 * works out what the search's shortcuts need. Each shortcut says here, or in `Demand`, why it loses
 * no order.
 */
import type { Operation } from "./operation.ts";
import { ABSENT, EMPTY, RecordModel, type Step } from "./record-model.ts";

export interface Planned extends Step {
  readonly call: number;
  /** Infinity when in doubt. */
  readonly end: number;
  /** Whether it may change the record at all. */
  readonly mutates: boolean;
  /** The value that must be there for it, and the lists that that grew from; empty: any will do. */
  readonly needs: readonly number[];
  /** The origins of those, each once. */
  readonly needsOrigins: readonly number[];
  /** What it writes, as `RecordModel.originOf` says; undefined for what no read tells. */
  readonly origin: number | undefined;
  /** As good as any other with the same text that ends later: only the first that is left is tried. */
  readonly exchangeable: string | undefined;
}

export interface Plan {
  readonly model: RecordModel;
  /** First what ended, then what is in doubt; each by time of call. */
  readonly planned: readonly Planned[];
  readonly ended: number;
  /** Whether anything tells that a write whose value nobody reads has happened. */
  readonly isTold: boolean;
  /**
   * By generation: the value that reads found with it. Generations only rise, by one a change, so
   * whatever makes this generation makes this value.
   */
  readonly valueAt: ReadonlyMap<number, number>;
}

export function plan(operations: readonly Operation[]): Plan {
  const happened = operations
    .filter((one) => one.outcome !== "refused" && !(one.kind === "read" && one.outcome === "unknown"))
    .map(withoutAnswer);
  const model = new RecordModel(happened);
  const useful = usefulOrigins(model, happened);
  const isTold =
    model.tracksGeneration || happened.some((one) => one.kind === "delete" && one.existed !== undefined);
  const written = new Set(
    happened.flatMap((one) =>
      one.kind === "write" || one.kind === "compare-and-set" ? [model.valueId(one.value)] : [],
    ),
  );
  const planned = happened.map((operation) => planOne(model, operation, useful, written));
  const ended = planned.filter((one) => one.operation.outcome !== "unknown").sort(byCall);
  // Where nobody could tell, what is in doubt and was not read may as well never have happened.
  const doubtful = planned
    .filter((one) => one.operation.outcome === "unknown" && (isTold || isUseful(one, useful)))
    .sort(byCall);
  return {
    model,
    planned: [...ended, ...doubtful],
    ended: ended.length,
    isTold,
    valueAt: valuesByGeneration(ended),
  };
}

/** What is in doubt was answered nothing. */
function withoutAnswer(operation: Operation): Operation {
  if (operation.outcome !== "unknown") return operation;
  if (operation.kind === "delete") return { ...operation, existed: undefined };
  return { ...operation, generation: undefined };
}

function byCall(a: Planned, b: Planned): number {
  return a.call - b.call || a.end - b.end;
}

/** `written`: values that some write makes as a whole; what they could have grown from is not needed. */
function planOne(
  model: RecordModel,
  operation: Operation,
  useful: ReadonlySet<number>,
  written: ReadonlySet<number>,
): Planned {
  const value =
    operation.kind === "delete" || operation.kind === "append" ? ABSENT : model.valueId(operation.value);
  const origin = originOf(model, operation, value);
  const unread = origin !== undefined && origin !== ABSENT && !useful.has(origin);
  const needs: number[] = [];
  const needed = neededBy(operation, value);
  for (const one of needed === undefined ? [] : model.withPrefixes(needed)) {
    needs.push(one);
    if (written.has(one)) break;
  }
  return {
    operation,
    value,
    unread,
    call: operation.call,
    end: operation.outcome === "unknown" ? Number.POSITIVE_INFINITY : operation.end,
    mutates: origin !== undefined,
    needs,
    needsOrigins: [...new Set(needs.map((one) => model.originOf(one)))],
    origin: unread ? undefined : origin,
    exchangeable: exchangeableText(operation, unread),
  };
}

/** Undefined for what changes nothing, in any state. */
function originOf(model: RecordModel, operation: Operation, value: number): number | undefined {
  if (operation.kind === "read" || operation.outcome === "mismatch") return undefined;
  if (operation.kind === "delete") return operation.existed === false ? undefined : ABSENT;
  if (operation.kind === "append") return model.originOfToken(operation.token);
  return model.originOf(value);
}

function neededBy(operation: Operation, value: number): number | undefined {
  if (operation.kind === "read") return value;
  return operation.kind === "delete" && operation.existed === false ? ABSENT : undefined;
}

/**
 * Operations with the same text make the same of every state. Of two that could both come next, the
 * one that ends first may always take the other's place: whatever had to come after it, had to come
 * after the other one, too, or may.
 */
function exchangeableText(operation: Operation, unread: boolean): string | undefined {
  if (operation.kind === "delete") return `delete ${operation.existed}`;
  if (!unread || operation.kind === "read" || operation.generation !== undefined) return undefined;
  return operation.kind === "compare-and-set" ? `if ${operation.expected}` : "write";
}

/** Origins of all values that reads found, and of all lists that those grew from. */
function usefulOrigins(model: RecordModel, operations: readonly Operation[]): Set<number> {
  const useful = new Set<number>();
  const looked = new Set<number>();
  for (const one of operations) {
    const isRead = one.kind === "read" && one.outcome === "applied";
    const isNone = one.kind === "delete" && one.existed === false;
    if (!isRead && !isNone) continue;
    for (const value of model.withPrefixes(isRead ? model.valueId(one.value) : ABSENT)) {
      if (looked.has(value)) break;
      looked.add(value);
      useful.add(model.originOf(value));
    }
    if (isRead && typeof one.value === "object") useful.add(EMPTY);
  }
  return useful;
}

/** A delete serves also where a list starts anew. */
function isUseful(one: Planned, useful: ReadonlySet<number>): boolean {
  if (one.origin === undefined) return false;
  return useful.has(one.origin) || (one.origin === ABSENT && useful.has(EMPTY));
}

function valuesByGeneration(ended: readonly Planned[]): Map<number, number> {
  const values = new Map<number, number>();
  for (const { operation, value } of ended) {
    if (operation.kind === "read" && operation.generation !== undefined && value !== ABSENT) {
      values.set(operation.generation, value);
    }
  }
  return values;
}

/**
 * What clients did, as the checkers see it: one operation with its times and its outcome. A history
 * is a list of them, in any order. Times are any numbers that rise (milliseconds, virtual or not).
 */

/** A whole value, or the tokens that appends made. */
export type Value = string | number | readonly string[];

/**
 * - applied: acknowledged; it took effect once, between call and end.
 * - refused: it never takes effect, not even later.
 * - unknown: it may take effect once, at any time after its call, or never.
 * - mismatch: a compare-and-set that was told that the generation is another one; it changed nothing.
 */
export type Outcome = "applied" | "refused" | "unknown" | "mismatch";

interface Timed {
  readonly key: string;
  /** Who asked; only for people who read a report. */
  readonly client: string;
  readonly call: number;
  /** When the answer was there. Of no meaning when the outcome is unknown. */
  readonly end: number;
  readonly outcome: Outcome;
}

export type Operation = Timed &
  (
    | {
        readonly kind: "read";
        /** Undefined: there is no record. */
        readonly value: Value | undefined;
        /** Of the record that was read, where it was told. */
        readonly generation?: number | undefined;
      }
    | {
        /** Unconditional. */
        readonly kind: "write";
        readonly value: Value;
        /** That the write made, where it was told. */
        readonly generation?: number | undefined;
      }
    | {
        readonly kind: "delete";
        /** Whether there was a record, where it was told. */
        readonly existed?: boolean | undefined;
      }
    | {
        /** Adds a token at the end; creates the record where there is none. */
        readonly kind: "append";
        readonly token: string;
        readonly generation?: number | undefined;
      }
    | {
        /** Writes only when the record has this generation, or does not exist. */
        readonly kind: "compare-and-set";
        readonly expected: number | "absent";
        readonly value: Value;
        readonly generation?: number | undefined;
      }
  );

/** One line about an operation, for people. */
export function describeOperation(operation: Operation): string {
  const { client, call, end, outcome } = operation;
  const until = outcome === "unknown" ? "…" : String(end);
  return `[${call}, ${until}] ${client} ${describeKind(operation)}${outcome === "applied" ? "" : ` (${outcome})`}`;
}

function describeKind(operation: Operation): string {
  if (operation.kind === "delete") return `delete${existedText(operation.existed)}`;
  const generation = operation.generation === undefined ? "" : `, generation ${operation.generation}`;
  if (operation.kind === "read") return `read ${describeValue(operation.value)}${generation}`;
  if (operation.kind === "append") return `append ${operation.token}${generation}`;
  const value = describeValue(operation.value);
  if (operation.kind === "write") return `write ${value}${generation}`;
  return `write ${value} if ${operation.expected === "absent" ? "absent" : `generation ${operation.expected}`}${generation}`;
}

function existedText(existed: boolean | undefined): string {
  if (existed === undefined) return "";
  return existed ? " of a record" : " of no record";
}

const TOKENS_SHOWN = 8;

function describeValue(value: Value | undefined): string {
  if (value === undefined) return "no record";
  if (typeof value !== "object") return String(value);
  const shown = value.slice(-TOKENS_SHOWN).join(" ");
  return value.length > TOKENS_SHOWN ? `[… ${shown}] (${value.length} tokens)` : `[${shown}]`;
}

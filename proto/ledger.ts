/**
 * The ledger of one origin's log at one destination's partition: how each change that the applied
 * position covers has ended. It is kept with the position, moved by the same entries, so the two
 * cannot disagree after any crash.
 *
 * Every change of a datacenter has a number: how many changes its log of the partition held with it
 * (entry.ts keeps it where an entry that arrived by XDR keeps its origin's sequence). `changes` is the
 * number of the last change that is covered, so the states must sum to it: what is missing is
 * `unaccountedOf`.
 *
 * What a datacenter forwards of others has no number there: it is counted in `forwarded`, beside `changes`.
 *
 * Most entries carry one change in one state, told by a byte of the entry (Outcome). What ends
 * without an entry of its own, and what is recovered by a scan, is added up in a delta, which an entry
 * of kind `position` or `note` holds first in its payload: a signed u32 (LE) a field. What a datacenter's
 * filters keep back it tells by an entry of kind `filtered`, which stands for some changes in a row.
 */

/** In the order of the bytes of a delta that has no filtered changes, as releases before filters write it. */
export const PLAIN_FIELDS = [
  "changes",
  "applied",
  "superseded",
  "conflictWon",
  "conflictLost",
  "parked",
  "recovered",
] as const;
/** The same with the filtered ones. */
export const FILTERED_FIELDS = [...PLAIN_FIELDS, "filtered"] as const;
export const LEDGER_FIELDS = [...FILTERED_FIELDS, "forwarded"] as const;
type LedgerField = (typeof LEDGER_FIELDS)[number];

/**
 * - changes: number of the origin's last change that is covered.
 * - applied: created a record, or overwrote what it descends from.
 * - superseded: already here, or the record here descends from it.
 * - conflictWon, conflictLost: met a version that it had not seen, nor that had seen it.
 * - parked: cannot be applied; kept, and to be tried again.
 * - recovered: covered by a scan of the origin's records: applied, or overwritten there before.
 * - filtered: not shipped, by the origin's settings of that time.
 * - forwarded: changes of other datacenters that came this way; not in `changes`, but in the states.
 */
export type Ledger = { readonly [field in LedgerField]: number };
export type MutableLedger = { [field in LedgerField]: number };

/** What became of the one change that an entry carries; 0: it carries none. */
export const Outcome = { none: 0, applied: 1, superseded: 2, conflictWon: 3, conflictLost: 4 } as const;
export type Outcome = (typeof Outcome)[keyof typeof Outcome];

/** Beside an outcome: the change was forwarded, not made, by the datacenter that it came from. */
export const FORWARDED = 8;
/** An outcome's bits without FORWARDED. */
export const OUTCOME_STATE = 7;

export const DELTA_BYTES = PLAIN_FIELDS.length * 4;
/** With filtered changes. */
export const DELTA_BYTES_FILTERED = FILTERED_FIELDS.length * 4;
/** With forwarded ones. */
export const DELTA_BYTES_MAX = LEDGER_FIELDS.length * 4;

export function emptyLedger(): MutableLedger {
  return {
    changes: 0,
    applied: 0,
    superseded: 0,
    conflictWon: 0,
    conflictLost: 0,
    parked: 0,
    recovered: 0,
    filtered: 0,
    forwarded: 0,
  };
}

/** Changes that are covered and ended in no state: 0, or something was lost on the way. */
export function unaccountedOf(ledger: Ledger): number {
  return LEDGER_FIELDS.reduce(
    (left, field) => (field === "changes" || field === "forwarded" ? left : left - ledger[field]),
    ledger.changes + ledger.forwarded,
  );
}

/** Adds `delta` (`sign` 1) to a ledger, or takes it back (-1). */
export function addDelta(ledger: MutableLedger, delta: Ledger, sign: 1 | -1): void {
  for (const field of LEDGER_FIELDS) ledger[field] += sign * delta[field];
}

/** Adds the one change that an entry carries, or takes it back. `outcome`: with FORWARDED or without. */
export function addOutcome(ledger: MutableLedger, outcome: number, sign: 1 | -1): void {
  const state = outcome & OUTCOME_STATE;
  if (state === Outcome.applied) ledger.applied += sign;
  else if (state === Outcome.superseded) ledger.superseded += sign;
  else if (state === Outcome.conflictWon) ledger.conflictWon += sign;
  else if (state === Outcome.conflictLost) ledger.conflictLost += sign;
  else return;
  if (outcome >= FORWARDED) ledger.forwarded += sign;
  else ledger.changes += sign;
}

/** The fields of a delta of so many bytes. */
function fieldsIn(bytes: number): readonly LedgerField[] {
  return LEDGER_FIELDS.slice(0, bytes / 4);
}

/** How many bytes a delta takes. */
export function deltaBytesOf({ filtered, forwarded }: Ledger): number {
  if (forwarded !== 0) return DELTA_BYTES_MAX;
  return filtered === 0 ? DELTA_BYTES : DELTA_BYTES_FILTERED;
}

/** Writes a delta's bytes at `offset`, as many as `deltaBytesOf` says. */
export function writeDelta(target: Buffer, delta: Ledger, offset: number): void {
  fieldsIn(deltaBytesOf(delta)).forEach((field, index) => {
    target.writeInt32LE(delta[field], offset + index * 4);
  });
}

/** Reads what writeDelta wrote; `bytes`: how many it took. */
export function readDelta(source: Buffer, offset: number, bytes = DELTA_BYTES): Ledger {
  const delta = emptyLedger();
  fieldsIn(bytes).forEach((field, index) => {
    delta[field] = source.readInt32LE(offset + index * 4);
  });
  return delta;
}

/** The payload of an entry of kind `position`. */
export function encodeDelta(delta: Ledger): Buffer {
  const bytes = Buffer.allocUnsafe(deltaBytesOf(delta));
  writeDelta(bytes, delta, 0);
  return bytes;
}

/** Reads what encodeDelta made; undefined: the entry says nothing of a ledger. */
export function decodeDelta(payload: Buffer): Ledger | undefined {
  return payload.length < DELTA_BYTES ? undefined : readDelta(payload, 0, payload.length);
}

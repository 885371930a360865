/** What the parts of the ship core's world share: settings, faults, and what travels between them. */

export const LANES = 2;
export const LOG_ID = 777;
export const NODES = 2;
export const KEYS = 3;
export const ENTRY_BYTES = 100;

export type Random = (below: number) => number;

export interface Faults {
  /** Chances in percent, per message, report, entry or turn. */
  readonly lose: number;
  readonly repeat: number;
  readonly reorder: number;
  readonly loseReport: number;
  readonly movePrimary: number;
  readonly breakNode: number;
  readonly restartShipper: number;
  readonly restartApply: number;
  readonly forget: number;
  readonly closeBus: number;
  readonly trim: number;
  readonly forceTrim: number;
  readonly wipe: number;
  /** Entries larger than the window. */
  readonly huge: number;
  /** The destination declares the origin lost, or lets it in. */
  readonly shutOut: number;
  /** The namespace is shipped no more, or again. */
  readonly disable: number;
  /** The destination's records are damaged, and shipped again by order. */
  readonly rewind: number;
}

export const NO_FAULTS: Faults = {
  lose: 0,
  repeat: 0,
  reorder: 0,
  loseReport: 0,
  movePrimary: 0,
  breakNode: 0,
  restartShipper: 0,
  restartApply: 0,
  forget: 0,
  closeBus: 0,
  trim: 0,
  forceTrim: 0,
  wipe: 0,
  huge: 0,
  shutOut: 0,
  disable: 0,
  rewind: 0,
};

export interface LogEntry {
  readonly sequence: number;
  readonly key: number;
  /** False: it came by XDR. */
  readonly wanted: boolean;
  readonly bytes: number;
}

/** A key and the sequence of the change that made its present version. */
export type Row = readonly [key: number, version: number];

export type Item =
  | {
      readonly kind: "run";
      readonly slot: number;
      readonly from: number;
      readonly to: number;
      readonly entries: readonly LogEntry[];
    }
  | {
      readonly kind: "chunk";
      readonly slot: number;
      readonly scan: number;
      readonly chunk: number;
      readonly last: boolean;
      readonly to: number;
      readonly rows: readonly Row[];
    };

export interface Message {
  readonly publisher: number;
  readonly channel: number;
  readonly number: number;
  readonly items: readonly Item[];
}

export function chance(random: Random, percent: number): boolean {
  return percent > 0 && random(1000) < percent * 10;
}

export function bytesOf(entries: readonly LogEntry[]): number {
  return entries.reduce((sum, entry) => sum + entry.bytes, 0);
}

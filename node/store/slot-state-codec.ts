/**
 * Bytes of a slot's state and of the control rows that change slots other than by entries. Used in
 * index values (block-index.ts) and in checkpoint pages (checkpoint.ts); their checksums cover it.
 *
 * State: sequence u48, epochs u16 (epoch u32, first u48)*, positions u16 (origin u8, log id u64,
 * sequence u48, the ledger's fields in their order i48)*, number of the last own change u48, conflicts
 * noted u48. Without bit 15 of the number of epochs it is an older release's, without ledgers, changes and
 * conflicts; the ledgers have a field for filtered changes with bit 14 or 13, one for forwarded ones with bit
 * 13. Control row: type u8, slot u24, then by type:
 *
 *   1 clear
 *   2 truncate   state after it
 *   3 install    state
 *   4 counts     change of records i32, of tombstones i32, fold of the digests that came or went u32
 */
import { unreachable } from "../../common/assert.ts";
import { MeridianError } from "../../common/errors.ts";
import type { Slot } from "../../proto/cluster-map.ts";
import { readSafeInteger, writeSafeInteger } from "../../proto/entry.ts";
import {
  emptyLedger,
  FILTERED_FIELDS,
  type Ledger,
  LEDGER_FIELDS,
  PLAIN_FIELDS,
} from "../../proto/ledger.ts";
import { writeU48 } from "./block-index.ts";
import type { EpochStart, LedgerPosition, SlotState } from "./storage.ts";

export type ControlRow =
  | { readonly type: "clear"; readonly slot: Slot }
  | { readonly type: "truncate"; readonly slot: Slot; readonly state: SlotState }
  | { readonly type: "install"; readonly slot: Slot; readonly state: SlotState }
  | ({ readonly type: "counts"; readonly slot: Slot } & CountChange);

/** What a group's records without entries change of a slot. */
export interface CountChange {
  readonly records: number;
  readonly tombstones: number;
  readonly digests: number;
}

const HAS_LEDGER = 0x8000;
const HAS_FILTERED = 0x4000;
const HAS_FORWARDED = 0x2000;
const POSITION_BYTES = 15;

const CLEAR = 1;
const TRUNCATE = 2;
const INSTALL = 3;
const COUNTS = 4;

export function encodeState(state: SlotState): Buffer {
  const flag = flagOf(state.applied);
  const fields = fieldsBy(flag);
  const positionBytes = state.applied.length * (POSITION_BYTES + fields.length * 6);
  const bytes = Buffer.allocUnsafe(22 + state.epochHistory.length * 10 + positionBytes);
  writeU48(bytes, state.sequence, 0);
  bytes.writeUInt16LE(state.epochHistory.length | HAS_LEDGER | flag, 6);
  let offset = 8;
  for (const start of state.epochHistory) {
    bytes.writeUInt32LE(start.epoch, offset);
    writeU48(bytes, start.firstSequence, offset + 4);
    offset += 10;
  }
  bytes.writeUInt16LE(state.applied.length, offset);
  offset += 2;
  for (const position of state.applied) {
    bytes[offset] = position.originId;
    writeSafeInteger(bytes, position.originLogId, offset + 1);
    writeU48(bytes, position.sequence, offset + 9);
    offset += 15;
    for (const field of fields) {
      bytes.writeIntLE(position.ledger[field], offset, 6);
      offset += 6;
    }
  }
  writeU48(bytes, state.changes, offset);
  writeU48(bytes, state.conflicts, offset + 6);
  return bytes;
}

function flagOf(applied: readonly LedgerPosition[]): number {
  if (applied.some(({ ledger }) => ledger.forwarded !== 0)) return HAS_FORWARDED;
  return applied.some(({ ledger }) => ledger.filtered !== 0) ? HAS_FILTERED : 0;
}

/** The fields of a ledger, by the bits beside the number of epochs. */
function fieldsBy(bits: number): readonly (keyof Ledger)[] {
  if ((bits & HAS_FORWARDED) !== 0) return LEDGER_FIELDS;
  return (bits & HAS_FILTERED) === 0 ? PLAIN_FIELDS : FILTERED_FIELDS;
}

export function encodeControl(rows: readonly ControlRow[]): Buffer {
  return Buffer.concat(
    rows.flatMap((row) => {
      switch (row.type) {
        case "clear":
          return [controlHead(CLEAR, row.slot)];
        case "truncate":
          return [controlHead(TRUNCATE, row.slot), encodeState(row.state)];
        case "install":
          return [controlHead(INSTALL, row.slot), encodeState(row.state)];
        case "counts": {
          const counts = Buffer.allocUnsafe(12);
          counts.writeInt32LE(row.records, 0);
          counts.writeInt32LE(row.tombstones, 4);
          counts.writeUInt32LE(row.digests, 8);
          return [controlHead(COUNTS, row.slot), counts];
        }
        default:
          return unreachable(row);
      }
    }),
  );
}

export function decodeControl(bytes: Buffer): ControlRow[] {
  const reader = new StateReader(bytes);
  const rows: ControlRow[] = [];
  while (!reader.ended) {
    const type = reader.u8();
    const slot = reader.u24();
    if (type === CLEAR) rows.push({ type: "clear", slot });
    else if (type === TRUNCATE) rows.push({ type: "truncate", slot, state: reader.state() });
    else if (type === INSTALL) rows.push({ type: "install", slot, state: reader.state() });
    else if (type === COUNTS) {
      const [records, tombstones, digests] = [reader.i32(), reader.i32(), reader.u32()];
      rows.push({ type: "counts", slot, records, tombstones, digests });
    } else throw new MeridianError("ENTRY_CORRUPT", `control row of unknown type ${type}`);
  }
  return rows;
}

/** Reads the fields one after the other. */
export class StateReader {
  readonly #bytes: Buffer;
  #offset = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }
  get ended(): boolean {
    return this.#offset >= this.#bytes.length;
  }
  u8(): number {
    return this.#bytes.readUInt8(this.#skip(1));
  }
  u16(): number {
    return this.#bytes.readUInt16LE(this.#skip(2));
  }
  u24(): number {
    return this.#bytes.readUIntLE(this.#skip(3), 3);
  }
  u32(): number {
    return this.#bytes.readUInt32LE(this.#skip(4));
  }
  i32(): number {
    return this.#bytes.readInt32LE(this.#skip(4));
  }
  u48(): number {
    return this.#bytes.readUIntLE(this.#skip(6), 6);
  }
  i48(): number {
    return this.#bytes.readIntLE(this.#skip(6), 6);
  }
  state(): SlotState {
    const sequence = this.u48();
    const epochHistory: EpochStart[] = [];
    const epochs = this.u16();
    const hasLedger = epochs >= HAS_LEDGER;
    const fields = fieldsBy(epochs);
    for (let left = epochs % HAS_FORWARDED; left > 0; left--) {
      epochHistory.push({ epoch: this.u32(), firstSequence: this.u48() });
    }
    const applied: LedgerPosition[] = [];
    for (let left = this.u16(); left > 0; left--) {
      const originId = this.u8();
      const originLogId = readSafeInteger(this.#bytes, this.#skip(8));
      const applySequence = this.u48();
      const ledger = emptyLedger();
      if (hasLedger) for (const field of fields) ledger[field] = this.i48();
      applied.push({ originId, originLogId, sequence: applySequence, ledger });
    }
    const changes = hasLedger ? this.u48() : 0;
    const conflicts = hasLedger ? this.u48() : 0;
    return { sequence, epochHistory, applied, changes, conflicts };
  }
  #skip(bytes: number): number {
    const at = this.#offset;
    this.#offset += bytes;
    return at;
  }
}

function controlHead(type: number, slot: Slot): Buffer {
  const head = Buffer.allocUnsafe(4);
  head[0] = type;
  head.writeUIntLE(slot, 1, 3);
  return head;
}

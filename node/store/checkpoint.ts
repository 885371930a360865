/**
 * Checkpoint of slot states: pages of 64 slots, and a head that says up to which block the pages
 * hold. Only changed pages are written, in one batch with the head, so that a page is never newer
 * or older than the head says. At open, blocks after the checkpoint are folded onto the pages.
 *
 * Page: CRC-32, then per slot: slot u24, records u32, tombstones u32, digests u32, state (as
 * slot-state-codec.ts has it).
 * Head: CRC-32, format u8, first block u48, last block in the checkpoint u48 (0 = none).
 */
import { crc32 } from "node:zlib";
import { MeridianError } from "../../common/errors.ts";
import { writeU48 } from "./block-index.ts";
import type { EngineBatch } from "./engine.ts";
import { headKey, pageKey, SLOTS_PER_PAGE } from "./keys.ts";
import type { SlotLog } from "./slot-log.ts";
import { encodeState, StateReader } from "./slot-state-codec.ts";
import type { SlotState } from "./storage.ts";

const FORMAT = 2;
const FORMAT_OLDEST = 1;

export interface Head {
  /** Oldest block that is not trimmed; blocks count from 1. */
  readonly firstBlock: number;
  /** Last block whose effect is in the pages, 0 when there is none. */
  readonly checkpointBlock: number;
}

export interface CheckpointedSlot {
  readonly slot: number;
  readonly records: number;
  readonly tombstones: number;
  readonly digests: number;
  readonly state: SlotState;
}

export function writeHead(batch: EngineBatch, head: Head): void {
  const body = Buffer.allocUnsafe(13);
  body[0] = FORMAT;
  writeU48(body, head.firstBlock, 1);
  writeU48(body, head.checkpointBlock, 7);
  batch.put(headKey(), sealed(body));
}

export function decodeHead(bytes: Buffer): Head {
  const reader = opened(bytes, "head");
  const format = reader.u8();
  if (format < FORMAT_OLDEST || format > FORMAT)
    throw new MeridianError("STORE_FAILED", `store of unknown format ${format}`);
  return { firstBlock: reader.u48(), checkpointBlock: reader.u48() };
}

/** Puts the page, or deletes it when none of its slots holds anything. */
export function writePage(
  batch: EngineBatch,
  page: number,
  find: (slot: number) => SlotLog | undefined,
): void {
  const parts: Buffer[] = [];
  for (let slot = page * SLOTS_PER_PAGE; slot < (page + 1) * SLOTS_PER_PAGE; slot++) {
    const log = find(slot);
    if (log?.holdsAnything !== true) continue;
    const counts = Buffer.allocUnsafe(15);
    counts.writeUIntLE(slot, 0, 3);
    counts.writeUInt32LE(log.records, 3);
    counts.writeUInt32LE(log.tombstones, 7);
    counts.writeUInt32LE(log.digests, 11);
    parts.push(counts, encodeState(log.state()));
  }
  if (parts.length === 0) batch.del(pageKey(page));
  else batch.put(pageKey(page), sealed(Buffer.concat(parts)));
}

export function decodePage(bytes: Buffer): CheckpointedSlot[] {
  const reader = opened(bytes, "page");
  const slots: CheckpointedSlot[] = [];
  while (!reader.ended) {
    const slot = reader.u24();
    const records = reader.u32();
    const tombstones = reader.u32();
    const digests = reader.u32();
    slots.push({ slot, records, tombstones, digests, state: reader.state() });
  }
  return slots;
}

function sealed(body: Buffer): Buffer {
  const checksum = Buffer.allocUnsafe(4);
  checksum.writeUInt32LE(crc32(body));
  return Buffer.concat([checksum, body]);
}

function opened(bytes: Buffer, what: string): StateReader {
  const body = bytes.subarray(4);
  if (bytes.length < 5 || crc32(body) !== bytes.readUInt32LE(0)) {
    throw new MeridianError("STORE_FAILED", `checkpoint ${what} fails its checksum`);
  }
  return new StateReader(body);
}

/**
 * The image that a local write makes in a namespace with `conflict-resolve-writes`: each bin keeps the stamp
 * of the write that gave it its value. Pure.
 */
import { STAMPED_BINS_MAX } from "../../common/limits.ts";
import { expireBins, writtenRecord } from "../../common/version/bins.ts";
import type { Seen, Version } from "../../common/version/version.ts";
import { Operation } from "../../proto/entry.ts";
import type { RecordImage } from "../../proto/record.ts";
import { binRecordOf, binsByName, encodeBinRecord, namesOf } from "../../proto/record-bins.ts";
import type { Evaluation } from "../records.ts";

type Written = Extract<Evaluation, { write: true }>;

export interface WriteVersion extends Pick<Version, "generation" | "lut" | "sourceId"> {
  readonly seen: readonly Seen[];
  /** What has expired by then has gone. */
  readonly nowVoidTime: number;
}

/** Undefined: the record would have too many bins, dead ones included. */
export function encodeStampedWrite(
  current: RecordImage | undefined,
  evaluation: Written,
  version: WriteVersion,
): Buffer | undefined {
  const { setName, userKey, voidTime, isWhole = false } = evaluation;
  const keepsAll = evaluation.keepsStamps === true || evaluation.operation === Operation.touch;
  const { generation, lut, sourceId, seen, nowVoidTime } = version;
  const before = current === undefined ? undefined : expireBins(binRecordOf(current), nowVoidTime);
  const record = writtenRecord(before, {
    ...{ generation, lut, sourceId, seen, setName, userKey, voidTime, isWhole },
    live: binsByName(asBuffer(evaluation.bins), evaluation.binCount),
    named: keepsAll ? new Set() : namesOf(asBuffer(evaluation.changedBins)),
  });
  return record.bins.size > STAMPED_BINS_MAX ? undefined : encodeBinRecord(record);
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

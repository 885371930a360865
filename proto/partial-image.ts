/**
 * Images and entries without the bins that are not shipped to a destination: there they are joined with what
 * it has (common/version/bins.ts), so what is left out stays what it is. Pure.
 */
import type { BinEntry, Stamp } from "../common/version/bins.ts";
import { type BinFilter, shipsBin } from "../common/xdr/xdr-bins.ts";
import { encodeEntry, Entry } from "./entry.ts";
import { binRecordOf, encodeBinRecord } from "./record-bins.ts";
import { RecordImage } from "./record.ts";

/**
 * The image without the bins that are not shipped; itself when all are. `ofChange`: by what its last write
 * has changed; else every bin counts as changed.
 */
export function partialImage(image: RecordImage, filter: BinFilter, ofChange: boolean): RecordImage {
  const record = binRecordOf(image);
  const bins = new Map<string, BinEntry>();
  for (const [name, entry] of record.bins) {
    const isChanged = !ofChange || isOf(entry, record) || isOf(entry.life, record);
    if (shipsBin(filter, Buffer.from(name, "latin1").toString(), isChanged)) bins.set(name, entry);
  }
  if (bins.size === record.bins.size) return image;
  return new RecordImage(encodeBinRecord({ ...record, bins }));
}

function isOf(stamp: Stamp, write: Stamp): boolean {
  return stamp.lut === write.lut && stamp.sourceId === write.sourceId;
}

/**
 * A change, as `partialImage`; undefined: all of it is shipped. What was joined has bins of several writes,
 * and all of them may be missing there.
 */
export function partialEntry(bytes: Buffer, filter: BinFilter): Buffer | undefined {
  const entry = new Entry(bytes);
  const { image } = entry;
  const partial = partialImage(image, filter, !entry.isJoined);
  if (partial === image) return undefined;
  const { kind, operation, partitionId, epoch, sequence, originId, originSequence, originLogId } = entry;
  return encodeEntry({
    ...{ kind, operation, partitionId, epoch, sequence, originId, originSequence, originLogId },
    ...{ forwarded: entry.isForwarded, joined: entry.isJoined },
    ...{ outcome: entry.outcome, digest: entry.digest, changedBins: entry.changedBins, image: partial.bytes },
  });
}

/** Changes as the messages of proto/change.proto. */
import { isUtf8 } from "node:buffer";
import protobuf from "protobufjs/minimal.js";
import { meridian } from "../../proto/gen/change.js";
import type { RecordImage } from "../../proto/record.ts";
import { type ChangeFacts, expirySeconds, type GapFacts, lutMs } from "./change.ts";
import type { ToldBins } from "./format-json.ts";
import { type BinChoice, eachBin, userKeyValue } from "./particle.ts";
import type { ValueBuilder } from "../../common/msgpack/value-builder.ts";

type Value = meridian.change.IValue;
type Wide = NonNullable<Value["int"]>;
const { Change } = meridian.change;

export const PROTOBUF_CONTENT_TYPE = "application/protobuf";

export function protobufOf(facts: ChangeFacts, told: ToldBins): Uint8Array {
  const { image, place, source } = facts;
  const { logId: log, partition, from, sequence } = place;
  return Change.encode({
    msg: image.tombstone ? "delete" : "write",
    namespace: facts.namespace,
    set: facts.set,
    digest: facts.digest,
    userKey: userKeyValue(VALUES, image.userKey) ?? null,
    generation: image.generation,
    lastUpdateMs: lutMs(image),
    expiry: expirySeconds(image),
    durable: image.tombstone,
    operation: facts.operation,
    outcome: facts.outcome,
    origin: facts.origin,
    changed: [...facts.changed],
    position: {
      ...{ log, partition, from, sequence },
      ...(source === undefined ? {} : { originLog: source.logId, originSequence: source.sequence }),
    },
    again: place.again,
    tooLarge: told === "none" && !image.tombstone,
    bins: told === "none" || image.tombstone ? [] : binsOf(image, told.chosen),
    ...beforeOf(facts, told),
  }).finish();
}

function binsOf(image: RecordImage, chosen: BinChoice): meridian.change.IBin[] {
  const bins: meridian.change.IBin[] = [];
  eachBin(VALUES, image.bins, chosen, (name, _type, value) => bins.push({ name, value }));
  return bins;
}

function beforeOf({ before }: ChangeFacts, told: ToldBins): Pick<meridian.change.IChange, "before"> {
  if (before === undefined) return {};
  if (before === null) return { before: { none: true } };
  if (before === "too-large" || told === "none") return { before: { tooLarge: true } };
  return {
    before: {
      generation: before.generation,
      lastUpdateMs: lutMs(before),
      expiry: expirySeconds(before),
      bins: binsOf(before, told.chosen),
    },
  };
}

export function protobufGapOf({ namespace, logId, partition, from, to }: GapFacts): Uint8Array {
  return Change.encode({
    msg: "gap",
    namespace,
    position: { log: logId, partition, from, sequence: to },
  }).finish();
}

const VALUES: ValueBuilder<Value> = {
  nothing: () => ({}),
  bool: (bool) => ({ bool }),
  int: (int) => ({ int }),
  wide: (high, low) => ({ int: new protobuf.util.Long(low, high, false) as Wide }),
  float: (float) => ({ float }),
  // What a client wrote as text without being any would not come back from one.
  text: (bytes, start, end) => {
    const text = bytes.subarray(start, end);
    return isUtf8(text) ? { str: text.toString("utf8") } : { blob: text };
  },
  geojson: (bytes, start, end) => ({ geojson: bytes.toString("utf8", start, end) }),
  blob: (bytes, start, end) => ({ blob: bytes.subarray(start, end) }),
  hll: (bytes, start, end) => ({ hll: bytes.subarray(start, end) }),
  list: (values) => ({ list: { values: [...values] } }),
  map: (items) => {
    const entries: meridian.change.IMapEntry[] = [];
    for (let at = 0; at + 1 < items.length; at += 2) {
      entries.push({ key: items[at] ?? {}, value: items[at + 1] ?? {} });
    }
    return { map: { entries } };
  },
};

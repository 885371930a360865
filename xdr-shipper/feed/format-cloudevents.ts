/**
 * Changes as CloudEvents 1.0 in structured JSON, whose data has the layout `json`. Source and id name a
 * change for good: what is published a second time has the same.
 */
import { type ChangeFacts, type GapFacts, lutMs } from "./change.ts";
import { jsonGapOf, jsonOf, type ToldBins } from "./format-json.ts";
import { userKeyValue } from "./particle.ts";
import type { ValueBuilder } from "../../common/msgpack/value-builder.ts";

export const CLOUDEVENTS_CONTENT_TYPE = "application/cloudevents+json";

export function cloudEventOf(datacenter: string, facts: ChangeFacts, told: ToldBins): string {
  const { namespace, set, digest, operation, image, place } = facts;
  const base64 = digest.toString("base64");
  return event(
    {
      // Records of a snapshot share the place at which they stood.
      id: `${place.logId}:${place.partition}:${place.sequence}${operation === "snapshot" ? `:${base64}` : ""}`,
      source: sourceOf(datacenter, namespace, set),
      type: `meridian.record.${operation}`,
      subject: userKeyValue(PLAIN_KEY, image.userKey) ?? base64,
      time: new Date(lutMs(image)).toISOString(),
      // Of the extension for partitioning: whoever keeps events of one key in order keeps a record's.
      partitionkey: base64,
    },
    jsonOf(facts, told),
  );
}

export function cloudEventOfGap(datacenter: string, gap: GapFacts, nowMs: number): string {
  return event(
    {
      id: `gap:${gap.logId}:${gap.partition}:${gap.to}`,
      source: sourceOf(datacenter, gap.namespace, undefined),
      type: "meridian.gap",
      time: new Date(nowMs).toISOString(),
    },
    jsonGapOf(gap),
  );
}

function event(attributes: Readonly<Record<string, string>>, data: string): string {
  const head = JSON.stringify({ specversion: "1.0", ...attributes, datacontenttype: "application/json" });
  return `${head.slice(0, -1)},"data":${data}}`;
}

/** A reference as RFC 3986 has it. */
function sourceOf(datacenter: string, namespace: string, set: string | undefined): string {
  const source = `/meridian/${datacenter}/${encodeURIComponent(namespace)}`;
  return set === undefined || set === "" ? source : `${source}/${encodeURIComponent(set)}`;
}

/** Keys as plain text: what is no text or integer is named by its bytes. */
const PLAIN_KEY: ValueBuilder<string> = {
  nothing: () => "",
  bool: String,
  int: String,
  wide: (high, low) => String((BigInt(high) << 32n) | BigInt(low)),
  float: String,
  text: (bytes, start, end) => bytes.toString("utf8", start, end),
  geojson: (bytes, start, end) => bytes.toString("utf8", start, end),
  blob: (bytes, start, end) => bytes.toString("base64", start, end),
  hll: (bytes, start, end) => bytes.toString("base64", start, end),
  list: (items) => items.join(),
  map: (items) => items.join(),
};

/** A feed's messages, in the format that its configuration names. */
import type { FeedConfig } from "../../common/config.ts";
import type { ChangeFacts, GapFacts } from "./change.ts";
import { CLOUDEVENTS_CONTENT_TYPE, cloudEventOf, cloudEventOfGap } from "./format-cloudevents.ts";
import { flatJsonOf, jsonGapOf, jsonOf, type ToldBins } from "./format-json.ts";
import { PROTOBUF_CONTENT_TYPE, protobufGapOf, protobufOf } from "./format-protobuf.ts";

export type FeedFormat = FeedConfig["format"];

/** What the header `content-type` of messages says; undefined: there is none. */
export function contentTypeOf(format: FeedFormat): string | undefined {
  if (format === "cloudevents") return CLOUDEVENTS_CONTENT_TYPE;
  return format === "protobuf" ? PROTOBUF_CONTENT_TYPE : undefined;
}

export function encodeChange(
  format: FeedFormat,
  datacenter: string,
  facts: ChangeFacts,
  told: ToldBins,
): Uint8Array {
  switch (format) {
    case "json":
      return Buffer.from(jsonOf(facts, told));
    case "flat-json":
      return Buffer.from(flatJsonOf(facts, told));
    case "cloudevents":
      return Buffer.from(cloudEventOf(datacenter, facts, told));
    case "protobuf":
      return protobufOf(facts, told);
  }
}

export function encodeGap(format: FeedFormat, datacenter: string, gap: GapFacts, nowMs: number): Uint8Array {
  switch (format) {
    case "json":
    case "flat-json":
      return Buffer.from(jsonGapOf(gap));
    case "cloudevents":
      return Buffer.from(cloudEventOfGap(datacenter, gap, nowMs));
    case "protobuf":
      return protobufGapOf(gap);
  }
}

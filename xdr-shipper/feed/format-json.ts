/**
 * Changes as JSON in the two layouts of Aerospike's outbound connectors, `json` and `flat-json`, with
 * what Meridian adds: operation, outcome, origin, changed bins, position. Text is put together by hand:
 * a message costs no object.
 */
import { type ChangeFacts, expirySeconds, type GapFacts, lutMs } from "./change.ts";
import { JSON_VALUES } from "./json-values.ts";
import { type BinChoice, eachBin, userKeyValue } from "./particle.ts";

/** What of a record's bins is told; none: it is larger than the bus takes, and only told of. */
export type ToldBins = { readonly chosen: BinChoice } | "none";

/** Changes that the log no longer held when they were to be published, in both layouts. */
export function jsonGapOf({ namespace, logId, partition, from, to }: GapFacts): string {
  return JSON.stringify({ msg: "gap", namespace, position: { log: logId, partition, from, sequence: to } });
}

/** The layout `json`. */
export function jsonOf(facts: ChangeFacts, told: ToldBins): string {
  const { image, namespace, set, digest } = facts;
  const key = `[${quoted(namespace)},${quoted(set)},"${digest.toString("base64")}",${userKey(facts)}]`;
  const head = `{"msg":"${kind(facts)}","key":${key},${versionFields(facts)},${ours(facts)}`;
  if (image.tombstone) return `${head},"durable":true}`;
  if (told === "none") return `${head},"tooLarge":true}`;
  const bins: string[] = [];
  eachBin(JSON_VALUES, image.bins, told.chosen, (name, type, value) => {
    bins.push(`{"name":${quoted(name)},"type":"${type}","value":${value}}`);
  });
  return `${head},"bins":[${bins.join()}]}`;
}

/** The layout `flat-json`: bins are top-level keys; `metadata` is the rest, and wins over such a bin. */
export function flatJsonOf(facts: ChangeFacts, told: ToldBins): string {
  const { image, namespace, set, digest } = facts;
  const fields: string[] = [];
  if (told !== "none" && !image.tombstone) {
    eachBin(JSON_VALUES, image.bins, told.chosen, (name, _type, value) => {
      if (name !== "metadata") fields.push(`${quoted(name)}:${value}`);
    });
  }
  const key = `"namespace":${quoted(namespace)},"set":${quoted(set)},"userKey":${userKey(facts)},"digest":"${digest.toString("base64")}"`;
  const rest = image.tombstone ? `,"durable":true` : told === "none" ? `,"tooLarge":true` : "";
  fields.push(`"metadata":{"msg":"${kind(facts)}",${key},${versionFields(facts)},${ours(facts)}${rest}}`);
  return `{${fields.join()}}`;
}

function userKey({ image }: ChangeFacts): string {
  return userKeyValue(JSON_VALUES, image.userKey) ?? "null";
}

function kind({ image }: ChangeFacts): "write" | "delete" {
  return image.tombstone ? "delete" : "write";
}

function versionFields({ image }: ChangeFacts): string {
  return `"gen":${image.generation},"lut":${lutMs(image)},"exp":${expirySeconds(image)}`;
}

function ours(facts: ChangeFacts): string {
  const { source, operation, outcome, origin, place } = facts;
  const { logId, partition, from, sequence, again } = place;
  const arrived =
    source === undefined ? "" : `,"originLog":${source.logId},"originSequence":${source.sequence}`;
  const position = `{"log":${logId},"partition":${partition},"from":${from},"sequence":${sequence}${arrived}}`;
  const changed = facts.changed.length === 0 ? "" : `,"changed":${JSON.stringify(facts.changed)}`;
  const repeat = again ? `,"again":true` : "";
  return `"operation":"${operation}","outcome":"${outcome}","origin":${quoted(origin)}${changed},"position":${position}${repeat}`;
}

const PLAIN = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/;

function quoted(text: string): string {
  return PLAIN.test(text) ? `"${text}"` : JSON.stringify(text);
}

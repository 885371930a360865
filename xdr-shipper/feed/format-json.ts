/**
 * Changes as JSON in the two layouts of Aerospike's outbound connectors, `json` and `flat-json`, with
 * what Meridian adds: operation, outcome, origin, changed bins, position. Text is put together by hand:
 * a message costs no object.
 */
import { type ChangeFacts, expirySeconds, type GapFacts, lutMs } from "./change.ts";
import type { RecordImage } from "../../proto/record.ts";
import { JSON_VALUES } from "./json-values.ts";
import { type BinChoice, eachBin, userKeyValue } from "./particle.ts";

/** What of a record's bins is told; none: it is larger than the bus takes, and only told of. */
export type ToldBins = ChosenBins | "none";
interface ChosenBins {
  readonly chosen: BinChoice;
}

/** Changes that the log no longer held when they were to be published, in both layouts. */
export function jsonGapOf({ namespace, logId, partition, from, to }: GapFacts): string {
  return JSON.stringify({ msg: "gap", namespace, position: { log: logId, partition, from, sequence: to } });
}

/** The layout `json`. */
export function jsonOf(facts: ChangeFacts, told: ToldBins): string {
  const { image, namespace, set, digest } = facts;
  const key = `[${quoted(namespace)},${quoted(set)},"${digest.toString("base64")}",${userKey(facts)}]`;
  const before = beforeField(facts, told, typedBins);
  const head = `{"msg":"${kind(facts)}","key":${key},${versionFields(image)},${ours(facts)}${before}`;
  if (image.tombstone) return `${head},"durable":true}`;
  if (told === "none") return `${head},"tooLarge":true}`;
  return `${head},"bins":${typedBins(image, told)}}`;
}

function typedBins({ bins }: RecordImage, { chosen }: ChosenBins): string {
  const told: string[] = [];
  eachBin(JSON_VALUES, bins, chosen, (name, type, value) => {
    told.push(`{"name":${quoted(name)},"type":"${type}","value":${value}}`);
  });
  return `[${told.join()}]`;
}

function namedBins({ bins }: RecordImage, { chosen }: ChosenBins): string {
  const told: string[] = [];
  eachBin(JSON_VALUES, bins, chosen, (name, _type, value) => told.push(`${quoted(name)}:${value}`));
  return `{${told.join()}}`;
}

/** What the record was before, with its bins as the layout has them. */
function beforeField({ before }: ChangeFacts, told: ToldBins, bins: typeof typedBins): string {
  if (before === undefined) return "";
  if (before === null) return `,"before":null`;
  if (before === "too-large" || told === "none") return `,"beforeTooLarge":true`;
  return `,"before":{${versionFields(before)},"bins":${bins(before, told)}}`;
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
  const before = beforeField(facts, told, namedBins);
  const version = versionFields(image);
  fields.push(`"metadata":{"msg":"${kind(facts)}",${key},${version},${ours(facts)}${before}${rest}}`);
  return `{${fields.join()}}`;
}

function userKey({ image }: ChangeFacts): string {
  return userKeyValue(JSON_VALUES, image.userKey) ?? "null";
}

function kind({ image }: ChangeFacts): "write" | "delete" {
  return image.tombstone ? "delete" : "write";
}

function versionFields(image: RecordImage): string {
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

/**
 * Changes as JSON in the two layouts of Aerospike's outbound connectors, `json` and `flat-json`, with
 * what Meridian adds: operation, outcome, origin, changed bins, position. Text is put together by hand:
 * a message costs no object.
 */
import { changedBins, type ChangeFacts, expirySeconds, lutMs } from "./change.ts";
import { eachBin, userKeyToJson } from "./particle-json.ts";

export type FeedFormat = "json" | "flat-json";

/** `withBins` false: the record is larger than the bus takes, and only told of. */
export function encodeChange(format: FeedFormat, facts: ChangeFacts, withBins: boolean): string {
  return format === "json" ? json(facts, withBins) : flatJson(facts, withBins);
}

/** Changes that the log no longer held when they were to be published. */
export function encodeGap(
  namespace: string,
  logId: number,
  partition: number,
  from: number,
  to: number,
): string {
  return JSON.stringify({ msg: "gap", namespace, position: { log: logId, partition, from, sequence: to } });
}

function json(facts: ChangeFacts, withBins: boolean): string {
  const { image, namespace, set, entry } = facts;
  const key = `[${quoted(namespace)},${quoted(set)},"${entry.digest.toString("base64")}",${userKeyToJson(image.userKey)}]`;
  const head = `{"msg":"${kind(facts)}","key":${key},${versionFields(facts)},${ours(facts)}`;
  if (image.tombstone) return `${head},"durable":true}`;
  if (!withBins) return `${head},"tooLarge":true}`;
  const bins: string[] = [];
  eachBin(image.bins, (name, type, value) => {
    bins.push(`{"name":${quoted(name)},"type":"${type}","value":${value}}`);
  });
  return `${head},"bins":[${bins.join()}]}`;
}

/** Bins are the top-level keys; `metadata` holds the rest, and wins over a bin of that name. */
function flatJson(facts: ChangeFacts, withBins: boolean): string {
  const { image, namespace, set, entry } = facts;
  const fields: string[] = [];
  if (withBins && !image.tombstone) {
    eachBin(image.bins, (name, _type, value) => {
      if (name !== "metadata") fields.push(`${quoted(name)}:${value}`);
    });
  }
  const key = `"namespace":${quoted(namespace)},"set":${quoted(set)},"userKey":${userKeyToJson(image.userKey)},"digest":"${entry.digest.toString("base64")}"`;
  const rest = image.tombstone ? `,"durable":true` : withBins ? "" : `,"tooLarge":true`;
  fields.push(`"metadata":{"msg":"${kind(facts)}",${key},${versionFields(facts)},${ours(facts)}${rest}}`);
  return `{${fields.join()}}`;
}

function kind({ image }: ChangeFacts): "write" | "delete" {
  return image.tombstone ? "delete" : "write";
}

function versionFields({ image }: ChangeFacts): string {
  return `"gen":${image.generation},"lut":${lutMs(image)},"exp":${expirySeconds(image)}`;
}

function ours(facts: ChangeFacts): string {
  const { entry, operation, outcome, origin, place } = facts;
  const { logId, partition, from, sequence, again } = place;
  const source =
    entry.originId === 0 ? "" : `,"originLog":${entry.originLogId},"originSequence":${entry.originSequence}`;
  const position = `{"log":${logId},"partition":${partition},"from":${from},"sequence":${sequence}${source}}`;
  const changed = entry.changedBins.length === 0 ? "" : `,"changed":${JSON.stringify(changedBins(entry))}`;
  const repeat = again ? `,"again":true` : "";
  return `"operation":"${operation}","outcome":"${outcome}","origin":${quoted(origin)}${changed},"position":${position}${repeat}`;
}

const PLAIN = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/;

function quoted(text: string): string {
  return PLAIN.test(text) ? `"${text}"` : JSON.stringify(text);
}

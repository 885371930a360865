/** Reads what a datacenter has of the drill's records: for each, whose writes it descends from. */
import { setTimeout as pause } from "node:timers/promises";
import type { Client } from "aerospike";
import { isNotFound, isRetryable } from "../client/datacenter-client.ts";
import type { Descent } from "./loss.ts";
import { binsOf, keyNameOf, WRITER_BIN } from "./workload.ts";

const IN_FLIGHT = 64;
/** Nodes may be changing still: a read is tried again for so long. */
const PATIENCE_MS = 30_000;
const RETRY_MS = 50;

export interface SurvivorRecord {
  readonly generation: number;
  /** Source id of the datacenter whose write made the content. */
  readonly writer: number;
  /** By source id; a datacenter that never wrote is absent. */
  readonly descent: ReadonlyMap<number, Descent>;
}

/** The records of the given keys; absent are those that do not exist. Throws when one cannot be read. */
export async function readRecords(
  client: Client,
  place: { readonly namespace: string; readonly set: string },
  keys: readonly number[],
  sourceIds: readonly number[],
): Promise<Map<number, SurvivorRecord>> {
  const found = new Map<number, SurvivorRecord>();
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let key = keys[next++]; key !== undefined; key = keys[next++]) {
      const record = await readPatiently(client, {
        ns: place.namespace,
        set: place.set,
        key: keyNameOf(key),
      });
      if (record === undefined) continue;
      const descent = new Map<number, Descent>();
      for (const sourceId of sourceIds) {
        const bins = binsOf(sourceId);
        const last = Number(record.bins[bins.number] ?? 0);
        if (last > 0) descent.set(sourceId, { last, count: Number(record.bins[bins.count] ?? 0) });
      }
      found.set(key, { generation: record.generation, writer: Number(record.bins[WRITER_BIN]), descent });
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, lane));
  return found;
}

async function readPatiently(
  client: Client,
  key: { ns: string; set: string; key: string },
): Promise<{ bins: Record<string, unknown>; generation: number } | undefined> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      const { bins, gen } = await client.get(key);
      return { bins: { ...bins }, generation: gen ?? 0 };
    } catch (error) {
      if (isNotFound(error)) return undefined;
      if (!isRetryable(error) || performance.now() > deadline) throw error;
      await pause(RETRY_MS);
    }
  }
}

/**
 * The certificate of a pass that found everything equal: all copies of the namespace in all datacenters
 * held the same records for all writes up to the named changes. For auditors and for programs; JSON.
 */
import { createHash } from "node:crypto";
import { renameSync, writeFileSync } from "node:fs";
import { PARTITION_COUNT } from "../../common/limits.ts";
import { errorMessage, MeridianError } from "../../common/errors.ts";
import type { LoggedDatacenter } from "../setup/setup.ts";
import type { Pass } from "./pass.ts";

export interface Certificate {
  readonly certificate: "meridian-verification";
  readonly version: 1;
  readonly namespace: string;
  readonly beganAt: string;
  readonly endedAt: string;
  readonly records: number;
  readonly tombstones: number;
  /** Copies besides the primaries' that were compared, of all partitions. */
  readonly copies: number;
  /** Sets that are not shipped between some datacenters: nothing is said of them. */
  readonly leftOut: readonly string[];
  readonly datacenters: readonly {
    readonly name: string;
    readonly sourceId: number;
    /** How many of its changes are covered, over all partitions. */
    readonly changes: number;
    /** Number of the last covered change, by partition. */
    readonly upTo: readonly number[];
  }[];
  /** SHA-256 over `namespace`, `endedAt` and `upTo`, so that a copy of it can be checked for being whole. */
  readonly hash: string;
}

/** Undefined unless every partition is certified. */
export function certificateOf(datacenters: readonly LoggedDatacenter[], pass: Pass): Certificate | undefined {
  const partitions = Array.from({ length: PARTITION_COUNT }, (_, partition) => pass.certified.get(partition));
  if (partitions.some((one) => one === undefined)) return undefined;
  const covered = datacenters.map(({ name, sourceId }) => {
    const upTo = partitions.map((one) => one?.upTo.get(sourceId) ?? 0);
    return { name, sourceId, changes: upTo.reduce((sum, number) => sum + number, 0), upTo };
  });
  const { namespace, beganAt, endedAt, records, tombstones, copies, leftOut } = pass;
  const hash = createHash("sha256")
    .update(JSON.stringify([namespace, endedAt, covered.map(({ upTo }) => upTo)]))
    .digest("hex");
  return {
    ...{ certificate: "meridian-verification", version: 1, namespace, beganAt, endedAt },
    ...{ records, tombstones, copies, leftOut, datacenters: covered, hash },
  };
}

/** Whole or not at all: who reads it meanwhile has the one before. Throws BAD_REQUEST. */
export function writeCertificates(path: string, certificates: readonly Certificate[]): void {
  const draft = `${path}.tmp`;
  try {
    writeFileSync(draft, `${JSON.stringify(certificates)}\n`);
    renameSync(draft, path);
  } catch (error) {
    throw new MeridianError("BAD_REQUEST", `the certificate cannot be written: ${errorMessage(error)}`);
  }
}

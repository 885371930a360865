/**
 * Names of Aerospike's `xdr`, `dc` and `namespace` contexts that are not settings here. Some stand for what
 * is done in any case: then the one value that says so is taken, and shown to clients that ask. The others
 * are refused, with the reason and not as an unknown word.
 */
import { z } from "zod";

function fixed<Value extends string | number | boolean>(value: Value, reason: string) {
  return z.literal(value, { error: `only ${value}: ${reason}` }).default(value);
}

/** Of a namespace, in the file only. */
export const FIXED_BIN_TOMBSTONE_TTL = fixed(
  0,
  "what is said of a deleted bin is kept for ever: without it, an older value that arrives late would stand again",
);

/** Of a namespace of a destination. */
export const FIXED_SHIP_SETTINGS = {
  "write-policy": fixed("auto", "the order of versions decides what becomes of a change that arrives"),
  "ship-nsup-deletes": fixed(
    false,
    "a record's expiry comes with it, and is carried out in every datacenter alike; nothing is evicted",
  ),
  "ignore-expunges": fixed(false, "every delete leaves a tombstone here: there are no expunges"),
  "ship-versions-policy": fixed("all", "every version is shipped in its turn, and no write waits for it"),
  "hot-key-ms": fixed(0, "every version is shipped: a key that is written often is not held back"),
} as const;

const NOT_THERE = "not there: ";
const LOGIN = "a datacenter is reached over its NATS: say so in remotes (nats, nats-ca, nats-credentials)";
const RECOVERY = "recoveries are shared out by the shippers: there is nothing to set";
const QUEUE = "there is no queue that may overflow: the change log holds what is not shipped (change-log)";
const TOMBSTONES = "tombstones are kept";

const REASONS: Readonly<Record<string, string>> = {
  "conflict-resolve-writes": "it is said in the file only, alike in all datacenters",
  "xdr-bin-tombstone-ttl": "only 0, and that in the file: what is said of a deleted bin is kept for ever",
  "remote-namespace": `${NOT_THERE}a namespace has one name in all datacenters`,
  "ship-versions-interval": "every version is shipped: there is no interval",
  "period-ms": "changes leave as they are committed: there is no lap",
  "sc-replication-wait-ms": "nothing is shipped before all in-sync replicas have it",
  "transaction-queue-limit": QUEUE,
  "node-address-port": LOGIN,
  "auth-mode": LOGIN,
  "auth-user": LOGIN,
  "auth-password-file": LOGIN,
  "tls-name": LOGIN,
  "use-alternate-access-address": LOGIN,
  connector: "changes for other programs are a change feed (feeds)",
  "max-recoveries-interleaved": RECOVERY,
  "recovery-threads": RECOVERY,
  "max-used-service-threads": RECOVERY,
  "trace-sample": "`meridian explain` tells of every key what became of it",
  "xdr-tomb-raider-period": TOMBSTONES,
  "xdr-tomb-raider-threads": TOMBSTONES,
  "tomb-raider-period": TOMBSTONES,
  "tomb-raider-eligible-age": TOMBSTONES,
};

/** Why a name of Aerospike's is no setting here; undefined of any other name. */
export function reasonAgainst(name: string): string | undefined {
  return Object.hasOwn(REASONS, name) ? REASONS[name] : undefined;
}

/** The same for a key of the file at `path`: such names mean something below `xdr` and `namespaces` only. */
export function whyNotHere(key: string, path: readonly PropertyKey[]): string | undefined {
  const [section] = path;
  if (section === "xdr" && key === "src-id") return "it is the datacenter's own, at the top of the file";
  return section === "xdr" || section === "namespaces" ? reasonAgainst(key) : undefined;
}

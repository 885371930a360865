/**
 * The configuration of one datacenter: one YAML (or JSON) file read by all its processes. What
 * differs between processes of a datacenter (which node, which ports) is in `nodes` and `shippers`
 * and picked by name on the command line (`node/main.ts --config FILE --name a1`). The environment may
 * say the same keys (config-env.ts).
 */
import { readFileSync } from "node:fs";
import { z } from "zod";
import { contradictions, feedContradictions } from "./config-checks.ts";
import { type ConfigText, parseConfigText, type PlaceOf } from "./config-lines.ts";
import { problemsOf, refuseFor, type Shape } from "./config-problems.ts";
import { errorMessage, MeridianError } from "./errors.ts";
import { filterSchema } from "./expression/filter-schema.ts";
import {
  BIN_NAME_BYTES_MAX,
  DATACENTERS_MAX,
  DISK_FREE_BYTES_LEAST,
  FEED_CONSUMERS_MAX,
  FEED_FILTER_VALUES_MAX,
  FEEDS_MAX,
  NAMESPACE_NAME_BYTES_MAX,
  NAMESPACES_MAX,
  RECORD_BYTES_DEFAULT,
  RECORD_BYTES_MAX,
  SET_NAME_BYTES_MAX,
  SOURCE_ID_MAX,
} from "./limits.ts";
import { FIXED_BIN_TOMBSTONE_TTL } from "./xdr/xdr-names.ts";
import { namespaceSettingsShape, shipSettingsSchema } from "./xdr/xdr-settings.ts";

/**
 * A file of this name in a node's data folder makes its next start close the datacenter, its changes
 * held, in any case. The node removes it once the fence is on its disk.
 */
export const START_FENCED_FILE = "start-fenced";
/**
 * In a node's data folder, readable by its owner only: what its admin listener asks of those who change
 * something. Made anew at each start.
 */
export const ADMIN_TOKEN_FILE = "admin-token";

const name = z.string().regex(/^[A-Za-z0-9_-]+$/, "letters, digits, - and _ only");
const port = z.int().min(1).max(65535);
const credentials = z.string().min(1);
const sourceId = z.int().min(1).max(SOURCE_ID_MAX);

const namespaceSchema = z.strictObject({
  name: name.max(NAMESPACE_NAME_BYTES_MAX),
  "conflict-resolution-policy": z.enum(["last-update-time", "generation"]).default("last-update-time"),
  /** Conflicts are decided bin by bin. Alike in all datacenters; see docs/xdr.md. */
  "conflict-resolve-writes": z.boolean().default(false),
  "xdr-bin-tombstone-ttl": FIXED_BIN_TOMBSTONE_TTL,
  "replication-factor": z.int().min(1).max(8).default(2),
  /** Fewest in-sync replicas, the primary included, with which writes are accepted and acknowledged. */
  "min-in-sync": z.int().min(1).max(8).default(1),
  /** Seconds; 0 = records written without a TTL never expire. */
  "default-ttl": z.int().min(0).max(315_360_000).default(0),
  /** Seconds between background removals of expired records. */
  "nsup-period": z.int().min(1).max(86_400).default(10),
  "max-record-size": z.int().min(1024).max(RECORD_BYTES_MAX).default(RECORD_BYTES_DEFAULT),
  ...namespaceSettingsShape,
});

const nodeSchema = z.strictObject({
  name,
  /** Folder of this node's data. */
  data: z.string().min(1),
  /** With less left on the disk of `data` the node refuses writes; reads go on. */
  "min-free-bytes": z.int().min(0).default(DISK_FREE_BYTES_LEAST),
  "rack-id": z.int().min(0).max(1_000_000).default(0),
  /** Address all listeners bind to. */
  address: z.string().default("127.0.0.1"),
  "service-port": port,
  /** What clients and peers are told to connect to; the listening address when absent. */
  "access-address": z.string().optional(),
  "access-port": port.optional(),
  /**
   * What clients are told that ask for alternate addresses: those outside of the network that the nodes
   * share, as on the host of containers. The access address when absent.
   */
  "alternate-access-address": z.string().optional(),
  "alternate-access-port": port.optional(),
  "fabric-port": port,
  "admin-port": port,
});

const shipperSchema = z.strictObject({
  name,
  address: z.string().default("127.0.0.1"),
  "admin-port": port,
  roles: z
    .array(z.enum(["ship", "apply"]))
    .min(1)
    .default(["ship", "apply"]),
});

/** Another datacenter, as `remotes` has it. */
export const remoteSchema = z.strictObject({
  name,
  "src-id": sourceId,
  /** Where this datacenter's shipper reaches the remote datacenter's NATS. */
  nats: z.string(),
  /** PEM file of the authority that signed that NATS's certificate, for `tls://`; else the system's. */
  "nats-ca": z.string().optional(),
  "nats-credentials": credentials.optional(),
});

/** What is shipped to a destination, and how; see docs/xdr.md. */
const shipSchema = z.strictObject({
  /** A datacenter of `remotes`. */
  name,
  namespaces: z
    // A rewind ends: it is ordered at run time only.
    .array(shipSettingsSchema.omit({ rewind: true }).extend({ name: name.max(NAMESPACE_NAME_BYTES_MAX) }))
    .max(NAMESPACES_MAX)
    .default([]),
});

const feedSet = z
  .string()
  .min(1)
  .refine((set) => Buffer.byteLength(set) <= SET_NAME_BYTES_MAX, `at most ${SET_NAME_BYTES_MAX} bytes`);

function someOf<Value extends z.ZodType>(value: Value) {
  return z.array(value).min(1).max(FEED_FILTER_VALUES_MAX);
}

/** A change feed: one message per committed change of a namespace, or of some of its sets. */
const feedSchema = z.strictObject({
  /** Names its stream, `CDC_<datacenter>_<name>`, and is what consumers ask for. */
  name,
  namespace: name.max(NAMESPACE_NAME_BYTES_MAX),
  /** Only records of this set, or of these; of all sets when absent. */
  set: z.union([feedSet, someOf(feedSet)]).optional(),
  /** Only these bins, and only changes that may concern one of them. */
  bins: someOf(
    z
      .string()
      .min(1)
      .refine((bin) => Buffer.byteLength(bin) <= BIN_NAME_BYTES_MAX, `at most ${BIN_NAME_BYTES_MAX} bytes`),
  ).optional(),
  /** Only changes that were made in these datacenters. */
  origins: someOf(name).optional(),
  operations: someOf(
    z.enum(["insert", "update", "touch", "delete", "expire", "merge", "restore"]),
  ).optional(),
  /** Only changes after which the record passes this filter expression: its msgpack in base64. */
  expression: filterSchema.optional(),
  format: z.enum(["json", "flat-json", "cloudevents", "protobuf"]).default("json"),
  /** Tell what the record was before: the change log keeps it with every change, at that cost. */
  "before-image": z.boolean().default(false),
  /** Consumers whose positions the nodes keep: the change log is not trimmed past them below its bound. */
  consumers: z.array(name).max(FEED_CONSUMERS_MAX).default([]),
  /** What the stream keeps at most; the oldest messages go first. */
  "retention-bytes": z
    .int()
    .min(1024 * 1024)
    .default(1024 * 1024 * 1024),
  /** Age at which messages leave the stream. */
  "retention-seconds": z.int().min(60).max(31_536_000).default(86_400),
  /** Bytes of changes published and not acknowledged by the bus. */
  "window-bytes": z
    .int()
    .min(1024 * 1024)
    .max(1024 * 1024 * 1024)
    .default(16 * 1024 * 1024),
});

export const feedsSchema = z.array(feedSchema).max(FEEDS_MAX);

export const datacenterSchema = z.strictObject({
  name,
  "src-id": sourceId,
  "cluster-name": z.string().optional(),
  /** The datacenter's own NATS: `nats://user:password@host:port`, `tls://…`; several, comma-separated. */
  nats: z.string(),
  /** PEM file of the authority that signed its certificate, for `tls://`; the system's when absent. */
  "nats-ca": z.string().optional(),
  /** `user:password`, or a token, for an address without them: so they can come from a secret's file. */
  "nats-credentials": credentials.optional(),
  /** Copies of the control bucket and the ship streams among the servers of a NATS cluster. */
  "nats-replicas": z.int().min(1).max(5).default(1),
  namespaces: z.array(namespaceSchema).min(1).max(NAMESPACES_MAX),
  nodes: z.array(nodeSchema).min(1).max(64),
  shippers: z.array(shipperSchema).max(16).default([]),
  /** The other datacenters that changes are shipped to and taken from. */
  remotes: z
    .array(remoteSchema)
    .max(DATACENTERS_MAX - 1)
    .default([]),
  /** Leases, beacons and detection; milliseconds. Equal on all nodes: nodes with other leases part. */
  timing: z
    .strictObject({
      "beacon-interval-ms": z.int().min(10).max(10_000).default(100),
      "lease-ms": z.int().min(50).max(60_000).default(700),
      "dead-after-ms": z.int().min(50).max(120_000).default(1500),
      /** How long a dead node's replicas wait for its return before they are made elsewhere. */
      "migrate-fill-delay-ms": z.int().min(0).max(86_400_000).default(15_000),
      /** A write of the storage that takes longer ends the node: its disk hangs. */
      "flush-deadline-ms": z.int().min(1000).max(600_000).default(30_000),
    })
    .prefault({}),
  /** Of this datacenter's clocks beside those of the others; milliseconds. */
  "clock-skew": z
    .strictObject({
      /** A difference above it, for certain, is an alert. */
      "warn-ms": z.int().min(1).max(86_400_000).default(1000),
      /**
       * Ahead of another datacenter by more than this, for certain, writes of clients are refused: they
       * would win against later ones. 0: never, since a datacenter needs no other one.
       */
      "refuse-ms": z.int().min(0).max(86_400_000).default(0),
    })
    .prefault({}),
  "change-log": z
    .strictObject({
      /** Bytes kept even when every datacenter has applied them: quick catch-up of nodes. */
      "keep-bytes": z
        .int()
        .min(0)
        .default(64 * 1024 * 1024),
      /** Bytes above which entries are trimmed although a datacenter has not applied them. */
      "max-bytes": z
        .int()
        .min(1024 * 1024)
        .default(4 * 1024 * 1024 * 1024),
    })
    .prefault({}),
  shipping: z
    .strictObject({
      /** Bytes shipped to a destination and not applied there: bounds the bus and a WAN's pipeline. */
      "window-bytes": z
        .int()
        .min(4 * 1024 * 1024)
        .max(4 * 1024 * 1024 * 1024)
        .default(64 * 1024 * 1024),
      compression: z.enum(["none", "zstd"]).default("none"),
    })
    .prefault({}),
  /** By destination and namespace, under Aerospike's names; see docs/xdr.md. */
  xdr: z.strictObject({ dcs: z.array(shipSchema).max(63).default([]) }).prefault({}),
  /** Change feeds; see docs/change-feeds.md. */
  feeds: feedsSchema.default([]),
  /**
   * A start of the datacenter as a whole closes it, its changes held, until `meridian unfence`: nodes
   * that start while another one serves do not. For a datacenter that may return after a failover.
   */
  "start-fenced": z.boolean().default(false),
  /** Test setting: milliseconds added to this datacenter's wall clock. */
  "clock-offset-ms": z.int().default(0),
  "log-level": z.enum(["trace", "debug", "info", "warn", "error"]).default("info"),
});

export type DatacenterConfig = z.infer<typeof datacenterSchema>;
export type NamespaceConfig = DatacenterConfig["namespaces"][number];
export type NodeConfig = DatacenterConfig["nodes"][number];
export type ShipperConfig = DatacenterConfig["shippers"][number];
export type RemoteConfig = DatacenterConfig["remotes"][number];
export type FeedConfig = DatacenterConfig["feeds"][number];

/** How a datacenter's NATS is reached, its own or a remote one. */
export function natsOf(config: Pick<DatacenterConfig, "nats" | "nats-ca" | "nats-credentials">): {
  url: string;
  ca: string | undefined;
  credentials: string | undefined;
} {
  return { url: config.nats, ca: config["nats-ca"], credentials: config["nats-credentials"] };
}

/** The configuration file's JSON Schema: what editors complete it by, and where its keys are looked up. */
const configShape: Shape = z.toJSONSchema(datacenterSchema, { io: "input" }) as Shape;

/** The same as it is published (docs/datacenter.schema.json). */
export function publishedSchema(): object {
  return { title: "Meridian: configuration of a datacenter", ...configShape };
}

/** Reads and checks a datacenter's file. Throws CONFIG_INVALID with file, line and path of what is wrong. */
export function loadDatacenterConfig(path: string): DatacenterConfig {
  const text = readConfigText(path);
  return parseDatacenterConfig(text.raw, path, placesIn(path, text));
}

/** Change feeds of a file of their own: a list. Throws CONFIG_INVALID as `loadDatacenterConfig`. */
export function loadFeeds(path: string): FeedConfig[] {
  const text = readConfigText(path);
  const shape = z.toJSONSchema(feedsSchema, { io: "input" }) as Shape;
  return checked(feedsSchema, shape, text.raw, path, placesIn(path, text));
}

/** One feed, as a file says it. Throws CONFIG_INVALID with the nearest right key or value. */
export function parseFeed(raw: unknown, where: string): FeedConfig {
  const shape = z.toJSONSchema(feedSchema, { io: "input" }) as Shape;
  return checked(feedSchema, shape, raw, where, () => undefined);
}

/** What a configuration file says, unchecked. Throws CONFIG_INVALID when it cannot be read. */
export function readConfigFile(path: string): unknown {
  return readConfigText(path).raw;
}

/** The same with its lines. */
export function readConfigText(path: string): ConfigText {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw new MeridianError("CONFIG_INVALID", `${path}: ${errorMessage(error)}`, { cause: error });
  }
  return parseConfigText(text, path);
}

/** Names a file's places by their lines. */
export function placesIn(file: string, { lineOf }: ConfigText): PlaceOf {
  return (path) => {
    const line = lineOf(path);
    return line === undefined ? undefined : `${file}:${line}`;
  };
}

/** Checks an already parsed configuration; `where` names it in errors, `placeOf` the places in it. */
export function parseDatacenterConfig(
  raw: unknown,
  where: string,
  placeOf: PlaceOf = () => undefined,
): DatacenterConfig {
  const config = checked(datacenterSchema, configShape, raw, where, placeOf);
  refuseFor([...contradictions(config), ...feedContradictions(config)], where, placeOf);
  return config;
}

function checked<Value>(
  schema: z.ZodType<Value>,
  shape: Shape,
  raw: unknown,
  where: string,
  placeOf: PlaceOf,
): Value {
  const result = schema.safeParse(raw);
  if (result.success) return result.data;
  refuseFor(problemsOf(result.error.issues, raw, shape), where, placeOf);
  throw new MeridianError("CONFIG_INVALID", where);
}

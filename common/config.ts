/**
 * The configuration of one datacenter: one YAML (or JSON) file read by all its processes. What
 * differs between processes of a datacenter (which node, which ports) is in `nodes` and `shippers`
 * and picked by name on the command line (`node/main.ts --config FILE --name a1`). The environment may
 * say the same keys (config-env.ts).
 */
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import { errorMessage, MeridianError } from "./errors.ts";
import {
  BIN_NAME_BYTES_MAX,
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
  "replication-factor": z.int().min(1).max(8).default(2),
  /** Fewest in-sync replicas, the primary included, with which writes are accepted and acknowledged. */
  "min-in-sync": z.int().min(1).max(8).default(1),
  /** Seconds; 0 = records written without a TTL never expire. */
  "default-ttl": z.int().min(0).max(315_360_000).default(0),
  /** Seconds between background removals of expired records. */
  "nsup-period": z.int().min(1).max(86_400).default(10),
  "max-record-size": z.int().min(1024).max(RECORD_BYTES_MAX).default(RECORD_BYTES_DEFAULT),
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

const remoteSchema = z.strictObject({
  name,
  "src-id": sourceId,
  /** Where this datacenter's shipper reaches the remote datacenter's NATS. */
  nats: z.string(),
  /** PEM file of the authority that signed that NATS's certificate, for `tls://`; else the system's. */
  "nats-ca": z.string().optional(),
  "nats-credentials": credentials.optional(),
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
  format: z.enum(["json", "flat-json", "cloudevents", "protobuf"]).default("json"),
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
  remotes: z.array(remoteSchema).max(63).default([]),
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

/** Sets whose records a feed tells; undefined: all. */
export function feedSets({ set }: Pick<FeedConfig, "set">): readonly string[] | undefined {
  return typeof set === "string" ? [set] : set;
}

/** How a datacenter's NATS is reached, its own or a remote one. */
export function natsOf(config: Pick<DatacenterConfig, "nats" | "nats-ca" | "nats-credentials">): {
  url: string;
  ca: string | undefined;
  credentials: string | undefined;
} {
  return { url: config.nats, ca: config["nats-ca"], credentials: config["nats-credentials"] };
}

/** Reads and checks a datacenter's file. Throws CONFIG_INVALID with the path of what is wrong. */
export function loadDatacenterConfig(path: string): DatacenterConfig {
  return parseDatacenterConfig(readConfigFile(path), path);
}

/** Change feeds of a file of their own: a list. Throws CONFIG_INVALID with the path of what is wrong. */
export function loadFeeds(path: string): FeedConfig[] {
  return checked(feedsSchema, readConfigFile(path), path);
}

/** What a configuration file says, unchecked. Throws CONFIG_INVALID when it cannot be read. */
export function readConfigFile(path: string): unknown {
  try {
    return parse(readFileSync(path, "utf8"));
  } catch (error) {
    // The YAML parser shows the place over several lines; the first one says it.
    const [problem] = errorMessage(error).split("\n");
    throw new MeridianError("CONFIG_INVALID", `${path}: ${problem}`, { cause: error });
  }
}

/** Checks an already parsed configuration; `where` names it in errors. */
export function parseDatacenterConfig(raw: unknown, where: string): DatacenterConfig {
  const config = checked(datacenterSchema, raw, where);
  const sourceIds = [config["src-id"], ...config.remotes.map((remote) => remote["src-id"])];
  requireUnique(where, "src-id", sourceIds);
  requireUnique(where, "datacenter name", [config.name, ...config.remotes.map((remote) => remote.name)]);
  requireUnique(
    where,
    "namespace name",
    config.namespaces.map((namespace) => namespace.name),
  );
  const processes = [...config.nodes, ...config.shippers];
  requireUnique(
    where,
    "node or shipper name",
    processes.map((one) => one.name),
  );
  requireUnique(where, "port", config.nodes.flatMap(portsOf).concat(config.shippers.flatMap(portsOf)));
  for (const { name, address, "access-address": access } of config.nodes) {
    if (!isWildcard(address) || access !== undefined) continue;
    const problem = `node ${name}: address ${address} is nothing to connect to: give an access-address`;
    throw new MeridianError("CONFIG_INVALID", `${where}: ${problem}`);
  }
  for (const { name, "min-in-sync": least, "replication-factor": factor } of config.namespaces) {
    if (least <= factor) continue;
    const problem = `namespace ${name}: min-in-sync ${least} is above replication-factor ${factor}`;
    throw new MeridianError("CONFIG_INVALID", `${where}: ${problem}`);
  }
  checkFeeds(config, where);
  return config;
}

function checked<Value>(schema: z.ZodType<Value>, raw: unknown, where: string): Value {
  const result = schema.safeParse(raw);
  if (result.success) return result.data;
  const lines = result.error.issues.map((issue) => `${issue.path.join(".") || "(top)"}: ${issue.message}`);
  throw new MeridianError("CONFIG_INVALID", `${where}: ${lines.join("; ")}`);
}

/** A change has one message: no two feeds may have the same records. */
function checkFeeds({ name: datacenter, feeds, namespaces, remotes }: DatacenterConfig, where: string): void {
  const feedNames = feeds.map((feed) => feed.name);
  requireUnique(where, "feed name", feedNames);
  const datacenters = [datacenter, ...remotes.map((remote) => remote.name)];
  for (const feed of feeds) {
    const { name, namespace, consumers, origins } = feed;
    requireUnique(where, `consumer of feed ${name}`, consumers);
    const refuse = (problem: string): never => {
      throw new MeridianError("CONFIG_INVALID", `${where}: feed ${name}: ${problem}`);
    };
    if (!namespaces.some((one) => one.name === namespace)) refuse(`there is no namespace ${namespace}`);
    const stranger = origins?.find((origin) => !datacenters.includes(origin));
    if (stranger !== undefined)
      refuse(`there is no datacenter ${stranger}; there are: ${datacenters.join(", ")}`);
    const rival = feeds.find(
      (other) => other.name !== name && other.namespace === namespace && shareSets(feed, other),
    );
    if (rival !== undefined) refuse(`feed ${rival.name} has the same records of ${namespace}`);
  }
}

function shareSets(one: FeedConfig, other: FeedConfig): boolean {
  const [ones, others] = [feedSets(one), feedSets(other)];
  return ones === undefined || others === undefined || ones.some((set) => others.includes(set));
}

/** `address:port` of each listener of a process. */
function portsOf(process: NodeConfig | ShipperConfig): string[] {
  const ports = [process["admin-port"]];
  if ("service-port" in process) ports.push(process["service-port"], process["fabric-port"]);
  // Containers of one datacenter listen on the same ports, each in a network of its own name.
  const host = ("access-address" in process ? process["access-address"] : undefined) ?? process.address;
  // Nor can be told of which machine all addresses are meant.
  if (isWildcard(host)) return [];
  return ports.map((one) => `${host}:${one}`);
}

function isWildcard(address: string): boolean {
  return address === "0.0.0.0" || address === "::";
}

function requireUnique(where: string, what: string, values: readonly (string | number)[]): void {
  const twice = values.find((value, index) => values.indexOf(value) !== index);
  if (twice !== undefined) {
    throw new MeridianError("CONFIG_INVALID", `${where}: ${what} ${twice} is given twice`);
  }
}

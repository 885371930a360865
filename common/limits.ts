/**
 * Every bound of the product in one place, with the relations between them asserted at import.
 * A value that must be equal on all members of a cluster says so.
 */
import { assert } from "./assert.ts";

/** Partitions of a namespace: fixed by the client protocol. Cluster-wide. */
export const PARTITION_COUNT = 4096;
/** Bytes of a record's digest (RIPEMD-160). */
export const DIGEST_BYTES = 20;
export const BIN_NAME_BYTES_MAX = 15;
export const NAMESPACE_NAME_BYTES_MAX = 31;
export const SET_NAME_BYTES_MAX = 63;
/** Default limit of one record's stored image; `max-record-size` of a namespace overrides it. */
export const RECORD_BYTES_DEFAULT = 1024 * 1024;
/** Largest `max-record-size` that a configuration may ask for. */
export const RECORD_BYTES_MAX = 8 * 1024 * 1024;
/** Largest client frame; the clients refuse bodies above 128 MiB, we refuse far earlier. */
export const CLIENT_FRAME_BYTES_MAX = 16 * 1024 * 1024;
/** Largest frame between our own processes. */
export const FRAME_BYTES_MAX = 32 * 1024 * 1024;
/** Bytes of entries the primary puts into one replication frame before it starts another. */
export const APPEND_FRAME_BYTES = 1024 * 1024;
/**
 * Bytes on their way to a peer above which its connection is given up: it takes less than it is sent,
 * and joins again for what it lacks, which is bounded. Above all that in-sync peers may be owed.
 */
export const PEER_OUTSTANDING_BYTES_MAX = 320 * 1024 * 1024;
/** Bytes of proposed and unreleased entries above which a node refuses writes as busy. */
export const UNRELEASED_BYTES_MAX = 256 * 1024 * 1024;
/** Target size of one bus message (a NATS payload is at most 1 MiB by default). */
export const BUS_MESSAGE_BYTES = 256 * 1024;
/** A single record larger than this is cut over several bus messages. */
export const BUS_MESSAGE_BYTES_MAX = 900 * 1024;
/**
 * Lanes of a ship stream: what shippers of a datacenter share among them. Equal in all datacenters,
 * since the number is part of what subjects mean.
 */
export const SHIP_LANES = 4;
/** A namespace's wire id is one byte, so a node serves at most this many. */
export const NAMESPACES_MAX = 32;
/** Admin HTTP: one request's line, its headers, its time, and connections at once. */
export const ADMIN_URL_BYTES_MAX = 8 * 1024;
export const ADMIN_HEADER_BYTES_MAX = 16 * 1024;
export const ADMIN_REQUEST_TIMEOUT_MS = 10_000;
export const ADMIN_CONNECTIONS_MAX = 64;
/** Damaged records of a node that are repaired at a time; those beyond are met again by later reads. */
export const DAMAGED_RECORDS_MAX = 10_000;
/** Lost conflicts that a partition keeps, by number and by bytes; the oldest go, and are counted. */
export const CONFLICT_NOTES_MAX = 64;
export const CONFLICT_NOTES_BYTES_MAX = 256 * 1024;
/** Bytes of parked changes of a partition above which it takes no more changes of other datacenters. */
export const PARKED_BYTES_MAX = 16 * 1024 * 1024;
/** Default of `min-free-bytes`: the engine's logs and tables in the making, twice. */
export const DISK_FREE_BYTES_LEAST = 64 * 1024 * 1024;
/** Source ids name datacenters: 1 to 255. */
export const SOURCE_ID_MAX = 255;

/** Bytes of what a shipper tells others of what it sees, for their dashboards. */
export const SUMMARY_BYTES_MAX = 128 * 1024;

/** Change feeds of a datacenter, and declared consumers of one: each holds a position per partition. */
export const FEEDS_MAX = 16;
export const FEED_CONSUMERS_MAX = 16;
/** Bytes of all feeds and consumers that were declared at run time: every cluster map holds them. */
export const FEED_ORDERS_BYTES_MAX = 64 * 1024;
/** Names of removed feeds that are remembered, so that shippers which were away delete their streams. */
export const FEEDS_REMOVED_MAX = 64;
/** Partitions of a feed that are being read as they stand, at one shipper. */
export const FEED_SNAPSHOTS_MAX = 48;
/** Of them, those that one reader reads ahead, and bytes of one of them that it holds. */
export const FEED_SNAPSHOT_AHEAD_PARTITIONS = 8;
export const FEED_SNAPSHOT_AHEAD_BYTES = 8 * 1024 * 1024;
/** Sets, bins and the like that a feed's filter names. */
export const FEED_FILTER_VALUES_MAX = 64;

/**
 * Bins of a record in a namespace with `conflict-resolve-writes`, dead ones included, above which a write is
 * refused. A merged record may have as many of each datacenter.
 */
export const STAMPED_BINS_MAX = 1000;
/** Datacenters of a mesh: a datacenter and its `remotes`. */
export const DATACENTERS_MAX = 64;

/** Sets that `ship-set` or `ignore-set` of one namespace and destination names. */
export const SHIP_SETS_MAX = 256;
/** Bins that `ship-bin` or `ignore-bin` of one namespace and destination names. */
export const SHIP_BINS_MAX = 256;
/** Longest `delay-ms`, as Aerospike's. */
export const SHIP_DELAY_MS_MAX = 5000;
/** Largest `max-throughput`, changes a second: far above what is reached. */
export const MAX_THROUGHPUT_MAX = 100_000_000;
/** Bytes of all settings of shipping that were ordered at run time: every cluster map holds them. */
export const XDR_ORDERS_BYTES_MAX = 64 * 1024;

/** Bytes of a filter expression. */
export const EXPRESSION_BYTES_MAX = 64 * 1024;
/**
 * Work of one evaluation of an expression: steps of its regular expressions, and bytes of lists and maps that
 * are read. About 0.4 s at most, however it is written; what needs more is unknown.
 */
export const EXPRESSION_WORK_MAX = 1_000_000;
/** States of one regular expression of an expression. */
export const REGEX_STATES_MAX = 4096;

/** Client connections of a node; Aerospike's `proto-fd-max`. */
export const CLIENT_CONNECTIONS_MAX = 15_000;
/**
 * Open files that client connections leave to the rest of the process: the store's tables, peers, the
 * admin HTTP. With none left the store fails, and with it the node.
 */
export const OPEN_FILES_RESERVED = 256;
/** Client connections that a node takes however few files it may open. */
export const CLIENT_CONNECTIONS_LEAST = 32;
/** Requests of one client connection that may be in flight before the node stops reading from it. */
export const CLIENT_PIPELINE_MAX = 256;
/** Bytes of unfinished frames over all client connections. */
export const CLIENT_PARTIAL_BYTES_MAX = 256 * 1024 * 1024;
/** Bytes of requests in flight over all client connections; above it requests answer "overload". */
export const CLIENT_IN_FLIGHT_BYTES_MAX = 256 * 1024 * 1024;
/** Bytes of replies that wait for a slow reader before the node stops reading from it. */
export const CLIENT_UNREAD_BYTES = 1024 * 1024;
/** Bytes of replies, over all client connections, above which who reads too little of its own is cut off. */
export const CLIENT_UNREAD_TOTAL_BYTES_MAX = 256 * 1024 * 1024;
/** Bytes of bins in one record's reply. */
export const CLIENT_REPLY_BYTES_MAX = 16 * 1024 * 1024;
/** Rows of one batch; Aerospike's `batch-max-requests`. */
export const BATCH_ROWS_MAX = 5000;
/** Rows of one batch in flight at a time: enough to share group commits. */
export const BATCH_WINDOW_ROWS = 1024;

assert(UNRELEASED_BYTES_MAX < PEER_OUTSTANDING_BYTES_MAX, "unreleased writes alone break no connection");
assert(STAMPED_BINS_MAX * DATACENTERS_MAX <= 0xffff, "a merged record's bins are counted in 16 bits");
assert(BUS_MESSAGE_BYTES < BUS_MESSAGE_BYTES_MAX, "bus message target below its maximum");
assert(RECORD_BYTES_MAX * 2 < CLIENT_FRAME_BYTES_MAX + 1, "a record of the largest size fits a client frame");
assert(ADMIN_URL_BYTES_MAX < ADMIN_HEADER_BYTES_MAX, "a request line fits the header limit");
assert(CLIENT_FRAME_BYTES_MAX < FRAME_BYTES_MAX, "a client frame fits an internal frame when proxied");
assert(CLIENT_REPLY_BYTES_MAX < FRAME_BYTES_MAX, "a record's reply fits an internal frame when proxied");
assert(CLIENT_FRAME_BYTES_MAX <= CLIENT_PARTIAL_BYTES_MAX, "one client frame of the largest size can arrive");
assert(CLIENT_UNREAD_BYTES < CLIENT_UNREAD_TOTAL_BYTES_MAX, "one client alone is not cut off");
assert(RECORD_BYTES_MAX <= CLIENT_REPLY_BYTES_MAX, "a record of the largest size fits a reply");

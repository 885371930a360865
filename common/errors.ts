/**
 * Operating errors: things that go wrong although the program is right. A broken invariant is an
 * AssertionError (assert.ts) and ends the process; everything here has a code that an operator can
 * look up and a retry class that says what a caller may do.
 */
export type RetryClass = "never" | "later" | "elsewhere" | "in-doubt";

/** Every operating error's code, its retry class, and what an operator should know. */
const ERROR_CODES = {
  CONFIG_INVALID: { retry: "never", help: "the configuration file or an option is wrong" },
  PORT_TAKEN: { retry: "never", help: "another process listens on the port" },
  NATS_SERVER_MISSING: { retry: "never", help: "no nats-server could be found" },
  NATS_UNREACHABLE: { retry: "later", help: "the datacenter's NATS does not answer" },
  FRAME_CORRUPT: { retry: "never", help: "a frame failed its checks; the connection is dropped" },
  FRAME_TOO_LARGE: { retry: "never", help: "a frame is above its limit; the connection is dropped" },
  PROTOCOL_VERSION: { retry: "never", help: "the peer speaks another protocol version" },
  MAP_UNREADABLE: { retry: "never", help: "the cluster map is damaged or of a newer release" },
  IDENTITY_LOST: { retry: "never", help: "the disk is an old copy: its member id was used after the copy" },
  RECORD_CORRUPT: { retry: "elsewhere", help: "a stored record failed its checksum" },
  ENTRY_CORRUPT: { retry: "elsewhere", help: "a change-log entry failed its checksum" },
  STORE_HANGS: {
    retry: "never",
    help: "a write of the storage engine does not end; the process kills itself",
  },
  STORE_FAILED: { retry: "never", help: "the storage engine failed; the process ends" },
  NOT_PRIMARY: { retry: "elsewhere", help: "this node is not the partition's primary" },
  UNAVAILABLE: { retry: "later", help: "the partition has no primary that may serve now" },
  IN_DOUBT: { retry: "in-doubt", help: "the write's outcome is unknown" },
  CLUSTER_MISMATCH: { retry: "never", help: "the peer belongs to another cluster or configuration" },
  LINK_DOWN: { retry: "later", help: "the connection to a peer is down" },
  LOG_TRIMMED: { retry: "later", help: "the asked change-log entries are trimmed: recovery by scan" },
  SNAPSHOT_EXPIRED: { retry: "later", help: "a read view was held beyond its deadline; start again" },
  BUSY: { retry: "later", help: "a bounded queue is full" },
  SHUTTING_DOWN: { retry: "elsewhere", help: "the process is shutting down" },
  STILL_SERVES: { retry: "never", help: "a datacenter that is to be declared lost still answers" },
  NOT_RUNNING: { retry: "never", help: "the set-up is not running" },
  EXPRESSION_INVALID: {
    retry: "never",
    help: "a filter expression is malformed, or asks for what is not there",
  },
  BAD_REQUEST: { retry: "never", help: "an argument or a request is malformed" },
  NOT_FOUND: { retry: "never", help: "what was named does not exist" },
} as const satisfies Record<string, { retry: RetryClass; help: string }>;

export type ErrorCode = keyof typeof ERROR_CODES;

export class MeridianError extends Error {
  override name = "MeridianError";
  readonly code: ErrorCode;
  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
  get retry(): RetryClass {
    return ERROR_CODES[this.code].retry;
  }
}

/** The message of anything thrown. */
export function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

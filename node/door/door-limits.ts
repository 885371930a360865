/** Bounds of a door. The defaults are in common/limits.ts; tests set smaller ones. */
import {
  BATCH_ROWS_MAX,
  BATCH_WINDOW_ROWS,
  CLIENT_CONNECTIONS_MAX,
  CLIENT_FRAME_BYTES_MAX,
  CLIENT_IN_FLIGHT_BYTES_MAX,
  CLIENT_PARTIAL_BYTES_MAX,
  CLIENT_PIPELINE_MAX,
  CLIENT_REPLY_BYTES_MAX,
  CLIENT_UNREAD_BYTES,
  CLIENT_UNREAD_TOTAL_BYTES_MAX,
} from "../../common/limits.ts";

export interface DoorLimits {
  readonly connectionsMax: number;
  readonly frameBytesMax: number;
  readonly pipelineMax: number;
  readonly partialBytesMax: number;
  readonly inFlightBytesMax: number;
  readonly unreadBytes: number;
  readonly unreadTotalBytesMax: number;
  readonly replyBytesMax: number;
  readonly batchRowsMax: number;
  readonly batchWindowRows: number;
  /** How long a request without a timeout of its own may take. */
  readonly transactionMaxMs: number;
  /** How long a peer may leave a frame unfinished, or a reply unread, before it is cut off. */
  readonly stallMs: number;
  /**
   * How long a connection may be unused; 0 = for ever. Clients keep idle connections in pools and
   * find out that one is closed only by a failed request, so the default does not close any.
   */
  readonly idleMs: number;
  /** How long `stop` waits for requests in flight. */
  readonly drainMs: number;
  /**
   * How long `stop` waits for a client to end a connection on which everything is answered: it must have
   * read the answers, and one with idle connections in a pool looks at them only when it needs them.
   */
  readonly endMs: number;
}

export const DEFAULT_DOOR_LIMITS: DoorLimits = {
  connectionsMax: CLIENT_CONNECTIONS_MAX,
  frameBytesMax: CLIENT_FRAME_BYTES_MAX,
  pipelineMax: CLIENT_PIPELINE_MAX,
  partialBytesMax: CLIENT_PARTIAL_BYTES_MAX,
  inFlightBytesMax: CLIENT_IN_FLIGHT_BYTES_MAX,
  unreadBytes: CLIENT_UNREAD_BYTES,
  unreadTotalBytesMax: CLIENT_UNREAD_TOTAL_BYTES_MAX,
  replyBytesMax: CLIENT_REPLY_BYTES_MAX,
  batchRowsMax: BATCH_ROWS_MAX,
  batchWindowRows: BATCH_WINDOW_ROWS,
  transactionMaxMs: 10_000,
  stallMs: 30_000,
  idleMs: 0,
  drainMs: 5_000,
  endMs: 500,
};

/**
 * What a primary knows of one peer's copy of one partition.
 *
 * ```
 *            join (log is long enough)          sent all that is durable
 *   probe ───────────────────────────► catching-up ───────────────────► streaming
 *     ▲                                     │                               │
 *     └──────── link lost, peer rejects ────┴───────────────────────────────┘
 * ```
 */
import type { NodeId } from "../../proto/cluster-map.ts";
import type { JoinRequest } from "./effects.ts";

export class PeerProgress {
  readonly id: NodeId;
  state: "probe" | "catching-up" | "streaming" = "probe";
  /** Highest sequence the peer has durably; only grows within an epoch. */
  acked = 0;
  /** It must have this much before it may count as in sync. */
  target = 0;
  /** Version of the peer's map when it joined: all known of it here is void if it was changed since. */
  joinedAt = 0;
  /** What it asked while the primary waited to serve, with the oldest sequence of the log then. */
  asked: { readonly request: JoinRequest; readonly logFirst: number } | undefined;
  /** Whether the map counts it as in sync. */
  inSync = false;
  /** Whether a commit needs this peer: in sync by the map, or asked to be (`proposedAt`). */
  required = false;
  /** Version of the map when in-sync was asked for; undefined when it was not. */
  proposedAt: number | undefined;

  constructor(id: NodeId) {
    this.id = id;
  }

  /** Its connection broke, and with it all that was under way: it must join again. */
  lost(): void {
    this.state = "probe";
    this.asked = undefined;
  }
}

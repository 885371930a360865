/**
 * The control KV on JetStream, laid out as any NATS KV bucket (so `nats kv` can look at it). Reads
 * go to the stream's leader: a direct get may be answered by any replica, also by one that is
 * behind. Publishing is tried once per attempt: the client's own retries would report a write that
 * took effect as refused. Works from nats-server 2.9.
 */
import { JetStreamApiError, jetstream } from "@nats-io/jetstream";
import { Kvm } from "@nats-io/kv";
import { errors, headers, type NatsConnection } from "@nats-io/transport-node";
import { errorMessage, MeridianError } from "../../common/errors.ts";
import type { Logger } from "../../common/log.ts";
import { BucketWatch, type BucketWatchHandlers } from "../../common/nats/bucket-watch.ts";
import type { RawEntry, RawKv, RawOutcome } from "./control-kv.ts";

const HISTORY = 5;
const REQUEST_TIMEOUT_MS = 1000;
const NONCE_HEADER = "Meridian-Nonce";
const OPERATION_HEADER = "KV-Operation";
/** JetStream error codes. */
const WRONG_LAST_SEQUENCE = [10071, 10164];
const NO_MESSAGE_FOUND = 10037;

export interface JetstreamKvOptions {
  readonly connection: NatsConnection;
  readonly bucket: string;
  /** Copies of the bucket: 1, or 3 in a NATS cluster. */
  readonly replicas: number;
  readonly connected: () => boolean;
  readonly log: Logger;
}

/** The answer of `$JS.API.STREAM.MSG.GET`. */
interface MessageAnswer {
  readonly error?: { readonly err_code: number; readonly description: string };
  readonly message?: { readonly seq: number; readonly hdrs?: string; readonly data?: string };
}

export class JetstreamKv implements RawKv {
  readonly history = HISTORY;
  readonly #options: JetstreamKvOptions;

  constructor(options: JetstreamKvOptions) {
    this.#options = options;
  }

  /** Makes the bucket unless it is there. */
  async ensureBucket(): Promise<void> {
    const { connection, bucket, replicas } = this.#options;
    await new Kvm(jetstream(connection, { timeout: 2 * REQUEST_TIMEOUT_MS })).create(bucket, {
      history: HISTORY,
      replicas,
      allow_direct: false,
      description: "Meridian: control state of this datacenter",
    });
  }

  async attempt(
    key: string,
    value: Uint8Array | undefined,
    expected: number,
    nonce: string,
  ): Promise<RawOutcome> {
    const { connection } = this.#options;
    this.#requireConnection();
    const head = headers();
    head.set(NONCE_HEADER, nonce);
    head.set("Nats-Expected-Last-Subject-Sequence", String(expected));
    if (value === undefined) head.set(OPERATION_HEADER, "DEL");
    try {
      const ack = await jetstream(connection).publish(this.#subject(key), value ?? new Uint8Array(0), {
        headers: head,
        timeout: REQUEST_TIMEOUT_MS,
        retries: 1,
      });
      return { kind: "written", revision: ack.seq };
    } catch (error) {
      if (error instanceof JetStreamApiError) {
        if (WRONG_LAST_SEQUENCE.includes(error.code)) return { kind: "refused" };
        throw unreachable(error);
      }
      // Nobody listens on the subject: the bucket is gone, or JetStream is not up yet.
      if (isNoResponders(error)) throw unreachable(error);
      return { kind: "lost" };
    }
  }

  last(key: string): Promise<RawEntry | undefined> {
    return this.#message({ last_by_subj: this.#subject(key) });
  }

  first(key: string, revision: number): Promise<RawEntry | undefined> {
    return this.#message({ seq: revision, next_by_subj: this.#subject(key) });
  }

  watch(handlers: BucketWatchHandlers): { restart(): void; stop(): void } {
    const { connection, bucket, log } = this.#options;
    return new BucketWatch({ connection, bucket, ensureBucket: () => this.ensureBucket(), log }, handlers);
  }

  #subject(key: string): string {
    return `$KV.${this.#options.bucket}.${key}`;
  }

  /** While disconnected the client would keep a request and send it later: too late for us. */
  #requireConnection(): void {
    if (!this.#options.connected()) throw new MeridianError("NATS_UNREACHABLE", "not connected to NATS");
  }

  async #message(query: Record<string, string | number>): Promise<RawEntry | undefined> {
    this.#requireConnection();
    const { connection, bucket } = this.#options;
    const subject = `$JS.API.STREAM.MSG.GET.KV_${bucket}`;
    const reply = await connection
      .request(subject, JSON.stringify(query), { timeout: REQUEST_TIMEOUT_MS })
      .catch((error: unknown) => {
        throw unreachable(error);
      });
    const { error, message } = reply.json<MessageAnswer>();
    if (error?.err_code === NO_MESSAGE_FOUND) return undefined;
    if (error !== undefined || message === undefined) {
      throw new MeridianError("NATS_UNREACHABLE", `${subject}: ${error?.description ?? "empty answer"}`);
    }
    const head = parseHeaders(message.hdrs);
    const operation = head.get(OPERATION_HEADER);
    return {
      value: Buffer.from(message.data ?? "", "base64"),
      revision: message.seq,
      deleted: operation === "DEL" || operation === "PURGE",
      nonce: head.get(NONCE_HEADER) ?? "",
    };
  }
}

function unreachable(error: unknown): MeridianError {
  return new MeridianError("NATS_UNREACHABLE", `control KV: ${errorMessage(error)}`, { cause: error });
}

/** The client wraps "no responders" once or twice; the cause is what tells. */
function isNoResponders(error: unknown): boolean {
  for (let at = error, depth = 0; at instanceof Error && depth < 4; at = at.cause, depth++) {
    if (at instanceof errors.NoRespondersError) return true;
  }
  return false;
}

/** NATS headers: a version line, then `name: value` lines. */
function parseHeaders(base64: string | undefined): Map<string, string> {
  const found = new Map<string, string>();
  for (const line of Buffer.from(base64 ?? "", "base64")
    .toString("utf8")
    .split("\r\n")
    .slice(1)) {
    const colon = line.indexOf(":");
    if (colon > 0) found.set(line.slice(0, colon), line.slice(colon + 1).trim());
  }
  return found;
}

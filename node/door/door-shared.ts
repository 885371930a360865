/**
 * What all connections of a door share: the executor, the counters, the bounds that hold over all of
 * them together, and the one flush an event-loop turn.
 */
import type { Clock } from "../../common/clock.ts";
import type { Logger } from "../../common/log.ts";
import { type BatchRequest, parseBatch } from "./batch-request.ts";
import type { Connection } from "./connection.ts";
import type { DoorCounters } from "./counters.ts";
import type { DoorLimits } from "./door-limits.ts";
import type { Executor } from "./executor.ts";
import type { Info } from "./info.ts";
import { FieldFlag, type Message } from "./message.ts";
import { Info4, ResultCode } from "./wire.ts";

/** Milliseconds between two log lines about malformed frames: anybody can send them. */
const MALFORMED_LOG_MS = 1000;

export class DoorShared {
  readonly executor: Executor;
  readonly counters: DoorCounters;
  readonly limits: DoorLimits;
  readonly log: Logger;
  readonly connections = new Set<Connection>();
  /** Bytes of requests that are not answered yet. */
  inFlightBytes = 0;
  /** Bytes of frames that have not arrived as a whole. */
  partialBytes = 0;
  /** Bytes of replies that the kernel has not taken yet. */
  unreadBytes = 0;
  /** Called when the last connection is gone. */
  onEmpty: (() => void) | undefined;

  readonly #info: Info;
  readonly #clock: Clock;
  #dirty: Connection[] = [];
  #malformedLoggedMs = Number.NEGATIVE_INFINITY;
  #malformedUnlogged = 0;

  constructor(
    executor: Executor,
    counters: DoorCounters,
    limits: DoorLimits,
    log: Logger,
    clock: Clock,
    info: Info,
  ) {
    this.#clock = clock;
    this.executor = executor;
    this.counters = counters;
    this.limits = limits;
    this.log = log;
    this.#info = info;
  }

  answerInfo(body: Buffer, reply: (frame: Buffer) => void): void {
    this.counters.info_complete += 1;
    this.#info.answer(body, reply);
  }

  /** The rows of a batch, or the code that refuses it. */
  parseBatch(message: Message): BatchRequest | number {
    if (message.batchStart < 0 || (message.fieldFlags & FieldFlag.broken) !== 0) return ResultCode.parameter;
    if (message.fieldFlags !== 0 || (message.info4 & Info4.transaction) !== 0) return ResultCode.unsupported;
    if (this.executor.filters.of(message) === "refused") return ResultCode.parameter;
    return parseBatch(message, this.limits.batchRowsMax);
  }

  /** Has the connection's replies written at the end of this turn of the event loop. */
  flushSoon(connection: Connection): void {
    this.#dirty.push(connection);
    if (this.#dirty.length === 1) process.nextTick(() => this.#flushAll());
  }

  noteMalformed(peer: string | undefined, reason: string): void {
    this.counters.demarshal_error += 1;
    const now = this.#clock.monotonicMs();
    if (now - this.#malformedLoggedMs < MALFORMED_LOG_MS) {
      this.#malformedUnlogged += 1;
      return;
    }
    this.log.warn({ peer, reason, unlogged: this.#malformedUnlogged }, "malformed client frame");
    this.#malformedLoggedMs = now;
    this.#malformedUnlogged = 0;
  }

  connectionClosed(connection: Connection): void {
    this.connections.delete(connection);
    this.counters.client_connections_closed += 1;
    if (this.connections.size === 0) this.onEmpty?.();
  }

  #flushAll(): void {
    const dirty = this.#dirty;
    this.#dirty = [];
    for (const connection of dirty) connection.flush();
  }
}

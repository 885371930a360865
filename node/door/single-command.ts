/**
 * One request for one record on its way through the replication core, and its answer.
 *
 * Guarantees: exactly one reply, whatever happens; a write that may have taken effect is answered
 * TIMEOUT and nothing else. The official client calls a write in doubt (`inDoubt`) when the request
 * was sent once and the code is TIMEOUT or a client-side (negative) one, or when it was sent more
 * than once and failed; so code 9 is what makes it say so, and any other server code would claim
 * that nothing was written. Nothing is ever tried twice here: a request is handed on to another node
 * only after the core said that it did nothing with it.
 */
import { unreachable } from "../../common/assert.ts";
import { partitionOfDigest, type Slot, slotOf } from "../../proto/cluster-map.ts";
import type { FilterExpression } from "../../common/expression/filter-expression.ts";
import { ImageRecord } from "../../proto/expression-record.ts";
import type { RecordImage } from "../../proto/record.ts";
import type { Evaluation, ReadOutcome, RefusalReason, WriteCommand, WriteOutcome } from "../records.ts";
import type { Kind, Origin, Outcomes } from "./counters.ts";
import type { Waiting } from "./deadlines.ts";
import type { Executor } from "./executor.ts";
import type { Message } from "./message.ts";
import type { DoorNamespace } from "./namespaces.ts";
import { readReply } from "./read-evaluation.ts";
import { isDueForTouch, ReadTouch } from "./read-touch.ts";
import { headerReply, replyCode, replyOfBody, spansReply } from "./reply.ts";
import { singleRecordBody } from "./row-message.ts";
import { Info2, MESSAGE_HEADER_BYTES, ResultCode } from "./wire.ts";
import { evaluateWrite, type WriteResult } from "./write-evaluation.ts";

/** Where a command's reply goes: a frame with its proto header (reply.ts). */
export interface ReplySink {
  reply(frame: Buffer): void;
}

export function kindOf(message: Message): Kind {
  if ((message.info2 & Info2.write) === 0) return "read";
  return (message.info2 & Info2.delete) === 0 ? "write" : "delete";
}

export class SingleCommand implements WriteCommand, Waiting {
  readonly slot: Slot;
  /** A view of the request's bytes: whoever keeps it beyond the answer must copy it. */
  readonly digest: Buffer;
  deadlineMs = 0;
  next: Waiting | undefined;
  previous: Waiting | undefined;

  readonly #executor: Executor;
  readonly #message: Message;
  readonly #sink: ReplySink;
  readonly #namespace: DoorNamespace;
  readonly #origin: Origin;
  readonly #kind: Kind;
  readonly #filter: FilterExpression | undefined;
  #result: WriteResult | undefined;
  #settled = false;
  #waits = false;
  #proxied = false;

  constructor(
    executor: Executor,
    message: Message,
    sink: ReplySink,
    namespace: DoorNamespace,
    origin: Origin,
    filter: FilterExpression | undefined,
  ) {
    this.digest = message.digest;
    this.slot = slotOf(namespace.id, partitionOfDigest(this.digest));
    this.#executor = executor;
    this.#message = message;
    this.#sink = sink;
    this.#namespace = namespace;
    this.#origin = origin;
    this.#kind = kindOf(message);
    this.#filter = filter;
  }

  start(): void {
    const { records } = this.#executor;
    if (this.#kind === "read") {
      records.read(this.slot, this.digest, (outcome) => this.#readDone(outcome));
    } else {
      records.write(this);
    }
    this.#waitUnlessSettled();
  }

  evaluate(current: RecordImage | undefined, nowVoidTime: number): Evaluation {
    const result = evaluateWrite(this.#message, current, nowVoidTime, {
      defaultTtl: this.#namespace.config["default-ttl"],
      replyBytesMax: this.#executor.limits.replyBytesMax,
      nowMs: this.#executor.clock.wallMs(),
      passes: this.#filter === undefined ? undefined : (existing) => this.#passes(existing),
    });
    this.#result = result;
    return result.evaluation;
  }

  complete(outcome: WriteOutcome): void {
    if (this.#settled) return;
    switch (outcome.kind) {
      case "applied": {
        const reads = this.#result?.reads;
        if (reads === undefined || reads.length === 0) {
          this.#settle(headerReply(ResultCode.ok, outcome.generation, outcome.voidTime));
        } else {
          this.#settle(spansReply(outcome.generation, outcome.voidTime, reads));
        }
        return;
      }
      case "unwritten":
        this.#settle(this.#unwrittenReply());
        return;
      case "refused":
        this.#refused(outcome.reason);
        return;
      case "in-doubt":
        this.#settle(headerReply(ResultCode.timeout));
        return;
      default:
        unreachable(outcome);
    }
  }

  /** The time that the client gave is over. A write goes on; nobody knows how it ends. */
  expire(): void {
    this.#waits = false;
    this.#settle(headerReply(ResultCode.timeout));
  }

  #passes(image: RecordImage): boolean {
    const { clock } = this.#executor;
    return this.#filter?.passes(new ImageRecord(image, this.digest), clock.wallMs()) !== false;
  }

  #unwrittenReply(): Buffer {
    const result = this.#result;
    if (result === undefined) return headerReply(ResultCode.serverError);
    if (result.code !== ResultCode.ok) return headerReply(result.code);
    return spansReply(result.generation, result.voidTime, result.reads);
  }

  #readDone(outcome: ReadOutcome): void {
    if (this.#settled) return;
    if (outcome.kind === "refused") {
      this.#refused(outcome.reason);
      return;
    }
    const { records, limits } = this.#executor;
    const { image } = outcome;
    const now = records.nowVoidTime();
    if (image !== undefined && !image.isGone(now) && !this.#passes(image)) {
      this.#settle(headerReply(ResultCode.filteredOut));
      return;
    }
    const nowMs = this.#executor.clock.wallMs();
    this.#settle(readReply(this.#message, image, { nowVoidTime: now, nowMs }, limits.replyBytesMax));
    const percent = this.#message.ttl;
    if (
      percent === 0 ||
      percent > 100 ||
      this.#namespace.rejects(false) ||
      image === undefined ||
      !isDueForTouch(image, now, percent)
    )
      return;
    records.write(new ReadTouch(this.slot, this.digest, percent, this.#namespace.counters));
  }

  /** Nothing was done with the request, so every answer here may be followed by another try. */
  #refused(reason: RefusalReason): void {
    switch (reason) {
      case "not-primary":
        this.#forward();
        return;
      case "unavailable":
      case "stopping":
        this.#settle(headerReply(ResultCode.unavailable));
        return;
      // Not `unavailable`: clients count that against the node, and would soon ask it for no read either.
      case "too-few-copies":
      case "fenced":
      case "clock-ahead":
        this.#settle(headerReply(ResultCode.forbidden));
        return;
      case "full":
        this.#settle(headerReply(ResultCode.full));
        return;
      case "too-big":
        this.#settle(headerReply(ResultCode.tooBig));
        return;
      case "busy":
        this.#settle(headerReply(ResultCode.overload));
        return;
      default:
        unreachable(reason);
    }
  }

  /** Hands the request to the primary's node, unless it came from another node already. */
  #forward(): void {
    const { records } = this.#executor;
    const route = records.route(this.slot);
    if (this.#origin === "from_proxy" || route.kind !== "remote") {
      this.#settle(headerReply(ResultCode.unavailable));
      return;
    }
    this.#proxied = true;
    records.proxy(route.nodeId, singleRecordBody(this.#message), (reply) => this.#proxyDone(reply));
    this.#waitUnlessSettled();
  }

  #proxyDone(body: Buffer | undefined): void {
    if (this.#settled) return;
    if (body !== undefined && body.length >= MESSAGE_HEADER_BYTES) {
      this.#settle(replyOfBody(body));
      return;
    }
    // The link broke with the request on its way. A read can be asked again, of anybody.
    const code = this.#kind === "read" ? ResultCode.unavailable : ResultCode.timeout;
    this.#settle(headerReply(code));
  }

  #waitUnlessSettled(): void {
    if (this.#settled || this.#waits) return;
    this.#waits = true;
    const { timeoutMs } = this.#message;
    const { deadlines, limits } = this.#executor;
    deadlines.add(this, timeoutMs === 0 ? limits.transactionMaxMs : timeoutMs);
  }

  #settle(frame: Buffer): void {
    this.#settled = true;
    if (this.#waits) {
      this.#waits = false;
      this.#executor.deadlines.remove(this);
    }
    this.#count(replyCode(frame));
    this.#sink.reply(frame);
  }

  #count(code: number): void {
    const { counters } = this.#namespace;
    if (this.#proxied) {
      const { proxy } = counters[this.#origin];
      if (code === ResultCode.timeout) proxy.timeout += 1;
      else if (code === ResultCode.unavailable) proxy.error += 1;
      else proxy.complete += 1;
      return;
    }
    countOutcome(counters[this.#origin][this.#kind], code, this.#kind);
    if (code === ResultCode.generation) counters.fail_generation += 1;
    else if (code === ResultCode.tooBig) counters.fail_record_too_big += 1;
  }
}

/** Adds a reply's code to the outcomes of its kind. */
export function countOutcome(outcomes: Outcomes, code: number, kind: Kind): void {
  if (code === ResultCode.ok) outcomes.success += 1;
  else if (code === ResultCode.notFound && kind !== "write") outcomes.not_found += 1;
  else if (code === ResultCode.filteredOut) outcomes.filtered_out += 1;
  else if (code === ResultCode.timeout) outcomes.timeout += 1;
  else outcomes.error += 1;
}

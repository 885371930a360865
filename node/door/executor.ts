/**
 * Takes requests for single records, from connections, batches and other nodes: refuses what cannot
 * be done, starts the rest (single-command.ts).
 */
import type { Clock } from "../../common/clock.ts";
import { SET_NAME_BYTES_MAX } from "../../common/limits.ts";
import type { Logger } from "../../common/log.ts";
import type { Records } from "../records.ts";
import type { Origin } from "./counters.ts";
import { Deadlines } from "./deadlines.ts";
import type { DoorLimits } from "./door-limits.ts";
import { Filters } from "./filters.ts";
import { FieldFlag, type Message } from "./message.ts";
import type { DoorNamespace, Namespaces } from "./namespaces.ts";
import { OpFlag } from "./op-check.ts";
import { headerReply, lastReply } from "./reply.ts";
import { countOutcome, kindOf, type ReplySink, SingleCommand } from "./single-command.ts";
import {
  Info1,
  Info2,
  Info3,
  Info4,
  ResultCode,
  TTL_DEFAULT,
  TTL_KEEP,
  TTL_MAX_SECONDS,
  TTL_NEVER,
} from "./wire.ts";

/** The record image keeps the length of the user key in 16 bits. */
const USER_KEY_BYTES_MAX = 0xffff;

export class Executor {
  readonly records: Records;
  readonly limits: DoorLimits;
  readonly deadlines: Deadlines;
  readonly clock: Clock;
  readonly filters: Filters;
  readonly #namespaces: Namespaces;

  constructor(records: Records, namespaces: Namespaces, limits: DoorLimits, clock: Clock, log: Logger) {
    this.records = records;
    this.limits = limits;
    this.deadlines = new Deadlines(clock);
    this.clock = clock;
    this.filters = new Filters(log, clock);
    this.#namespaces = namespaces;
  }

  /** Executes one request; the sink gets exactly one reply, possibly before this returns. */
  execute(message: Message, sink: ReplySink, origin: Origin): void {
    const { buffer, namespaceStart, namespaceBytes } = message;
    const namespace = this.#namespaces.find(buffer, namespaceStart, namespaceBytes);
    const filter = this.filters.of(message);
    const code = filter === "refused" ? ResultCode.parameter : refusalOf(message, namespace);
    if (filter === "refused" || code !== ResultCode.ok || namespace === undefined) {
      if (namespace !== undefined) {
        const kind = kindOf(message);
        countOutcome(namespace.counters[origin][kind], code, kind);
        if (code === ResultCode.alwaysForbidden) namespace.counters.fail_xdr_forbidden += 1;
      }
      sink.reply(isScan(message) ? lastReply(code) : headerReply(code));
      return;
    }
    new SingleCommand(this, message, sink, namespace, origin, filter).start();
  }
}

/** Scans and queries read until a LAST, also when all that they get is a refusal. */
function isScan(message: Message): boolean {
  return (message.fieldFlags & FieldFlag.query) !== 0 || (message.info3 & Info3.partitionDone) !== 0;
}

function refusalOf(message: Message, namespace: DoorNamespace | undefined): number {
  if (message.namespaceBytes === 0) return ResultCode.parameter;
  if (namespace === undefined) return ResultCode.namespace;
  if (message.fieldFlags !== 0) {
    const broken = (message.fieldFlags & FieldFlag.broken) !== 0;
    return broken ? ResultCode.parameter : ResultCode.unsupported;
  }
  if ((message.info4 & Info4.transaction) !== 0 || isScan(message)) return ResultCode.unsupported;
  if (message.digestStart < 0) return ResultCode.parameter;
  if (message.setBytes > SET_NAME_BYTES_MAX || message.keyBytes > USER_KEY_BYTES_MAX) {
    return ResultCode.parameter;
  }
  const { opFlags } = message;
  if ((opFlags & OpFlag.unsupported) !== 0) return ResultCode.unsupported;
  if ((opFlags & OpFlag.nameTooLong) !== 0) return ResultCode.binName;
  if ((opFlags & OpFlag.broken) !== 0) return ResultCode.parameter;
  if ((message.info2 & Info2.write) === 0) return readRefusal(message);
  const isXdr = (message.info1 & Info1.xdr) !== 0;
  return namespace.rejects(isXdr) ? ResultCode.alwaysForbidden : writeRefusal(message);
}

function writeRefusal(message: Message): number {
  if ((message.info2 & Info2.delete) !== 0) return ResultCode.ok;
  if (message.opCount === 0) return ResultCode.parameter;
  const { ttl } = message;
  const special = ttl === TTL_DEFAULT || ttl === TTL_NEVER || ttl === TTL_KEEP;
  return special || ttl <= TTL_MAX_SECONDS ? ResultCode.ok : ResultCode.parameter;
}

function readRefusal(message: Message): number {
  if ((message.info1 & Info1.read) === 0) return ResultCode.parameter;
  if ((message.opFlags & OpFlag.modify) !== 0) return ResultCode.parameter;
  const wantsSomething = message.opCount > 0 || (message.info1 & (Info1.getAll | Info1.noBinData)) !== 0;
  return wantsSomething ? ResultCode.ok : ResultCode.parameter;
}

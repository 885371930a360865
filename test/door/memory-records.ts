/**
 * Records of one node in memory, serial per record: the replication core's place in the door's
 * tests. Behaves as node/records.ts says; faults are set by the test.
 */
import { HybridClock, systemClock } from "../../common/clock.ts";
import { VOID_TIME_EPOCH_SECONDS } from "../../common/version/version.ts";
import type { NodeId, Slot } from "../../proto/cluster-map.ts";
import { encodeImage, RecordImage } from "../../proto/record.ts";
import type {
  Evaluation,
  ReadOutcome,
  Records,
  RefusalReason,
  Route,
  WriteCommand,
  WriteOutcome,
} from "../../node/records.ts";

export interface Faults {
  /** Refuses everything. */
  refuse?: RefusalReason | undefined;
  /** Writes take effect, or not, and nobody knows. */
  inDoubt?: boolean | undefined;
  /** Commits (and reads) are held back until `release`. */
  hold?: boolean | undefined;
  /** Slots that another node has, by its id. */
  remote?: ((slot: Slot) => NodeId | undefined) | undefined;
  /** Takes what is proxied. */
  proxy?: ((message: Buffer, done: (reply: Buffer | undefined) => void) => void) | undefined;
}

export class MemoryRecords implements Records {
  readonly faults: Faults = {};
  /** Seconds added to the clock of void times. */
  ahead = 0;
  recordBytesMax = 1024 * 1024;
  evaluations: Evaluation[] = [];
  readonly images = new Map<string, RecordImage>();
  readonly #clock = new HybridClock(systemClock());
  readonly #held: (() => void)[] = [];

  route(slot: Slot): Route {
    const nodeId = this.faults.remote?.(slot);
    return nodeId === undefined ? { kind: "local" } : { kind: "remote", nodeId };
  }

  read(slot: Slot, digest: Buffer, done: (outcome: ReadOutcome) => void): void {
    const reason = this.#refusal(slot);
    if (reason !== undefined) {
      done({ kind: "refused", reason });
      return;
    }
    const key = `${slot}/${digest.toString("hex")}`;
    this.#soon(() => done({ kind: "read", image: this.images.get(key) }));
  }

  write(command: WriteCommand): void {
    const reason = this.#refusal(command.slot);
    if (reason !== undefined) {
      command.complete({ kind: "refused", reason });
      return;
    }
    const outcome = this.#apply(command);
    this.#soon(() => command.complete(outcome));
  }

  proxy(_nodeId: NodeId, message: Buffer, done: (reply: Buffer | undefined) => void): void {
    if (this.faults.proxy === undefined) done(undefined);
    else this.faults.proxy(message, done);
  }

  nowVoidTime(): number {
    return Math.floor(Date.now() / 1000) - VOID_TIME_EPOCH_SECONDS + this.ahead;
  }

  /** Lets go what was held back. */
  release(): void {
    this.faults.hold = false;
    for (const run of this.#held.splice(0)) run();
  }

  get held(): number {
    return this.#held.length;
  }

  #apply(command: WriteCommand): WriteOutcome {
    const key = `${command.slot}/${command.digest.toString("hex")}`;
    const current = this.images.get(key);
    const evaluation = command.evaluate(current, this.nowVoidTime());
    this.evaluations.push(evaluation);
    if (!evaluation.write) return { kind: "unwritten" };
    const generation = (current?.generation ?? 0) + 1;
    const bytes = encodeImage({
      ...evaluation,
      generation,
      lut: this.#clock.next(current?.lut ?? 0n),
      sourceId: 1,
      seen: [],
    });
    if (bytes.length > this.recordBytesMax) return { kind: "refused", reason: "too-big" };
    if (this.faults.inDoubt === true) return { kind: "in-doubt" };
    this.images.set(key, RecordImage.checked(bytes));
    return { kind: "applied", generation, voidTime: evaluation.voidTime };
  }

  #refusal(slot: Slot): RefusalReason | undefined {
    if (this.faults.refuse !== undefined) return this.faults.refuse;
    return this.faults.remote?.(slot) === undefined ? undefined : "not-primary";
  }

  #soon(run: () => void): void {
    if (this.faults.hold === true) this.#held.push(run);
    else run();
  }
}

/**
 * Which node runs the controller: a lease in the control KV, taken and renewed by compare-and-set.
 * The holder renews; a candidate takes over when the lease's revision has stood still for longer
 * than the lease on the candidate's own monotonic clock, or at once when its own link says that the
 * holder is dead. Two that think they lead do no harm, since every map is written by compare-and-set
 * (P10); the lease only keeps them from wasting each other's work.
 */
import type { Clock } from "../../common/clock.ts";
import { errorMessage } from "../../common/errors.ts";
import type { Logger } from "../../common/log.ts";
import type { NodeId } from "../../proto/cluster-map.ts";
import { meridian } from "../../proto/gen/control.js";
import { CONTROLLER_KEY } from "../../proto/subjects.ts";
import type { ControlKv, WriteOutcome } from "./control-kv.ts";

const { Lease } = meridian.control;

/** Holder of a lease that this release cannot read: nobody that it knows. */
const UNREADABLE = "unreadable";

export interface LeadershipOptions {
  readonly kv: ControlKv;
  readonly self: NodeId;
  /** Made at random by this process. */
  readonly session: string;
  readonly leaseMs: number;
  readonly clock: Clock;
  readonly log: Logger;
  /** Whether this node's own link says that `id` is dead. */
  readonly seesDead: (id: NodeId) => boolean;
  /** Whether this node should not start to lead now: leaving, or cut off from the others. */
  readonly unfit: () => boolean;
  /** The lease was taken, or lost. */
  readonly onChange: (leads: boolean) => void;
}

/** What is known of the lease: nothing, that there is none, or its latest value. */
type Known =
  | { readonly kind: "unknown" }
  | { readonly kind: "absent" }
  | { readonly kind: "held"; readonly holder: NodeId; readonly session: string; readonly revision: number };

export class Leadership {
  readonly #options: LeadershipOptions;
  #known: Known = { kind: "unknown" };
  /** When the known value was first seen. */
  #sinceMs = 0;
  /** Own lease, counted from before the write that got it was sent; 0 = none. */
  #heldUntilMs = 0;
  #renewedAtMs = 0;
  #renewal = 0;
  /** Takes over at once only after this: two nodes whose link is broken must not take turns. */
  #patientUntilMs = 0;
  #leads = false;
  #busy = false;
  readonly #jitterMs: number;

  constructor(options: LeadershipOptions) {
    this.#options = options;
    // tidy: clock, keeps members from bidding at the same moment
    this.#jitterMs = (Math.random() * options.leaseMs) / 4;
  }

  /** Holds a lease that is not over. */
  get leads(): boolean {
    return this.#options.clock.monotonicMs() < this.#heldUntilMs;
  }

  get holder(): NodeId | undefined {
    return this.#known.kind === "held" ? this.#known.holder : undefined;
  }

  /** The watch begins anew: what was seen is void, and time without sight does not count. */
  reset(): void {
    this.#known = { kind: "unknown" };
  }

  /** The watched value of the lease; undefined when there is none. */
  observe(value: Uint8Array | undefined, revision: number): void {
    if (value === undefined) {
      this.#learn({ kind: "absent" });
      return;
    }
    if (this.#known.kind === "held" && revision <= this.#known.revision) return;
    this.#adopt(value, revision);
  }

  #adopt(value: Uint8Array, revision: number): void {
    const { holder, session } = this.#read(value);
    this.#learn({ kind: "held", holder, session, revision });
    if (!this.#isOwn() && this.#heldUntilMs > 0) {
      this.#patientUntilMs = this.#options.clock.monotonicMs() + 5 * this.#options.leaseMs;
      this.#heldUntilMs = 0;
    }
    this.#noteChange();
  }

  /** What cannot be read is somebody's as long as it is renewed, and is replaced after that. */
  #read(value: Uint8Array): { readonly holder: NodeId; readonly session: string } {
    try {
      return Lease.decode(value);
    } catch (error) {
      this.#options.log.error({ reason: errorMessage(error) }, "the controller's lease is unreadable");
      return { holder: UNREADABLE, session: UNREADABLE };
    }
  }

  #learn(known: Known): void {
    this.#known = known;
    this.#sinceMs = this.#options.clock.monotonicMs();
  }

  #isOwn(): boolean {
    return this.#known.kind === "held" && this.#known.session === this.#options.session;
  }

  /** To be called often (several times a lease), and when a link changes. */
  tick(): void {
    this.#noteChange();
    if (this.#busy) return;
    const step = this.#nextStep();
    if (step === undefined) return;
    this.#busy = true;
    void step()
      .catch((error: unknown) => {
        this.#options.log.info({ reason: errorMessage(error) }, "the controller's lease is out of reach");
      })
      .finally(() => {
        this.#busy = false;
        this.#noteChange();
      });
  }

  #nextStep(): (() => Promise<void>) | undefined {
    const known = this.#known;
    const { clock, leaseMs, self, seesDead, unfit } = this.#options;
    const nowMs = clock.monotonicMs();
    if (known.kind === "held" && this.#isOwn()) {
      return nowMs - this.#renewedAtMs > leaseMs / 3 ? () => this.#write(known.revision) : undefined;
    }
    if (known.kind === "unknown" || unfit()) return undefined;
    if (known.kind === "absent") return () => this.#write(undefined);
    // Given up, or held by an earlier life of this node.
    if (known.holder === "" || known.holder === self) return () => this.#write(known.revision);
    if (nowMs >= this.#patientUntilMs && seesDead(known.holder)) return () => this.#write(known.revision);
    if (nowMs - this.#sinceMs > leaseMs + this.#jitterMs) return () => this.#takeIfStill(known.revision);
    return undefined;
  }

  /** The watch may be behind: the leader of the stream is asked before a live holder is pushed out. */
  async #takeIfStill(revision: number): Promise<void> {
    const entry = await this.#options.kv.get(CONTROLLER_KEY);
    if (entry === undefined) await this.#write(undefined);
    else if (entry.revision === revision) await this.#write(revision);
    else this.#adopt(entry.value, entry.revision);
  }

  async #write(revision: number | undefined): Promise<void> {
    const { clock, kv, self, session, leaseMs } = this.#options;
    const startedMs = clock.monotonicMs();
    const value = Lease.encode({ holder: self, session, renewal: ++this.#renewal }).finish();
    const outcome = await this.#send(kv, value, revision);
    if (outcome.kind === "written") {
      this.#renewedAtMs = startedMs;
      this.#heldUntilMs = startedMs + leaseMs;
      if (this.#known.kind !== "held" || this.#known.revision < outcome.revision) {
        this.#learn({ kind: "held", holder: self, session, revision: outcome.revision });
      }
      return;
    }
    // Lost to another, or in doubt: look again before anything else. The leader's answer counts even
    // when it is behind what was seen: the bucket may have gone back.
    const entry = await kv.get(CONTROLLER_KEY);
    if (entry === undefined) this.#learn({ kind: "absent" });
    else this.#adopt(entry.value, entry.revision);
  }

  #send(kv: ControlKv, value: Uint8Array, revision: number | undefined): Promise<WriteOutcome> {
    return revision === undefined
      ? kv.create(CONTROLLER_KEY, value)
      : kv.update(CONTROLLER_KEY, value, revision);
  }

  #noteChange(): void {
    const { leads } = this;
    if (leads === this.#leads) return;
    this.#leads = leads;
    this.#options.onChange(leads);
  }

  /** Gives the lease up, so that another takes it at once. */
  async release(): Promise<void> {
    const known = this.#known;
    const { clock, kv, leaseMs } = this.#options;
    this.#patientUntilMs = clock.monotonicMs() + 5 * leaseMs;
    if (known.kind !== "held" || !this.#isOwn()) return;
    this.#heldUntilMs = 0;
    this.#noteChange();
    const value = Lease.encode({ holder: "", session: "", renewal: ++this.#renewal }).finish();
    const outcome = await kv.update(CONTROLLER_KEY, value, known.revision);
    if (outcome.kind === "written") {
      this.#learn({ kind: "held", holder: "", session: "", revision: outcome.revision });
    }
  }
}

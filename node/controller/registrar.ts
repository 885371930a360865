/**
 * Registers this node in the control KV, and finds out whether its disk is an old copy (P7): a
 * registration or a map that knows this id with a boot number as high as ours was made by a later
 * life of this disk, whose entries this copy lacks. Such a node must not go on under this id.
 */
import { errorMessage, MeridianError } from "../../common/errors.ts";
import type { Logger } from "../../common/log.ts";
import { type ClusterMap, type Member, memberOf } from "../../proto/cluster-map.ts";
import { memberKey } from "../../proto/subjects.ts";
import type { ControlKv } from "./control-kv.ts";
import type { StartFenced } from "./observed.ts";
import { decodeRegistration, encodeRegistration, type Registration, registrationOf } from "./messages.ts";

const RETRY_MS = 200;

export interface RegistrarOptions {
  readonly kv: ControlKv;
  readonly member: Member;
  readonly session: string;
  readonly namespaces: readonly string[];
  readonly startFenced: StartFenced;
  /** The highest map this node holds. */
  readonly known: () => ClusterMap | undefined;
  readonly log: Logger;
  readonly onRegistered: () => void;
  /** IDENTITY_LOST or CLUSTER_MISMATCH: this node cannot be a member as it is. */
  readonly onRefused: (error: MeridianError) => void;
}

export class Registrar {
  readonly #options: RegistrarOptions;
  readonly #registration: Registration;
  #registered = false;
  #busy = false;
  #again = false;
  #retryTimer: NodeJS.Timeout | undefined;
  #stopped = false;

  constructor(options: RegistrarOptions) {
    this.#options = options;
    this.#registration = registrationOf(
      options.member,
      options.session,
      options.namespaces,
      options.startFenced,
    );
  }

  /** Registered at least once: maps with our boot number are ours from then on. */
  get registered(): boolean {
    return this.#registered;
  }

  /** Makes sure that the registration stands; `stored` is the map in the KV. */
  register(stored: ClusterMap | undefined): void {
    if (this.#stopped) return;
    if (this.#busy) {
      this.#again = true;
      return;
    }
    clearTimeout(this.#retryTimer);
    const refusal = this.checkMap(stored);
    if (refusal !== undefined) {
      this.#options.onRefused(refusal);
      return;
    }
    this.#busy = true;
    this.#again = false;
    void this.#put()
      .catch((error: unknown) => {
        if (error instanceof MeridianError && error.code === "IDENTITY_LOST") {
          this.#options.onRefused(error);
          return true;
        }
        this.#options.log.info({ reason: errorMessage(error) }, "not registered yet");
        return false;
      })
      .then((done) => {
        this.#busy = false;
        if (this.#stopped) return;
        if (!done || this.#again) this.#retryTimer = setTimeout(() => this.register(stored), RETRY_MS);
      });
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#retryTimer);
  }

  /** What speaks against living under a map; undefined when nothing does. */
  checkMap(map: ClusterMap | undefined): MeridianError | undefined {
    if (map === undefined) return undefined;
    const { member } = this.#options;
    const known = this.#options.known();
    if (known !== undefined && known.clusterId !== map.clusterId) {
      return new MeridianError(
        "CLUSTER_MISMATCH",
        `this node's disk belongs to cluster ${known.clusterId}, the control KV to ${map.clusterId}`,
      );
    }
    const boot = memberOf(map, member.id)?.boot ?? 0;
    return boot > member.boot || (boot === member.boot && !this.#registered)
      ? this.#identityLost(boot)
      : undefined;
  }

  /** True when the registration stands. Throws NATS_UNREACHABLE or IDENTITY_LOST. */
  async #put(): Promise<boolean> {
    const { kv, member, session, onRegistered } = this.#options;
    const key = memberKey(member.id);
    const entry = await kv.get(key);
    const found = entry === undefined ? undefined : decodeRegistration(entry.value);
    if (found !== undefined && found.session !== session && found.member.boot >= member.boot) {
      throw this.#identityLost(found.member.boot);
    }
    if (found?.session !== session) {
      const value = encodeRegistration(this.#registration);
      const outcome =
        entry === undefined ? await kv.create(key, value) : await kv.update(key, value, entry.revision);
      if (outcome.kind !== "written") return false;
    }
    this.#registered = true;
    onRegistered();
    return true;
  }

  #identityLost(boot: number): MeridianError {
    const { member } = this.#options;
    return new MeridianError(
      "IDENTITY_LOST",
      `${member.name}: boot ${member.boot} of ${member.id}, but boot ${boot} is known: the disk is an old copy`,
    );
  }
}

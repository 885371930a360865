/**
 * Clients of one datacenter: each asks one thing at a time of a few records, and is told, or hears
 * nothing. Every write, also a delete, has a token of its own, which reads bring back; so it is known
 * of every answer which write it shows.
 *
 * LIN: within a datacenter a record only moves up the order of versions, so an operation must show or
 * make a version at or above all that were known to be there when it was called, and no two
 * acknowledged writes may have replaced the same version. ACK: what was refused is nowhere.
 */
import { createHash } from "node:crypto";
import type { ReplicaSet } from "../../../node/replica/replica-set.ts";
import type { WriteOutcome } from "../../../node/records.ts";
import type { RecordImage } from "../../../proto/record.ts";
import { isNewer, type Policy } from "../../checkers/version-order.ts";
import type { ClientOperation, SeenVersion } from "../history.ts";
import { readVersion } from "./copies.ts";
import type { Datacenter } from "./datacenter.ts";
import type { Report } from "./judge.ts";
import type { Oracle } from "./oracle.ts";
import type { NodeProcess } from "./processes.ts";
import { world } from "./present.ts";
import { partitionOfDigest } from "../../../proto/cluster-map.ts";

const TIMEOUT_MS = 1000;
const HOPS_MAX = 3;
const NOTHING = new Uint8Array(0);

const NO_BINS = { binCount: 0, bins: NOTHING, changedBins: NOTHING };

/** The record's bins, with one of three written: the others must outlive what is written elsewhere. */
function oneBinMore(current: RecordImage | undefined, token: string) {
  const name = `b${world().scheduler.random.int(3)}`;
  const bins = new Map<string, Uint8Array>();
  const { bins: region, binCount } = current ?? { bins: Buffer.alloc(0), binCount: 0 };
  for (let index = 0, at = 0; index < binCount; index++) {
    const end = at + 4 + region.readUInt32BE(at);
    bins.set(region.toString("latin1", at + 8, at + 8 + (region[at + 7] ?? 0)), region.subarray(at, end));
    at = end;
  }
  const bin = Buffer.from(`\0\0\0\0\u0001\u0003\0\u0002${name}${token}`, "latin1");
  bin.writeUInt32BE(bin.length - 4, 0);
  bins.set(name, bin);
  const changedBins = Buffer.from(`\u0002${name}`, "latin1");
  return { binCount: bins.size, bins: Buffer.concat([...bins.values()]), changedBins };
}

export interface Mix {
  readonly writes: number;
  readonly deletes: number;
  readonly compares: number;
}

export interface ClientOptions {
  readonly policy: Policy;
  readonly ttlSeconds: number;
  readonly byBins: boolean;
}

interface Known {
  /** The highest version that an answer has shown. */
  highest: SeenVersion | undefined;
  /** By the token they replaced: acknowledged writes. */
  readonly heirs: Map<string, string>;
}

export interface Key {
  readonly name: string;
  readonly digest: Buffer;
  readonly slot: number;
}

/** So many keys, all in the first `slots` slots. */
export function makeKeys(count: number, slots: number): Key[] {
  const keys: Key[] = [];
  for (let number = 0; keys.length < count; number++) {
    const name = `k${number}`;
    const digest = createHash("ripemd160").update(name).digest();
    const slot = partitionOfDigest(digest);
    if (slot < slots) keys.push({ name, digest, slot });
  }
  return keys;
}

export class Clients {
  readonly operations: ClientOperation[] = [];
  readonly #datacenter: Datacenter;
  readonly #oracle: Oracle;
  readonly #policy: Policy;
  readonly #report: Report;
  readonly #known = new Map<string, Known>();
  readonly #ttlSeconds: number;
  readonly #byBins: boolean;
  #tokens = 0;

  constructor(datacenter: Datacenter, oracle: Oracle, options: ClientOptions, report: Report) {
    this.#datacenter = datacenter;
    this.#oracle = oracle;
    this.#policy = options.policy;
    this.#ttlSeconds = options.ttlSeconds;
    this.#byBins = options.byBins;
    this.#report = report;
  }

  /** Asks something at random; `done` is told what came of it. */
  askSomething(client: string, key: Key, mix: Mix, done: (operation: ClientOperation) => void): void {
    const { random } = world().scheduler;
    const drawn = random.int(100);
    if (drawn < mix.writes) this.ask(client, key, "write", undefined, done);
    else if (drawn < mix.writes + mix.deletes) this.ask(client, key, "delete", undefined, done);
    else if (drawn < mix.writes + mix.deletes + mix.compares) this.#compareAndSet(client, key, done);
    else this.ask(client, key, "read", undefined, done);
  }

  ask(
    client: string,
    key: Key,
    kind: ClientOperation["kind"],
    expected: number | undefined,
    done: (operation: ClientOperation) => void,
  ): void {
    const { scheduler } = world();
    const { favourite, nodes } = this.#datacenter;
    const asksFavourite = favourite !== undefined && scheduler.random.chance(0.7);
    const node = asksFavourite ? favourite : scheduler.random.pick(nodes);
    if (node === undefined) throw new Error("a datacenter has nodes");
    const operation: ClientOperation = {
      datacenter: this.#datacenter.name,
      key: key.name,
      kind,
      client,
      call: scheduler.nowMs,
      end: Number.POSITIVE_INFINITY,
      outcome: "unknown",
      token: kind === "read" ? undefined : `${this.#datacenter.name}.${++this.#tokens}`,
      generation: undefined,
      tombstone: kind === "delete",
      expected,
      parent: undefined,
      node: node.host.name,
    };
    this.operations.push(operation);
    const known = this.#knownOf(key);
    const floor = known.highest;
    let over = false;
    const end = (settle: () => void): void => {
      if (over) return;
      over = true;
      timer.cancel();
      operation.end = scheduler.nowMs;
      settle();
      this.#judge(operation, floor, known);
      done(operation);
    };
    const timer = scheduler.after(TIMEOUT_MS, undefined, () => {
      if (over) return;
      over = true;
      world().count("client timed out");
      done(operation);
    });
    this.#send(node, key, operation, HOPS_MAX, end);
  }

  #compareAndSet(client: string, key: Key, done: (operation: ClientOperation) => void): void {
    this.ask(client, key, "read", undefined, (read) => {
      const readable = read.outcome === "applied" && read.generation !== undefined;
      if (!readable) done(read);
      else this.ask(client, key, "compare-and-set", read.generation, done);
    });
  }

  /** On its way to a node, and from there to the one that its map calls primary. */
  #send(
    node: NodeProcess,
    key: Key,
    operation: ClientOperation,
    hops: number,
    end: (settle: () => void) => void,
  ): void {
    const { scheduler } = world();
    const answer = (settle: () => void): void => {
      scheduler.after(this.#delayMs(), undefined, () => end(settle));
    };
    const refuse = (): void => {
      answer(() => {
        operation.outcome = "refused";
      });
    };
    if (!node.up) {
      refuse();
      return;
    }
    scheduler.after(this.#delayMs(), node.host, () => {
      const { replicas } = node;
      const route = replicas?.route(key.slot);
      if (replicas === undefined || route === undefined || route.kind === "unavailable") refuse();
      else if (route.kind === "local") this.#execute(node, replicas, key, operation, answer);
      else {
        const next = this.#datacenter.nodes.find(
          (other) => this.#oracle.nodes.get(other.host.name)?.id === route.nodeId,
        );
        if (next === undefined || hops === 0) refuse();
        else scheduler.after(0, undefined, () => this.#send(next, key, operation, hops - 1, end));
      }
    });
  }

  #execute(
    node: NodeProcess,
    replicas: ReplicaSet,
    key: Key,
    operation: ClientOperation,
    answer: (settle: () => void) => void,
  ): void {
    if (operation.kind === "read") {
      replicas.read(key.slot, key.digest, (outcome) => {
        const version =
          outcome.kind === "read" && outcome.image !== undefined
            ? readVersion(outcome.image.bytes)
            : undefined;
        if (outcome.kind === "refused" && outcome.reason === "unavailable") world().count("lease refused");
        if (outcome.kind === "read") this.#oracle.answers(node.host.name, key.slot, undefined);
        answer(() => {
          operation.outcome = outcome.kind === "read" ? "applied" : "refused";
          operation.token = version?.token;
          operation.generation = version?.generation;
          operation.tombstone = version?.tombstone ?? false;
        });
      });
      return;
    }
    replicas.write({
      slot: key.slot,
      digest: key.digest,
      evaluate: (current, nowVoidTime) => {
        operation.parent = current === undefined ? "" : readVersion(current.bytes).token;
        if (operation.expected !== undefined && current?.generation !== operation.expected) {
          return { write: false };
        }
        const isDelete = operation.kind === "delete";
        return {
          write: true,
          operation: isDelete ? 4 : 2,
          tombstone: isDelete,
          setName: NOTHING,
          userKey: Buffer.from(operation.token ?? "", "latin1"),
          voidTime: isDelete ? 0 : this.#voidTime(nowVoidTime),
          isWhole: isDelete,
          ...(this.#byBins && !isDelete ? oneBinMore(current, operation.token ?? "") : NO_BINS),
        };
      },
      complete: (outcome) => {
        const isDone = outcome.kind === "applied" || outcome.kind === "unwritten";
        if (isDone)
          this.#oracle.answers(
            node.host.name,
            key.slot,
            outcome.kind === "applied" ? operation.token : undefined,
          );
        this.#completed(operation, outcome, answer);
      },
    });
  }

  #completed(operation: ClientOperation, outcome: WriteOutcome, answer: (settle: () => void) => void): void {
    if (outcome.kind === "refused" && outcome.reason === "unavailable") world().count("lease refused");
    if (outcome.kind === "in-doubt") {
      // As good as no answer: the client's own deadline would come to the same.
      world().count("write in doubt");
      return;
    }
    answer(() => {
      if (outcome.kind === "applied") {
        operation.outcome = "applied";
        operation.generation = outcome.generation;
      } else operation.outcome = outcome.kind === "unwritten" ? "mismatch" : "refused";
    });
  }

  #judge(operation: ClientOperation, floor: SeenVersion | undefined, known: Known): void {
    const { kind, outcome, token, key, datacenter } = operation;
    if (outcome !== "applied") return;
    const version = token === undefined ? undefined : this.#oracle.versions.get(token);
    if (token !== undefined && version === undefined) {
      this.#report("DUR", `${datacenter} answered ${kind} of ${key} with ${token}, which no disk has`);
      return;
    }
    const stale =
      version === undefined ? floor !== undefined : isNewer(this.#policy, floor ?? version, version);
    const mustRise = kind !== "read" && floor !== undefined && version?.token === floor.token;
    if (stale || mustRise) {
      this.#report(
        "LIN",
        `${operation.node} of ${datacenter}: ${kind} of ${key} called at ${operation.call.toFixed(1)} shows ${token}, though ${floor?.token} was there before`,
      );
    }
    if (kind !== "read") {
      const rival = known.heirs.get(operation.parent ?? "");
      if (rival !== undefined) {
        this.#report(
          "LIN",
          `${datacenter}: ${rival} and ${token} of ${key} have both replaced ${operation.parent}`,
        );
      }
      known.heirs.set(operation.parent ?? "", token ?? "");
    }
    if (version !== undefined && isNewer(this.#policy, version, known.highest)) known.highest = version;
  }

  #voidTime(now: number): number {
    const { random } = world().scheduler;
    const expires = this.#ttlSeconds > 0 && random.chance(0.5);
    return expires ? now + 1 + random.int(this.#ttlSeconds) : 0;
  }

  #knownOf(key: Key): Known {
    let known = this.#known.get(key.name);
    if (known === undefined) {
      known = { highest: undefined, heirs: new Map() };
      this.#known.set(key.name, known);
    }
    return known;
  }

  #delayMs(): number {
    return 0.2 + 0.6 * world().scheduler.random.next();
  }
}

/**
 * The states that single nodes get into, and what events make of them. A node knows nothing but its own
 * state, so a step is worked out once for many schedules that hold it: by giving a new node the events of
 * the first schedule that led to that state, and then the one in question. What has long not been asked
 * for is forgotten, and worked out again when it is.
 */
import { hash } from "node:crypto";
import { AssertionError } from "../../common/assert.ts";
import { Partition } from "../../node/partition/partition.ts";
import { type LocalEvent, type Output, SmallNode, textOf, type View } from "./exhaustive-node.ts";
import { Recent } from "./exhaustive-recent.ts";
import type { Broken } from "./partition-schedule.ts";

/** So many states and steps are remembered at least: some hundred megabytes. */
const REMEMBERED = 100_000;

/** A node's state: a life and what happened in it, or a disk without a process. */
export interface Local {
  /** Equal digest, equal state, in any process. */
  readonly digest: string;
  readonly index: number;
  readonly boot: number;
  /** Undefined while it is down. */
  readonly view: View | undefined;
  readonly disk: readonly string[];
  /** The disk at the start of this life, and the events since. */
  readonly startDisk: readonly string[];
  readonly events: readonly LocalEvent[];
}

export interface Stepped {
  readonly local: Local;
  readonly outputs: readonly Output[];
  /** A broken invariant, as the core says it. */
  readonly failure: string | undefined;
}

export class Locals {
  readonly #byDigest = new Recent<Local>(REMEMBERED);
  readonly #steps = new Recent<Stepped>(REMEMBERED);
  readonly #broken: Broken;

  constructor(broken: Broken) {
    this.#broken = broken;
  }

  /** A node without a process, which has had `boot` lives. */
  down(index: number, boot: number, disk: readonly string[]): Local {
    const text = `down ${index} ${boot} ${disk.join(" ")}`;
    return this.#intern(text, { index, boot, view: undefined, disk, startDisk: disk, events: [] });
  }
  start({ index, boot, disk }: Local): Local {
    return this.#keep(this.#node(index, boot + 1, disk), disk, []);
  }
  step(local: Local, event: LocalEvent): Stepped {
    const key = `${local.digest} ${eventText(event)}`;
    const known = this.#steps.get(key);
    if (known !== undefined) return known;
    const stepped = this.#workOut(local, event);
    this.#steps.set(key, stepped);
    return stepped;
  }

  #workOut(local: Local, event: LocalEvent): Stepped {
    const node = this.#node(local.index, local.boot, local.startDisk);
    for (const before of local.events) node.step(before);
    try {
      const outputs = node.step(event);
      return {
        local: this.#keep(node, local.startDisk, [...local.events, event]),
        outputs,
        failure: undefined,
      };
    } catch (error) {
      if (!(error instanceof AssertionError)) throw error;
      return { local, outputs: [], failure: error.message };
    }
  }

  #node(index: number, boot: number, disk: readonly string[]): SmallNode {
    const make = this.#broken.makePartition ?? ((...parts) => new Partition(...parts));
    return new SmallNode(index, boot, disk, make, new Set(this.#broken.flaws ?? []));
  }

  #keep(node: SmallNode, startDisk: readonly string[], events: readonly LocalEvent[]): Local {
    const { index, boot, view } = node;
    const text = `up ${index} ${node.fingerprint()}`;
    return this.#intern(text, { index, boot, view, disk: view.disk, startDisk, events });
  }

  #intern(text: string, local: Omit<Local, "digest">): Local {
    const digest = hash("sha1", text, "base64");
    const known = this.#byDigest.get(digest);
    if (known !== undefined) return known;
    const kept = { ...local, digest };
    this.#byDigest.set(digest, kept);
    return kept;
  }
}

/** As JSON, but of what many events share it is worked out once. */
function eventText(event: LocalEvent): string {
  if (event.kind === "map") return `map ${textOf(event.map)}`;
  if (event.kind !== "message") return JSON.stringify(event);
  return `${event.side} ${event.peer} ${textOf(event.message)}`;
}

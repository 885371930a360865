/**
 * The partition core, its shell, or the controller, each made wrong in one way. The simulation must
 * notice every one of them, or its silence about the real core would mean little.
 */
import type { JoinAnswer, JoinRequest } from "../../node/partition/effects.ts";
import { type MemberFacts, Partition } from "../../node/partition/partition.ts";
import type { NodeId, PartitionRow } from "../../proto/cluster-map.ts";
import type { Checker } from "./partition-oracle.ts";
import type { Broken } from "./partition-schedule.ts";

/** I3: takes entries of any epoch, from anybody. */
class TakesAnyEpoch extends Partition {
  override receive(from: NodeId, _epoch: number, first: number, entries: readonly Buffer[]): boolean {
    if (this.mayJoin) this.phase = "following";
    return super.receive(this.primary ?? from, this.epoch, first, entries);
  }
}

/** KIP-101: compares logs by their length alone. */
class TruncatesBySequence extends Partition {
  override joinAsked(from: NodeId, request: JoinRequest, logFirst: number): void {
    const log = { last: request.log.last, history: this.history };
    super.joinAsked(from, { ...request, log }, logFirst);
  }
}

/** R11: a learner is proposed when it asks, not when it has everything. */
class CountsLearnersEarly extends Partition {
  override joinAsked(from: NodeId, request: JoinRequest, logFirst: number): void {
    super.joinAsked(from, request, logFirst);
    const peer = this.peer(from);
    if (peer === undefined || peer.required || peer.state === "probe") return;
    peer.target = 0;
    peer.acked = this.last;
  }
}

/** I5: does not wait for a proposed learner any more once its link breaks. */
class ForgetsProposals extends Partition {
  override peerLost(id: NodeId): void {
    super.peerLost(id);
    const peer = this.peer(id);
    if (peer?.proposedAt === undefined) return;
    peer.required = false;
    peer.proposedAt = undefined;
  }
}

/** I5: waits for a proposed learner whatever the map says of it. */
class NeverForgetsProposals extends Partition {
  override assign(row: PartitionRow, facts: MemberFacts): void {
    super.assign(row, { changedAt: (member) => Math.min(1, facts.changedAt(member)) });
  }
}

/** R8: a new primary serves before its tail is committed again. */
class ServesBeforeCommit extends Partition {
  override promiseOver(epoch: number): void {
    super.promiseOver(epoch);
    if (this.phase === "recovering") this.phase = "serving";
  }
}

/** I8: a join speaks of entries that are not on disk yet. */
class JoinsUnflushed extends Partition {
  override get mayJoin(): boolean {
    return super.mayJoin || (this.phase === "joining" && this.durable !== this.last);
  }
}

/** I6: tells an in-sync peer to give up what it holds, and does so itself. */
class EmptiesInSync extends Partition {
  override joinAsked(from: NodeId, request: JoinRequest, logFirst: number): void {
    const peer = this.peer(from);
    const required = peer?.required === true;
    if (peer !== undefined) peer.required = false;
    super.joinAsked(from, request, logFirst);
    if (peer !== undefined) peer.required ||= required;
  }
  override joinAnswered(from: NodeId, epoch: number, answer: JoinAnswer): void {
    const { role } = this;
    if (role === "replica") this.role = "learner";
    super.joinAnswered(from, epoch, answer);
    this.role = role;
  }
}

/** I10: believes what it knew of a peer from before the peer was off the row. */
class TrustsTheOutdated extends Partition {
  override joinAsked(from: NodeId, request: JoinRequest, logFirst: number): void {
    super.joinAsked(from, { ...request, mapVersion: Number.MAX_SAFE_INTEGER }, logFirst);
  }
}

export interface Mutant {
  readonly name: string;
  readonly broken: Broken;
  /** Checkers that may be the first to notice. */
  readonly caughtBy: readonly Checker[];
  /** Seeds 1 to this one, of which at least one must notice; without it a scenario does. */
  readonly seeds?: number;
}

type MutantClass = new (...parts: ConstructorParameters<typeof Partition>) => Partition;

/** How a mutant of this name is wrong; without a name, not at all. */
export function brokenAs(name: string | undefined): Broken {
  if (name === undefined) return {};
  const mutant = MUTANTS.find((one) => one.name === name);
  if (mutant === undefined) throw new Error(`no mutant ${name}`);
  return mutant.broken;
}

function core(mutant: MutantClass): Broken {
  return { makePartition: (...parts) => new mutant(...parts) };
}

const HELD: readonly Checker[] = [
  "in-sync members hold what is committed",
  "a new primary holds what is committed",
  "committed entries never change",
];

export const MUTANTS: readonly Mutant[] = [
  {
    name: "takes entries of any epoch",
    broken: core(TakesAnyEpoch),
    caughtBy: [...HELD, "no assertion fails"],
  },
  { name: "truncates by sequence only", broken: core(TruncatesBySequence), caughtBy: HELD, seeds: 40 },
  { name: "counts learners early", broken: core(CountsLearnersEarly), caughtBy: HELD, seeds: 40 },
  {
    name: "forgets proposals when the link breaks",
    broken: core(ForgetsProposals),
    caughtBy: HELD,
    seeds: 400,
  },
  {
    name: "never forgets proposals",
    broken: core(NeverForgetsProposals),
    caughtBy: ["everything serves again"],
  },
  {
    name: "serves before its tail is committed",
    broken: core(ServesBeforeCommit),
    caughtBy: ["reads are linearizable"],
    seeds: 120,
  },
  { name: "joins with what is not flushed", broken: core(JoinsUnflushed), caughtBy: HELD, seeds: 200 },
  { name: "empties in-sync replicas", broken: core(EmptiesInSync), caughtBy: HELD, seeds: 20 },
  { name: "trusts what is outdated", broken: core(TrustsTheOutdated), caughtBy: HELD },
  {
    name: "acknowledges before the flush",
    broken: { flaws: ["ack-before-flush"] },
    caughtBy: HELD,
    seeds: 20,
  },
  {
    name: "does not wait for the promise",
    broken: { flaws: ["lease-not-awaited"] },
    caughtBy: ["one node answers"],
    seeds: 150,
  },
  {
    name: "waits for the last predecessor only",
    broken: { flaws: ["one-predecessor-awaited"] },
    caughtBy: ["one node answers"],
  },
  {
    name: "promises nothing to a lagging asker",
    broken: { flaws: ["no-promise-to-older"] },
    caughtBy: ["one node answers"],
  },
  {
    name: "grants leases without a map",
    broken: { flaws: ["grants-without-map"] },
    caughtBy: ["reads are linearizable", "a new primary holds what is committed"],
  },
  {
    name: "truncates without repair",
    broken: { flaws: ["truncate-without-repair"] },
    caughtBy: ["tables of replicas are equal"],
    seeds: 80,
  },
  {
    name: "repairs from what is not flushed",
    broken: { flaws: ["repair-from-unflushed"] },
    caughtBy: ["tables of replicas are equal"],
  },
  {
    name: "copies what is not committed",
    broken: { flaws: ["copies-uncommitted"] },
    caughtBy: ["tables of replicas are equal"],
  },
  {
    name: "matches answers by slot",
    broken: { flaws: ["answers-by-slot"] },
    caughtBy: ["tables of replicas are equal"],
  },
  {
    name: "gives up on a trimmed tail",
    broken: { flaws: ["no-copy-of-trimmed"] },
    caughtBy: ["everything serves again"],
  },
  {
    name: "replaces a connection in silence",
    broken: { flaws: ["silent-replacement"] },
    caughtBy: ["everything serves again"],
  },
  { name: "grants stale asks", broken: { flaws: ["stale-asks-granted"] }, caughtBy: HELD },
  {
    name: "does not void asks of who loses a place",
    broken: { flaws: ["asks-not-fenced"] },
    caughtBy: HELD,
  },
];

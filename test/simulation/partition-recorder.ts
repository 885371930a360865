/** A partition core alone in the hands of a test: its effects are noted, and nothing comes of them. */
import type { Effects, JoinAnswer, JoinRequest } from "../../node/partition/effects.ts";
import { type MemberFacts, Partition } from "../../node/partition/partition.ts";
import type { NodeId, PartitionRow } from "../../proto/cluster-map.ts";
import { EntryKind, encodeEntry, Operation } from "../../proto/entry.ts";

export const SELF = "00000000000000AA";
export const OTHER = "00000000000000BB";
export const THIRD = "00000000000000CC";

export class Recorder implements Effects {
  /** Effects since they were last taken, in order, each as a short text. */
  notes: string[] = [];
  /** The last entry that was to be persisted. */
  persisted: Buffer | undefined;
  /** Called when the core says that it is deposed, as clients' callbacks are. */
  whenDeposed: () => void = () => undefined;

  take(): string[] {
    return this.notes.splice(0);
  }
  persist(_partition: Partition, sequence: number, entry: Buffer): void {
    this.persisted = entry;
    this.notes.push(`persist ${sequence}`);
  }
  replicate(_partition: Partition, peer: NodeId, sequence: number): void {
    this.notes.push(`replicate ${sequence} to ${short(peer)}`);
  }
  catchUp(_partition: Partition, peer: NodeId, sequence: number): void {
    this.notes.push(`catch ${short(peer)} up from ${sequence}`);
  }
  committed(partition: Partition): void {
    this.notes.push(`committed ${partition.committed}`);
  }
  awaitPromise(_partition: Partition, predecessors: readonly NodeId[] | null): void {
    this.notes.push(
      `wait for ${predecessors === null ? "all" : predecessors.map(short).join("+") || "none"}`,
    );
  }
  serving(): void {
    this.notes.push("serve");
  }
  deposed(): void {
    this.notes.push("deposed");
    this.whenDeposed();
  }
  handOver(partition: Partition, successor: NodeId): void {
    this.notes.push(`hand epoch ${partition.epoch} over to ${short(successor)}`);
  }
  join(_partition: Partition, primary: NodeId): void {
    this.notes.push(`join ${short(primary)}`);
  }
  answerJoin(_partition: Partition, peer: NodeId, answer: JoinAnswer): void {
    const to = answer.mode === "truncate" ? ` to ${answer.truncateTo}` : "";
    this.notes.push(`answer ${short(peer)} ${answer.mode}${to}`);
  }
  truncate(_partition: Partition, _primary: NodeId, sequence: number): void {
    this.notes.push(`truncate to ${sequence}`);
  }
  install(): void {
    this.notes.push("install");
  }
  requestInSync(_partition: Partition, peer: NodeId): void {
    this.notes.push(`ask ${short(peer)} in`);
  }
  requestOutOfSync(_partition: Partition, peer: NodeId): void {
    this.notes.push(`ask ${short(peer)} out`);
  }
  drop(): void {
    this.notes.push("drop");
  }
}

function short(id: NodeId): string {
  return id.slice(-1);
}

/** Members that have been there, up, since the first map. */
export const STEADY: MemberFacts = { changedAt: () => 1 };

/** A core with `last` entries of epoch 1 on its disk. */
export function makePartition(last: number): { readonly core: Partition; readonly effects: Recorder } {
  const effects = new Recorder();
  const history = last === 0 ? [] : [{ epoch: 1, firstSequence: 1 }];
  return { core: new Partition(0, SELF, { last, history }, effects), effects };
}

/** A row whose in-sync members are assigned, and `learners` besides. */
export function makeRow(
  epoch: number,
  primary: NodeId | null,
  inSync: readonly NodeId[],
  learners: readonly NodeId[] = [],
): PartitionRow {
  return { epoch, primary, inSync, assigned: [...inSync, ...learners] };
}

export function makeEntry(epoch: number, sequence: number): Buffer {
  return encodeEntry({
    kind: EntryKind.put,
    operation: Operation.update,
    partitionId: 0,
    epoch,
    sequence,
    originId: 0,
    originSequence: 0,
    originLogId: 0,
    image: Buffer.from(`${epoch}/${sequence}`),
  });
}

/** A join of a peer whose log has `last` entries, all of epoch 1 unless said otherwise. */
export function makeJoin(epoch: number, last: number, parts: Partial<JoinRequest> = {}): JoinRequest {
  const history = last === 0 ? [] : [{ epoch: 1, firstSequence: 1 }];
  return { epoch, attempt: 1, mapVersion: 1, log: { last, history }, ...parts };
}

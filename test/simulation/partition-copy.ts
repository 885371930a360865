/**
 * Bringing a peer up to date, both sides, in virtual time: as node/replica/copy-in.ts and
 * copy-out.ts, with small chunks so that every step can be interrupted.
 */
import type { NodeId } from "../../proto/cluster-map.ts";
import { Entry, EntryKind } from "../../proto/entry.ts";
import type { Partition } from "../../node/partition/partition.ts";
import { keyOf } from "./partition-disk.ts";
import type { Answer, Question, SimRecord } from "./partition-messages.ts";
import type { NodeProcess } from "./partition-process.ts";

const COPIES_MAX = 2;
const ANSWER_TIMEOUT_MS = 800;
const CATCH_UP_ENTRIES = 3;
const CHUNK_RECORDS = 2;

interface Expected {
  readonly primary: NodeId;
  readonly done: (answer: Answer | undefined) => void;
}

export class SimCopyIn {
  readonly #process: NodeProcess;
  readonly #queue: (() => void)[] = [];
  readonly #answers = new Map<string, Expected>();
  #running = 0;
  #nextRequestId = 1;

  constructor(process: NodeProcess) {
    this.#process = process;
  }

  get pending(): number {
    return this.#running + this.#queue.length;
  }

  truncate(partition: Partition, primary: NodeId, sequence: number): void {
    this.#enqueue(partition, (done) => this.#truncate(partition, primary, sequence, done));
  }
  install(partition: Partition, primary: NodeId): void {
    this.#enqueue(partition, (done) => this.#install(partition, primary, done));
  }
  drop(partition: Partition): void {
    this.#enqueue(partition, (done) => this.#process.commit.write({ clear: [partition.slot] }, done));
  }
  answered(answer: Answer): void {
    const byRequest = `${answer.requestId}`;
    this.#settle(this.#answers.has(byRequest) ? byRequest : `slot ${answer.slot}`, answer);
  }
  connectionLost(primary: NodeId): void {
    for (const [key, expected] of [...this.#answers]) {
      if (expected.primary === primary) this.#settle(key, undefined);
    }
  }

  #enqueue(partition: Partition, job: (done: () => void) => void): void {
    this.#queue.push(() =>
      job(() => {
        this.#running--;
        const { last, history } = this.#process.disk.slot(partition.slot);
        partition.repaired({ last, history });
        this.#pump();
      }),
    );
    this.#pump();
  }
  #pump(): void {
    while (this.#running < COPIES_MAX) {
      const job = this.#queue.shift();
      if (job === undefined) return;
      this.#running++;
      this.#process.soon(job);
    }
  }

  #truncate(partition: Partition, primary: NodeId, sequence: number, done: () => void): void {
    const { slot, epoch } = partition;
    const { world } = this.#process;
    const dropped = this.#process.disk.slot(slot).read(sequence + 1, Number.POSITIVE_INFINITY);
    if (dropped === undefined) {
      if (world.flaws.has("no-copy-of-trimmed")) done();
      else this.#install(partition, primary, done);
      return;
    }
    const entries = dropped
      .map((bytes) => new Entry(bytes))
      .filter((entry) => entry.kind !== EntryKind.barrier);
    const keys = [...new Set(entries.map(keyOf))];
    const write = (records: readonly SimRecord[]): void => {
      world.count("truncated", dropped.length > 0 ? 1 : 0);
      this.#process.commit.write(
        { truncate: [{ slot, sequence }], records: records.map((record) => ({ slot, ...record })) },
        done,
      );
    };
    if (keys.length === 0 || world.flaws.has("truncate-without-repair")) {
      write([]);
      return;
    }
    const requestId = this.#nextRequestId++;
    this.#ask(primary, { type: "fetch-records", requestId, slot, epoch, keys }, (answer) => {
      if (answer === undefined || answer.failure) done();
      else write(answer.records);
    });
  }

  #install(partition: Partition, primary: NodeId, done: () => void): void {
    const { slot, epoch } = partition;
    const { commit, world } = this.#process;
    const pull = (cursor: number): void => {
      const requestId = this.#nextRequestId++;
      this.#ask(primary, { type: "snapshot-pull", requestId, slot, epoch, cursor }, (answer) => {
        if (answer === undefined || answer.failure) {
          done();
          return;
        }
        const records = answer.records.map((record) => ({ slot, ...record }));
        commit.write({ records }, () => {
          if (!answer.last) {
            pull(answer.cursor);
            return;
          }
          world.count("installed");
          commit.write({ install: [{ slot, state: answer.state, whole: answer.whole }] }, done);
        });
      });
    };
    commit.write({ clear: [slot] }, () => pull(0));
  }

  #ask(primary: NodeId, question: Question, done: (answer: Answer | undefined) => void): void {
    const bySlot = this.#process.world.flaws.has("answers-by-slot") && question.type === "snapshot-pull";
    const key = bySlot ? `slot ${question.slot}` : `${question.requestId}`;
    const expected = { primary, done };
    this.#answers.set(key, expected);
    this.#process.after(ANSWER_TIMEOUT_MS, () => {
      if (this.#answers.get(key) === expected) this.#settle(key, undefined);
    });
    if (!this.#process.sendInbound(primary, question)) this.#settle(key, undefined);
  }
  #settle(key: string, answer: Answer | undefined): void {
    const expected = this.#answers.get(key);
    this.#answers.delete(key);
    expected?.done(answer);
  }
}

interface View {
  readonly peer: NodeId;
  readonly rows: SimRecord[];
  readonly answer: Pick<Answer, "state" | "whole">;
}

interface Held {
  readonly partition: Partition;
  readonly epoch: number;
  readonly sequence: number;
  readonly run: (stands: boolean) => void;
}

const NONE = { applied: [], changes: 0, conflicts: 0 };
const NOTHING = { state: { sequence: 0, epochHistory: [], ...NONE }, whole: [] };

export class SimCopyOut {
  readonly #process: NodeProcess;
  readonly #views = new Map<number, View>();
  /** Answers that show what is not committed yet. */
  #held: Held[] = [];
  #nextCursor = 1;

  constructor(process: NodeProcess) {
    this.#process = process;
  }

  catchUp(partition: Partition, peer: NodeId, sequence: number): void {
    const { epoch, slot } = partition;
    const process = this.#process;
    process.after(process.world.random.between(0, 3), () => {
      const entries = process.disk.slot(slot).read(sequence, CATCH_UP_ENTRIES);
      if (entries === undefined) {
        process.link(peer)?.reset();
        return;
      }
      if (partition.epoch !== epoch || partition.peer(peer)?.state !== "catching-up") return;
      entries.forEach((entry, index) => {
        process.link(peer)?.append(slot, epoch, sequence + index, entry);
      });
      partition.caughtUpTo(peer, epoch, sequence + entries.length - 1);
    });
  }

  /** Something was committed, or a partition is primary no more. */
  pump(): void {
    if (this.#held.length === 0) return;
    const held = this.#held;
    this.#held = [];
    for (const item of held) {
      const stands = item.partition.role === "primary" && item.partition.epoch === item.epoch;
      if (!stands || item.partition.committed >= item.sequence) item.run(stands);
      else this.#held.push(item);
    }
  }

  asked(peer: NodeId, question: Question): void {
    const partition = this.#process.partition(question.slot);
    if (partition.role !== "primary" || partition.epoch !== question.epoch) this.#fail(peer, question);
    else if (question.type === "fetch-records") this.#fetched(peer, question, partition);
    else this.#pulled(peer, question, partition);
  }

  #fetched(
    peer: NodeId,
    question: Question & { readonly type: "fetch-records" },
    partition: Partition,
  ): void {
    const disk = this.#process.disk.slot(question.slot);
    const { flaws } = this.#process.world;
    const careless = flaws.has("repair-from-unflushed") || flaws.has("copies-uncommitted");
    this.#whenCommitted(careless, partition, partition.last, (stood) => {
      if (!stood) {
        this.#fail(peer, question);
        return;
      }
      const rows = question.keys.map((key) => ({ key, value: disk.records.get(key) }));
      this.#whenCommitted(flaws.has("copies-uncommitted"), partition, disk.last, (stands) => {
        if (stands) this.#answer(peer, question, { records: rows });
        else this.#fail(peer, question);
      });
    });
  }

  #pulled(peer: NodeId, question: Question & { readonly type: "snapshot-pull" }, partition: Partition): void {
    if (question.cursor !== 0) {
      this.#chunk(peer, question, question.cursor);
      return;
    }
    const { records, last, history, whole } = this.#process.disk.slot(question.slot);
    const cursor = this.#nextCursor++;
    const rows = [...records].map(([key, value]) => ({ key, value }));
    const state = { sequence: last, epochHistory: [...history], ...NONE };
    this.#views.set(cursor, { peer, rows, answer: { state, whole: [...whole] } });
    const careless = this.#process.world.flaws.has("copies-uncommitted");
    this.#whenCommitted(careless, partition, last, (stands) => {
      if (stands) this.#chunk(peer, question, cursor);
      else this.#fail(peer, question);
    });
  }

  #chunk(peer: NodeId, question: Question, cursor: number): void {
    const view = this.#views.get(cursor);
    if (view === undefined) {
      this.#fail(peer, question);
      return;
    }
    const records = view.rows.splice(0, CHUNK_RECORDS);
    const answer = { ...view.answer, records, cursor, last: records.length === 0 };
    this.#process.after(this.#process.world.random.between(0, 4), () => this.#answer(peer, question, answer));
  }

  #whenCommitted(
    careless: boolean,
    partition: Partition,
    sequence: number,
    run: (stands: boolean) => void,
  ): void {
    if (careless) run(true);
    else {
      this.#held.push({ partition, epoch: partition.epoch, sequence, run });
      this.pump();
    }
  }

  #answer(peer: NodeId, question: Question, parts: Partial<Answer>): void {
    const { requestId, slot } = question;
    const link = this.#process.link(peer);
    const head = { type: "answer", requestId, slot, failure: false, cursor: 0, last: true } as const;
    link?.send({ ...head, records: [], ...NOTHING, ...parts });
  }
  #fail(peer: NodeId, question: Question): void {
    this.#answer(peer, question, { failure: true });
  }
}

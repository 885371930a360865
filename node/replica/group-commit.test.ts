/**
 * Proves what goes to the disk together and what does not: entries and jobs of different slots share a
 * flush; what meets on one slot keeps the order of the calls.
 */
import { expect, test } from "vitest";
import { makeEntry, makePartition } from "../../test/simulation/partition-recorder.ts";
import type { Partition } from "../partition/partition.ts";
import type { Storage, StorageGroup } from "../store/storage.ts";
import { GroupCommit } from "./group-commit.ts";

interface Scene {
  readonly commit: GroupCommit;
  readonly groups: StorageGroup[];
  /** The disk has the group that it writes now. */
  flush(): Promise<void>;
  readonly partition: Partition;
}

function scene(): Scene {
  const groups: StorageGroup[] = [];
  let flushed = Promise.withResolvers<void>();
  const storage: Pick<Storage, "write"> = {
    write: (group) => {
      groups.push(group);
      return flushed.promise;
    },
  };
  const commit = new GroupCommit(storage, (error) => {
    throw error;
  });
  const flush = async (): Promise<void> => {
    const { resolve } = flushed;
    flushed = Promise.withResolvers();
    resolve();
    await turn();
  };
  return { commit, groups, flush, partition: makePartition(1).core };
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

test("a map, cut and cleared slots, and entries of others are one flush", async () => {
  const { commit, groups, flush, partition } = scene();
  const done: string[] = [];
  const note = (what: string) => () => done.push(what);
  void commit.write({ meta: [{ key: "map", value: Buffer.from("1") }] }).then(note("map"));
  commit.append(partition, 1, makeEntry(1, 1));
  void commit.write({ truncate: [{ slot: partition.slot + 1, sequence: 4 }] }).then(note("cut"));
  void commit.write({ clear: [partition.slot + 2] }).then(note("cleared"));
  commit.afterwards(note("afterwards"));
  await turn();
  expect(groups).toHaveLength(1);
  expect(groups[0]).toMatchObject({
    clear: [partition.slot + 2],
    truncate: [{ slot: partition.slot + 1, sequence: 4 }],
    meta: [{ key: "map" }],
  });
  expect(groups[0]?.entries).toHaveLength(1);
  expect(done).toEqual([]);
  await flush();
  expect(done.toSorted()).toEqual(["afterwards", "cleared", "cut", "map"]);
});

test("a job that meets entries or a job of its slot goes down after them", async () => {
  const { commit, groups, flush, partition } = scene();
  const { slot } = partition;
  commit.append(partition, 1, makeEntry(1, 1));
  void commit.write({ truncate: [{ slot, sequence: 0 }] });
  void commit.write({
    install: [{ slot, state: { sequence: 0, epochHistory: [], applied: [], changes: 0, conflicts: 0 } }],
  });
  await turn();
  await flush();
  await flush();
  await flush();
  expect(groups.map(({ entries = [], truncate = [], install = [] }) => [entries, truncate, install])).toEqual(
    [
      [[expect.anything()], [], []],
      [[], [{ slot, sequence: 0 }], []],
      [[], [], [expect.anything()]],
    ],
  );
});

test("entries after a job of their slot share its group: the storage puts them behind it", async () => {
  const { commit, groups, partition } = scene();
  void commit.write({ clear: [partition.slot] });
  commit.append(partition, 1, makeEntry(1, 1));
  await turn();
  expect(groups).toMatchObject([{ clear: [partition.slot] }]);
  expect(groups[0]?.entries).toHaveLength(1);
});

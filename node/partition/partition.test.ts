/**
 * Proves single rules of the partition core, each by the few events that bring it out. Whole states
 * are in transitions.test.ts, interplay in test/simulation/.
 */
import { describe, expect, test } from "vitest";
import {
  makeEntry,
  makeJoin,
  makePartition,
  makeRow,
  OTHER,
  type Recorder,
  SELF,
  STEADY,
  THIRD,
} from "../../test/simulation/partition-recorder.ts";
import type { MemberFacts, Partition } from "./partition.ts";

/** Primary of epoch 2, serving, with B in sync and C learning; four entries, all committed. */
function serving(): { readonly core: Partition; readonly effects: Recorder } {
  const subject = makePartition(3);
  const { core, effects } = subject;
  core.assign(makeRow(2, SELF, [SELF, OTHER], [THIRD]), STEADY);
  core.promiseOver(2);
  core.joinAsked(OTHER, makeJoin(2, 3), 1);
  core.persisted(4);
  core.acked(OTHER, 2, 4);
  expect(core.serving).toBe(true);
  effects.take();
  return subject;
}

function append(core: Partition): void {
  core.append(makeEntry(core.epoch, core.last + 1));
}

/** Everybody has been there since the first map, but `member`, which changed in `version`. */
function changed(member: string, version: number): MemberFacts {
  return { changedAt: (id) => (id === member ? version : 1) };
}

describe("I1: rows and epochs only go forward", () => {
  test("a lower epoch is a broken invariant", () => {
    const { core } = makePartition(0);
    core.assign(makeRow(3, OTHER, [OTHER]), STEADY);
    expect(() => core.assign(makeRow(2, OTHER, [OTHER]), STEADY)).toThrow("epochs only rise");
  });
  test("what was meant for another epoch is nothing", () => {
    const { core, effects } = serving();
    append(core);
    effects.take();
    core.promiseOver(1);
    core.acked(OTHER, 1, 5);
    core.caughtUpTo(OTHER, 1, 5);
    core.joinAsked(OTHER, makeJoin(1, 3), 1);
    expect(effects.take()).toEqual([]);
  });
});

describe("I2: committed is on all required disks", () => {
  test("neither the own flush nor a peer's alone commits", () => {
    const { core, effects } = serving();
    append(core);
    core.acked(OTHER, 2, 5);
    expect(core.committed).toBe(4);
    effects.take();
    core.persisted(5);
    expect(effects.take()).toEqual(["committed 5"]);
  });
  test("a member counted out by the map is not waited for", () => {
    const { core } = serving();
    append(core);
    core.persisted(5);
    expect(core.committed).toBe(4);
    core.assign(makeRow(2, SELF, [SELF]), STEADY);
    expect(core.committed).toBe(5);
  });
  test("a peer cannot acknowledge what it was not sent", () => {
    const { core } = serving();
    expect(() => core.acked(OTHER, 2, 9)).toThrow("acknowledges only what it was sent");
  });
});

describe("I3: a log grows by the primary's entries, one after the other", () => {
  test("what is here already is skipped, the rest taken", () => {
    const { core, effects } = makePartition(3);
    core.assign(makeRow(2, OTHER, [OTHER, SELF]), STEADY);
    core.joinAnswered(OTHER, 2, { mode: "log", truncateTo: 0, attempt: core.attempt });
    effects.take();
    const sent = [makeEntry(1, 3), makeEntry(2, 4), makeEntry(2, 5)];
    expect(core.receive(OTHER, 2, 3, sent)).toBe(true);
    expect(effects.take()).toEqual(["persist 4", "persist 5"]);
    expect(core.receive(OTHER, 2, 4, sent.slice(1))).toBe(true);
    expect(core.last).toBe(5);
  });
  test("a gap, another sender, another epoch are refused", () => {
    for (const [from, epoch, first] of [
      [OTHER, 2, 5],
      [THIRD, 2, 4],
      [OTHER, 1, 4],
    ] as const) {
      const { core } = makePartition(3);
      core.assign(makeRow(2, OTHER, [OTHER, SELF]), STEADY);
      core.joinAnswered(OTHER, 2, { mode: "log", truncateTo: 0, attempt: core.attempt });
      expect(core.receive(from, epoch, first, [makeEntry(epoch, first)])).toBe(false);
      expect(core.phase).toBe("joining");
    }
  });
  describe("who waits to serve", () => {
    function waiting(epoch = 3): ReturnType<typeof makePartition> {
      const subject = makePartition(3);
      const { core, effects } = subject;
      core.assign(makeRow(2, OTHER, [OTHER, SELF]), STEADY);
      core.joinAnswered(OTHER, 2, { mode: "log", truncateTo: 0, attempt: core.attempt });
      core.assign(makeRow(epoch, SELF, [OTHER, SELF]), STEADY);
      effects.take();
      return subject;
    }
    test("takes what its predecessor still sends, and puts its barrier behind it", () => {
      const { core, effects } = waiting();
      expect(core.receive(OTHER, 2, 4, [makeEntry(2, 4)])).toBe(true);
      core.promiseOver(3);
      expect(effects.take()).toEqual(["persist 4", "persist 5", "answer B again"]);
      expect(core.history.at(-1)).toEqual({ epoch: 3, firstSequence: 5 });
    });
    test("takes nothing once it waits no more", () => {
      const { core } = waiting();
      core.promiseOver(3);
      expect(core.receive(OTHER, 2, 4, [makeEntry(2, 4)])).toBe(false);
    });
    test("takes nothing of another, of a stream with a gap, or of one that broke", () => {
      expect(waiting().core.receive(THIRD, 2, 4, [makeEntry(2, 4)])).toBe(false);
      expect(waiting().core.receive(OTHER, 2, 5, [makeEntry(2, 5)])).toBe(false);
      const { core } = waiting();
      core.primaryLost(OTHER);
      expect(core.receive(OTHER, 2, 4, [makeEntry(2, 4)])).toBe(false);
    });
    test("takes nothing of a primary after which there was another", () => {
      expect(waiting(4).core.receive(OTHER, 2, 4, [makeEntry(2, 4)])).toBe(false);
    });
  });
  test("a peer that catches up gets every entry once, the last ones from memory", () => {
    const { core, effects } = serving();
    append(core);
    effects.take();
    core.joinAsked(THIRD, makeJoin(2, 2), 1);
    expect(effects.take()).toEqual(["answer C log", "catch C up from 3"]);
    core.caughtUpTo(THIRD, 2, 3);
    expect(effects.take()).toEqual(["catch C up from 4"]);
    core.caughtUpTo(THIRD, 2, 4);
    expect(effects.take()).toEqual(["replicate 5 to C"]);
  });
});

describe("I4 and I5: a learner counts from its proposal to its grant or its death", () => {
  function proposing(): ReturnType<typeof serving> {
    const subject = serving();
    const { core, effects } = subject;
    core.joinAsked(THIRD, makeJoin(2, 3), 1);
    core.caughtUpTo(THIRD, 2, 4);
    core.acked(THIRD, 2, 4);
    expect(effects.take()).toContain("ask C in");
    core.proposed(THIRD, 7);
    return subject;
  }
  test("it is needed at once", () => {
    const { core } = proposing();
    expect(core.required).toEqual([OTHER, THIRD]);
    expect([...core.proposedPeers()]).toEqual([THIRD]);
  });
  test("a broken link changes nothing of that", () => {
    const { core } = proposing();
    core.peerLost(THIRD);
    core.assign(makeRow(2, SELF, [SELF, OTHER], [THIRD]), STEADY);
    expect(core.required).toEqual([OTHER, THIRD]);
  });
  test("nor does being taken off the row, until its asks are void", () => {
    const { core } = proposing();
    core.assign(makeRow(2, SELF, [SELF, OTHER]), STEADY);
    expect(core.required).toEqual([OTHER, THIRD]);
    core.assign(makeRow(2, SELF, [SELF, OTHER]), changed(THIRD, 8));
    expect(core.required).toEqual([OTHER]);
  });
  test("the map that shows it changed or down ends the waiting", () => {
    for (const version of [8, Number.POSITIVE_INFINITY]) {
      const { core } = proposing();
      core.assign(makeRow(2, SELF, [SELF, OTHER], [THIRD]), changed(THIRD, version));
      expect(core.required).toEqual([OTHER]);
    }
  });
  test("one that is down is not proposed", () => {
    const { core, effects } = serving();
    core.joinAsked(THIRD, makeJoin(2, 3), 1);
    core.assign(makeRow(2, SELF, [SELF, OTHER], [THIRD]), changed(THIRD, Number.POSITIVE_INFINITY));
    core.caughtUpTo(THIRD, 2, 4);
    core.acked(THIRD, 2, 4);
    expect(effects.take()).not.toContain("ask C in");
  });
});

describe("I6: an in-sync peer gives nothing up", () => {
  test("neither a longer log nor a trimmed one is answered: it is asked out", () => {
    for (const [last, logFirst] of [
      [9, 1],
      [1, 4],
    ] as const) {
      const { core, effects } = serving();
      core.joinAsked(OTHER, makeJoin(2, last), logFirst);
      expect(effects.take()).toEqual(["ask B out"]);
    }
  });
  test("a replica ignores an order to", () => {
    const { core, effects } = makePartition(3);
    core.assign(makeRow(2, OTHER, [OTHER, SELF]), STEADY);
    effects.take();
    core.joinAnswered(OTHER, 2, { mode: "snapshot", truncateTo: 0, attempt: core.attempt });
    expect(effects.take()).toEqual([]);
  });
});

test("I7: a learner counts only with everything that was there when it joined", () => {
  const { core, effects } = serving();
  append(core);
  append(core);
  core.joinAsked(THIRD, makeJoin(2, 3), 1);
  core.caughtUpTo(THIRD, 2, 4);
  core.acked(THIRD, 2, 5);
  expect(core.committed).toBe(4);
  expect(effects.take()).not.toContain("ask C in");
  core.acked(THIRD, 2, 6);
  expect(effects.take()).toContain("ask C in");
});

describe("I8: a join speaks of what is on disk, and one answer belongs to it", () => {
  test("none is sent while entries are not flushed; the flush sends it", () => {
    const { core, effects } = makePartition(3);
    core.assign(makeRow(2, OTHER, [OTHER, SELF]), STEADY);
    core.joinAnswered(OTHER, 2, { mode: "log", truncateTo: 0, attempt: core.attempt });
    core.receive(OTHER, 2, 4, [makeEntry(2, 4)]);
    effects.take();
    core.primaryLost(OTHER);
    core.tick();
    expect(core.mayJoin).toBe(false);
    expect(effects.take()).toEqual([]);
    core.persisted(4);
    expect(effects.take()).toEqual(["join B"]);
  });
  test("a join that comes while the primary waits is answered when it serves, unless the link broke", () => {
    for (const [breaks, answer] of [
      [false, "answer B log"],
      [true, "answer B again"],
    ] as const) {
      const { core, effects } = makePartition(3);
      core.assign(makeRow(2, SELF, [SELF, OTHER]), STEADY);
      core.joinAsked(OTHER, makeJoin(2, 3), 1);
      if (breaks) core.peerLost(OTHER);
      effects.take();
      core.promiseOver(2);
      expect(effects.take()).toContain(answer);
    }
  });
  test("an answer to an earlier join is void", () => {
    const { core } = makePartition(3);
    core.assign(makeRow(2, OTHER, [OTHER, SELF]), STEADY);
    const earlier = core.attempt;
    core.retryJoin();
    core.joinAnswered(OTHER, 2, { mode: "log", truncateTo: 0, attempt: earlier });
    expect(core.phase).toBe("joining");
  });
  test("repeats become rare, so that a slow answer can be the latest one's", () => {
    const { core, effects } = makePartition(3);
    core.assign(makeRow(2, OTHER, [OTHER, SELF]), STEADY);
    effects.take();
    for (let ticks = 0; ticks < 50; ticks++) core.tick();
    expect(effects.take().length).toBeLessThan(12);
  });
  test("what a peer says when it joins replaces what it acknowledged", () => {
    const { core } = serving();
    core.joinAsked(OTHER, makeJoin(2, 2), 1);
    expect(core.peer(OTHER)?.acked).toBe(2);
  });
});

describe("I9: everybody who may still serve is waited for", () => {
  function follow(epochs: readonly (string | null)[]): string[] {
    const { core, effects } = makePartition(3);
    epochs.forEach((primary, index) => {
      core.assign(makeRow(index + 1, primary, [SELF, OTHER, THIRD]), STEADY);
    });
    return effects.take().filter((note) => note.startsWith("wait"));
  }
  test("the one before, when its own entries are here", () => {
    expect(follow([OTHER, SELF])).toEqual(["wait for B"]);
  });
  test("all of a chain", () => {
    expect(follow([OTHER, THIRD, SELF])).toEqual(["wait for B+C"]);
    expect(follow([OTHER, null, THIRD, null, SELF])).toEqual(["wait for B+C"]);
  });
  test("nobody but oneself", () => {
    expect(follow([SELF, SELF])).toEqual(["wait for all", "wait for none"]);
  });
  test("anybody, when an epoch was not seen", () => {
    const { core, effects } = makePartition(3);
    core.assign(makeRow(1, OTHER, [SELF, OTHER]), STEADY);
    core.assign(makeRow(3, SELF, [SELF, OTHER]), STEADY);
    expect(effects.take()).toContain("wait for all");
  });
  test("an entry of an epoch settles those before it", () => {
    const { core, effects } = makePartition(3);
    core.assign(makeRow(1, OTHER, [SELF, OTHER, THIRD]), STEADY);
    core.assign(makeRow(2, THIRD, [SELF, THIRD]), STEADY);
    core.joinAnswered(THIRD, 2, { mode: "log", truncateTo: 0, attempt: core.attempt });
    core.receive(THIRD, 2, 4, [makeEntry(2, 4)]);
    core.assign(makeRow(3, SELF, [SELF, THIRD]), STEADY);
    expect(effects.take()).toContain("wait for C");
  });
  test("only a direct predecessor that served hands over", () => {
    const { core, effects } = serving();
    core.assign(makeRow(4, OTHER, [SELF, OTHER]), STEADY);
    expect(effects.take().filter((note) => note.startsWith("hand"))).toEqual([]);
    const direct = serving();
    direct.core.assign(makeRow(3, OTHER, [SELF, OTHER]), STEADY);
    expect(direct.effects.take()).toContain("hand epoch 3 over to B");
  });
  test("nothing is served from within the callback that ends it", () => {
    const { core, effects } = serving();
    let seen: boolean | undefined;
    effects.whenDeposed = () => {
      seen = core.serving;
    };
    core.assign(makeRow(3, OTHER, [SELF, OTHER]), STEADY);
    expect(seen).toBe(false);
  });
});

describe("I10: what is known of a peer is void once its place has changed", () => {
  test("it is asked to join again before it can be proposed", () => {
    const { core, effects } = serving();
    core.joinAsked(THIRD, makeJoin(2, 3), 1);
    core.caughtUpTo(THIRD, 2, 4);
    effects.take();
    core.assign(makeRow(2, SELF, [SELF, OTHER], [THIRD]), changed(THIRD, 5));
    expect(effects.take()).toEqual(["answer C again"]);
    core.acked(THIRD, 2, 4);
    expect(effects.take()).toEqual([]);
  });
  test("a join from before the change is nothing", () => {
    const { core, effects } = serving();
    core.assign(makeRow(2, SELF, [SELF, OTHER], [THIRD]), changed(THIRD, 5));
    effects.take();
    core.joinAsked(THIRD, makeJoin(2, 4, { mapVersion: 4 }), 1);
    expect(effects.take()).toEqual([]);
    core.joinAsked(THIRD, makeJoin(2, 3, { mapVersion: 5 }), 1);
    expect(effects.take()).toContain("answer C log");
  });
});

test("I11: a new primary serves once its whole tail is committed again", () => {
  const { core, effects } = makePartition(3);
  core.assign(makeRow(2, SELF, [SELF, OTHER]), STEADY);
  core.promiseOver(2);
  core.persisted(4);
  core.joinAsked(OTHER, makeJoin(2, 2), 1);
  core.acked(OTHER, 2, 3);
  expect(core.serving).toBe(false);
  effects.take();
  core.acked(OTHER, 2, 4);
  expect(effects.take()).toEqual(["serve", "committed 4"]);
});

test("I10: an in-sync peer may join whatever the facts say, which may be of an older map", () => {
  const { core, effects } = makePartition(3);
  const down = changed(OTHER, Number.POSITIVE_INFINITY);
  core.assign(makeRow(2, SELF, [SELF, OTHER]), down);
  core.promiseOver(2);
  effects.take();
  core.joinAsked(OTHER, makeJoin(2, 3), 1);
  expect(effects.take()).toContain("answer B log");
});

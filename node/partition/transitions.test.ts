/**
 * Proves what each event does in each state: a total table, so that a new state or event cannot be
 * forgotten. A cell says the state afterwards, if it is another, and the effects. SPEC.md explains it.
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
import { AssertionError } from "../../common/assert.ts";
import type { Partition } from "./partition.ts";

type Subject = ReturnType<typeof makePartition>;
type Mode = "log" | "truncate" | "snapshot" | "again";

/** Epoch 2; three entries of epoch 1 on disk; C is in sync with the primary, which is A or B. */
const AS_PRIMARY = makeRow(2, SELF, [SELF, THIRD], [OTHER]);
const AS_REPLICA = makeRow(2, OTHER, [OTHER, SELF]);
const AS_LEARNER = makeRow(2, OTHER, [OTHER], [SELF]);
const OFF = makeRow(2, OTHER, [OTHER, THIRD]);

function assigned(row: typeof AS_PRIMARY): Subject {
  const subject = makePartition(3);
  subject.core.assign(row, STEADY);
  return subject;
}
function answer(core: Partition, mode: Mode): void {
  core.joinAnswered(OTHER, 2, { mode, truncateTo: 2, attempt: core.attempt });
}
function answered(row: typeof AS_PRIMARY, mode: Mode): Subject {
  const subject = assigned(row);
  answer(subject.core, mode);
  return subject;
}

const STATES = {
  "none, empty": () => {
    const subject = makePartition(0);
    subject.core.assign(OFF, STEADY);
    return subject;
  },
  "none, dropping": () => assigned(OFF),
  waiting: () => assigned(AS_PRIMARY),
  recovering: () => {
    const subject = assigned(AS_PRIMARY);
    subject.core.promiseOver(2);
    return subject;
  },
  serving: () => {
    const subject = assigned(AS_PRIMARY);
    subject.core.promiseOver(2);
    subject.core.joinAsked(THIRD, makeJoin(2, 3), 1);
    subject.core.acked(THIRD, 2, 4);
    subject.core.persisted(4);
    return subject;
  },
  "replica, joining": () => assigned(AS_REPLICA),
  "replica, following": () => answered(AS_REPLICA, "log"),
  "learner, joining": () => assigned(AS_LEARNER),
  "learner, following": () => answered(AS_LEARNER, "log"),
  truncating: () => answered(AS_LEARNER, "truncate"),
  installing: () => answered(AS_LEARNER, "snapshot"),
  "joining, still repairing": () => {
    const subject = answered(AS_LEARNER, "truncate");
    subject.core.assign(makeRow(3, OTHER, [OTHER], [SELF]), STEADY);
    return subject;
  },
} satisfies Record<string, () => Subject>;

const EVENTS = {
  "same row": (core) => core.assign(rowOf(core), STEADY),
  "made primary": (core) => core.assign(makeRow(core.epoch + 1, SELF, [SELF, OTHER]), STEADY),
  "made replica of another": (core) => core.assign(makeRow(core.epoch + 1, THIRD, [THIRD, SELF]), STEADY),
  "made learner of another": (core) => core.assign(makeRow(core.epoch + 1, THIRD, [THIRD], [SELF]), STEADY),
  "primary lost": (core) => core.assign(makeRow(core.epoch + 1, null, [SELF]), STEADY),
  "taken off": (core) => core.assign(makeRow(core.epoch + 1, THIRD, [THIRD]), STEADY),
  "promise over": (core) => core.promiseOver(core.epoch),
  "B asks to join": (core) => core.joinAsked(OTHER, makeJoin(core.epoch, 2), 1),
  "B with a longer log asks": (core) => core.joinAsked(OTHER, makeJoin(core.epoch, 9), 1),
  "C acknowledges": (core) => core.acked(THIRD, core.epoch, core.last),
  "link to C lost": (core) => core.peerLost(THIRD),
  "entry arrives": (core) => core.receive(OTHER, core.epoch, core.last + 1, [makeEntry(2, core.last + 1)]),
  "entry again": (core) => core.receive(OTHER, core.epoch, core.last, [makeEntry(1, core.last)]),
  "entry with a gap": (core) => core.receive(OTHER, core.epoch, core.last + 2, [makeEntry(2, core.last + 2)]),
  "entry of an old epoch": (core) => core.receive(OTHER, 1, core.last + 1, [makeEntry(1, core.last + 1)]),
  "connection of B lost": (core) => core.primaryLost(OTHER),
  "time to ask": (core) => {
    for (let tick = 0; tick < 2; tick++) core.tick();
  },
  "answer: log": (core) => answer(core, "log"),
  "answer: truncate": (core) => answer(core, "truncate"),
  "answer: snapshot": (core) => answer(core, "snapshot"),
  "asked to join again": (core) => answer(core, "again"),
  flushed: (core) => core.persisted(core.last),
} satisfies Record<string, (core: Partition) => unknown>;

type State = keyof typeof STATES;
type Event = keyof typeof EVENTS;

function rowOf(core: Partition): typeof AS_PRIMARY {
  if (core.role === "primary") return AS_PRIMARY;
  if (core.role === "replica") return AS_REPLICA;
  return core.role === "learner" ? { ...AS_LEARNER, epoch: core.epoch } : OFF;
}

function nameOf(core: Partition): string {
  return `${core.role} ${core.phase}`;
}

function step(state: State, event: Event): string {
  const { core, effects }: { core: Partition; effects: Recorder } = STATES[state]();
  const before = nameOf(core);
  effects.take();
  try {
    EVENTS[event](core);
  } catch (error) {
    if (error instanceof AssertionError) return error.message;
    throw error;
  }
  const after = nameOf(core);
  return [after === before ? "" : `→ ${after}`, effects.take().join(", ")].filter(Boolean).join(": ");
}

/** The core refuses to go on: the controller has broken its rules. */
const BROKEN = "invariant broken: only who holds everything is made primary";

const TABLE: Record<State, Record<Event, string>> = {
  "none, empty": {
    "same row": "",
    "made primary": "→ primary waiting: wait for all",
    "made replica of another": "→ replica joining: join C",
    "made learner of another": "→ learner joining: join C",
    "primary lost": "→ replica joining",
    "taken off": "",
    "promise over": "",
    "B asks to join": "",
    "B with a longer log asks": "",
    "C acknowledges": "",
    "link to C lost": "",
    "entry arrives": "",
    "entry again": "",
    "entry with a gap": "",
    "entry of an old epoch": "",
    "connection of B lost": "",
    "time to ask": "",
    "answer: log": "",
    "answer: truncate": "",
    "answer: snapshot": "",
    "asked to join again": "",
    flushed: "",
  },
  "none, dropping": {
    "same row": "",
    "made primary": BROKEN,
    "made replica of another": "→ replica joining",
    "made learner of another": "→ learner joining",
    "primary lost": "→ replica joining",
    "taken off": "",
    "promise over": "",
    "B asks to join": "",
    "B with a longer log asks": "",
    "C acknowledges": "",
    "link to C lost": "",
    "entry arrives": "",
    "entry again": "",
    "entry with a gap": "",
    "entry of an old epoch": "",
    "connection of B lost": "",
    "time to ask": "",
    "answer: log": "",
    "answer: truncate": "",
    "answer: snapshot": "",
    "asked to join again": "",
    flushed: "",
  },
  waiting: {
    "same row": "",
    "made primary": "deposed, wait for all",
    "made replica of another": "→ replica joining: deposed, join C",
    "made learner of another": "→ learner joining: deposed, join C",
    "primary lost": "→ replica joining: deposed",
    "taken off": "→ none idle: deposed, drop",
    "promise over": "→ primary recovering: persist 4, answer C again, answer B again",
    "B asks to join": "",
    "B with a longer log asks": "",
    "C acknowledges": "",
    "link to C lost": "",
    "entry arrives": "",
    "entry again": "",
    "entry with a gap": "",
    "entry of an old epoch": "",
    "connection of B lost": "",
    "time to ask": "",
    "answer: log": "",
    "answer: truncate": "",
    "answer: snapshot": "",
    "asked to join again": "",
    flushed: "",
  },
  recovering: {
    "same row": "answer B again",
    "made primary": "→ primary waiting: deposed, wait for none",
    "made replica of another": "→ replica joining: deposed",
    "made learner of another": "→ learner joining: deposed",
    "primary lost": "→ replica joining: deposed",
    "taken off": "→ none idle: deposed, drop",
    "promise over": "",
    "B asks to join": "answer B log, catch B up from 3",
    "B with a longer log asks": "answer B truncate to 3",
    "C acknowledges": "committed 3",
    "link to C lost": "",
    "entry arrives": "",
    "entry again": "",
    "entry with a gap": "",
    "entry of an old epoch": "",
    "connection of B lost": "",
    "time to ask": "",
    "answer: log": "",
    "answer: truncate": "",
    "answer: snapshot": "",
    "asked to join again": "",
    flushed: "",
  },
  serving: {
    "same row": "answer B again",
    "made primary": "→ primary waiting: deposed, wait for none",
    "made replica of another": "→ replica joining: deposed, hand epoch 3 over to C, join C",
    "made learner of another": "→ learner joining: deposed, hand epoch 3 over to C, join C",
    "primary lost": "→ replica joining: deposed",
    "taken off": "→ none idle: deposed, hand epoch 3 over to C, drop",
    "promise over": "",
    "B asks to join": "answer B log, catch B up from 3",
    "B with a longer log asks": "answer B truncate to 3",
    "C acknowledges": "",
    "link to C lost": "",
    "entry arrives": "",
    "entry again": "",
    "entry with a gap": "",
    "entry of an old epoch": "",
    "connection of B lost": "",
    "time to ask": "",
    "answer: log": "",
    "answer: truncate": "",
    "answer: snapshot": "",
    "asked to join again": "",
    flushed: "",
  },
  "replica, joining": {
    "same row": "",
    "made primary": "→ primary waiting: wait for all",
    "made replica of another": "join C",
    "made learner of another": "→ learner joining: join C",
    "primary lost": "",
    "taken off": "→ none idle: drop",
    "promise over": "",
    "B asks to join": "",
    "B with a longer log asks": "",
    "C acknowledges": "",
    "link to C lost": "",
    "entry arrives": "",
    "entry again": "",
    "entry with a gap": "",
    "entry of an old epoch": "",
    "connection of B lost": "",
    "time to ask": "join B",
    "answer: log": "→ replica following",
    "answer: truncate": "",
    "answer: snapshot": "",
    "asked to join again": "join B",
    flushed: "",
  },
  "replica, following": {
    "same row": "",
    "made primary": "→ primary waiting: wait for all",
    "made replica of another": "→ replica joining: join C",
    "made learner of another": "→ learner joining: join C",
    "primary lost": "→ replica joining",
    "taken off": "→ none idle: drop",
    "promise over": "",
    "B asks to join": "",
    "B with a longer log asks": "",
    "C acknowledges": "",
    "link to C lost": "",
    "entry arrives": "persist 4",
    "entry again": "",
    "entry with a gap": "→ replica joining: join B",
    "entry of an old epoch": "→ replica joining: join B",
    "connection of B lost": "→ replica joining: join B",
    "time to ask": "",
    "answer: log": "",
    "answer: truncate": "",
    "answer: snapshot": "",
    "asked to join again": "→ replica joining: join B",
    flushed: "",
  },
  "learner, joining": {
    "same row": "",
    "made primary": "→ primary waiting: wait for all",
    "made replica of another": "→ replica joining: join C",
    "made learner of another": "join C",
    "primary lost": "→ replica joining",
    "taken off": "→ none idle: drop",
    "promise over": "",
    "B asks to join": "",
    "B with a longer log asks": "",
    "C acknowledges": "",
    "link to C lost": "",
    "entry arrives": "",
    "entry again": "",
    "entry with a gap": "",
    "entry of an old epoch": "",
    "connection of B lost": "",
    "time to ask": "join B",
    "answer: log": "→ learner following",
    "answer: truncate": "→ learner truncating: truncate to 2",
    "answer: snapshot": "→ learner installing: install",
    "asked to join again": "join B",
    flushed: "",
  },
  "learner, following": {
    "same row": "",
    "made primary": "→ primary waiting: wait for all",
    "made replica of another": "→ replica joining: join C",
    "made learner of another": "→ learner joining: join C",
    "primary lost": "→ replica joining",
    "taken off": "→ none idle: drop",
    "promise over": "",
    "B asks to join": "",
    "B with a longer log asks": "",
    "C acknowledges": "",
    "link to C lost": "",
    "entry arrives": "persist 4",
    "entry again": "",
    "entry with a gap": "→ learner joining: join B",
    "entry of an old epoch": "→ learner joining: join B",
    "connection of B lost": "→ learner joining: join B",
    "time to ask": "",
    "answer: log": "",
    "answer: truncate": "",
    "answer: snapshot": "",
    "asked to join again": "→ learner joining: join B",
    flushed: "",
  },
  truncating: {
    "same row": "",
    "made primary": BROKEN,
    "made replica of another": "→ replica joining",
    "made learner of another": "→ learner joining",
    "primary lost": "→ replica joining",
    "taken off": "→ none idle",
    "promise over": "",
    "B asks to join": "",
    "B with a longer log asks": "",
    "C acknowledges": "",
    "link to C lost": "",
    "entry arrives": "",
    "entry again": "",
    "entry with a gap": "",
    "entry of an old epoch": "",
    "connection of B lost": "",
    "time to ask": "",
    "answer: log": "",
    "answer: truncate": "",
    "answer: snapshot": "",
    "asked to join again": "",
    flushed: "",
  },
  installing: {
    "same row": "",
    "made primary": BROKEN,
    "made replica of another": "→ replica joining",
    "made learner of another": "→ learner joining",
    "primary lost": "→ replica joining",
    "taken off": "→ none idle",
    "promise over": "",
    "B asks to join": "",
    "B with a longer log asks": "",
    "C acknowledges": "",
    "link to C lost": "",
    "entry arrives": "",
    "entry again": "",
    "entry with a gap": "",
    "entry of an old epoch": "",
    "connection of B lost": "",
    "time to ask": "",
    "answer: log": "",
    "answer: truncate": "",
    "answer: snapshot": "",
    "asked to join again": "",
    flushed: "",
  },
  "joining, still repairing": {
    "same row": "",
    "made primary": BROKEN,
    "made replica of another": "→ replica joining",
    "made learner of another": "",
    "primary lost": "→ replica joining",
    "taken off": "→ none idle",
    "promise over": "",
    "B asks to join": "",
    "B with a longer log asks": "",
    "C acknowledges": "",
    "link to C lost": "",
    "entry arrives": "",
    "entry again": "",
    "entry with a gap": "",
    "entry of an old epoch": "",
    "connection of B lost": "",
    "time to ask": "",
    "answer: log": "",
    "answer: truncate": "",
    "answer: snapshot": "",
    "asked to join again": "",
    flushed: "",
  },
};

describe.each(Object.keys(STATES) as State[])("%s", (state) => {
  test.each(Object.keys(EVENTS) as Event[])("%s", (event) => {
    expect(step(state, event)).toBe(TABLE[state][event]);
  });
});

/**
 * Messages on their way to the bus, in the groups that the ship core counts as one: a group is through
 * when all of its messages are acknowledged and it is the first of its channel; it fails as a whole.
 */
import type { Fate } from "../bus/stream-publisher.ts";
import type { FeedRun } from "./feed-slot.ts";

class Group {
  readonly number: number;
  readonly runs: FeedRun[] = [];
  outstanding = 0;
  closed = false;
  worst: Fate = "stored";

  constructor(number: number) {
    this.number = number;
  }
}

export interface FeedGroupsEvents {
  /** Groups of a channel that are through, in order. */
  onThrough(channel: number, number: number, runs: readonly FeedRun[]): void;
  onFailed(channel: number, number: number, runs: readonly FeedRun[], fate: Fate): void;
}

export class FeedGroups {
  readonly #events: FeedGroupsEvents;
  readonly #channels: Group[][];
  readonly #open: (Group | undefined)[];
  readonly #numbers: number[];

  constructor(channels: number, events: FeedGroupsEvents) {
    this.#events = events;
    this.#channels = Array.from({ length: channels }, () => []);
    this.#open = new Array<Group | undefined>(channels).fill(undefined);
    this.#numbers = new Array<number>(channels).fill(0);
  }

  /** Adds a run to the group that is being filled. */
  add(channel: number, run: FeedRun): void {
    this.#filling(channel).runs.push(run);
  }

  /** One more message of the group being filled; its fate is to be told by what is returned. */
  message(channel: number): (fate: Fate) => void {
    const group = this.#filling(channel);
    group.outstanding++;
    return (fate) => {
      group.outstanding--;
      if (fate !== "stored" && group.worst !== "refused") group.worst = fate;
      if (group.outstanding === 0) this.#settle(channel);
    };
  }

  /** The group being filled is complete. */
  close(channel: number): void {
    this.#filling(channel).closed = true;
    this.#open[channel] = undefined;
    this.#settle(channel);
  }

  /** What is on its way counts no more. */
  forget(): void {
    for (const groups of this.#channels) groups.length = 0;
    this.#open.forEach((group, channel) => {
      if (group !== undefined) this.#channels[channel]?.push(group);
    });
  }

  #filling(channel: number): Group {
    let group = this.#open[channel];
    if (group === undefined) {
      const number = (this.#numbers[channel] ?? 0) + 1;
      this.#numbers[channel] = number;
      group = new Group(number);
      this.#open[channel] = group;
      this.#channels[channel]?.push(group);
    }
    return group;
  }

  #settle(channel: number): void {
    const groups = this.#channels[channel] ?? [];
    const through: FeedRun[] = [];
    let number = 0;
    for (let group = groups[0]; group?.closed && group.outstanding === 0; group = groups[0]) {
      groups.shift();
      if (group.worst === "stored") {
        through.push(...group.runs);
        number = group.number;
        continue;
      }
      if (number > 0) this.#events.onThrough(channel, number, through.splice(0));
      number = 0;
      this.#events.onFailed(channel, group.number, group.runs, group.worst);
    }
    if (number > 0) this.#events.onThrough(channel, number, through);
  }
}

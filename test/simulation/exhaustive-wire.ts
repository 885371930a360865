/**
 * A connection of two nodes of the exhaustive small world, by who dialled it: messages under way, each
 * direction in order, and whether what an end sends gets anywhere. Never changes; says in a text all that
 * it is, worked out once, since most events leave most connections as they are.
 */
import { type SmallMessage, textOf } from "./exhaustive-node.ts";

const HELLO: SmallMessage = { type: "hello" };
const DOWN: SmallMessage = { type: "down" };

export class Wire {
  readonly toListener: readonly SmallMessage[];
  readonly toDialler: readonly SmallMessage[];
  readonly diallerLive: boolean;
  readonly listenerLive: boolean;
  #text: string | undefined;

  constructor(
    toListener: readonly SmallMessage[],
    toDialler: readonly SmallMessage[],
    diallerLive = false,
    listenerLive = false,
  ) {
    this.toListener = toListener;
    this.toDialler = toDialler;
    this.diallerLive = diallerLive;
    this.listenerLive = listenerLive;
  }

  /** Equal text, equal connection. */
  get text(): string {
    const live = Number(this.diallerLive) * 2 + Number(this.listenerLive);
    this.#text ??= `${live}${this.toListener.map(textOf)}/${this.toDialler.map(textOf)}`;
    return this.#text;
  }

  dialled(): Wire {
    return new Wire([...this.toListener, HELLO], this.toDialler, true, false);
  }
  sentByDialler(message: SmallMessage): Wire {
    if (!this.diallerLive) return this;
    return new Wire([...this.toListener, message], this.toDialler, true, this.listenerLive);
  }
  sentByListener(message: SmallMessage): Wire {
    if (!this.listenerLive) return this;
    return new Wire(this.toListener, [...this.toDialler, message], this.diallerLive, true);
  }
  withoutFirstToDialler(): Wire {
    return new Wire(this.toListener, this.toDialler.slice(1), this.diallerLive, this.listenerLive);
  }
  /** From the dialler's first word on, what the listener sends gets there. */
  withoutFirstToListener(): Wire {
    const listenerLive = this.listenerLive || this.toListener[0]?.type === "hello";
    return new Wire(this.toListener.slice(1), this.toDialler, this.diallerLive, listenerLive);
  }
}

export const NO_WIRE = new Wire([], []);

/** What is left under way to a live end when the other is gone. */
export function ended(
  queue: readonly SmallMessage[],
  kept: boolean,
  isOpen: boolean,
): readonly SmallMessage[] {
  const left = kept ? queue : [];
  const opens = left.some((message) => message.type === "hello");
  if (!opens && !isOpen) return [];
  return left.at(-1)?.type === "down" ? left : [...left, DOWN];
}

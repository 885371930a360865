/**
 * Where readers that were elsewhere go on, asked of the primaries of the partitions: their logs tell. What
 * cannot be answered now is left out, and asked for again by the reader.
 */
import { SHIP_LANES } from "../../common/limits.ts";
import type { Frame } from "../../proto/frame.ts";
import { meridian } from "../../proto/gen/tail.js";
import { MessageType } from "../../proto/message-types.ts";
import type { PlacesRequest } from "./feed-desk.ts";

const { FeedPlacesAsk, FeedPlaces: FeedPlacesMessage } = meridian.tail;

type Place = PlacesRequest["places"][number];

interface OpenQuestion {
  /** Nodes that have not answered. */
  readonly waiting: Set<number>;
  readonly places: Place[];
  readonly answer: (answer: object) => void;
}

export interface FeedPlacesOptions {
  /** Lanes that this instance works on. */
  readonly lanes: () => readonly number[];
  readonly logId: () => number;
  /** The connection to a partition's primary, -1 when none is known. */
  readonly primary: (partition: number) => number;
  readonly send: (node: number, type: MessageType, meta: Uint8Array) => void;
}

/** Questions at once: a reader asks one after the other. */
const OPEN_MAX = 64;

export class FeedPlaces {
  readonly #options: FeedPlacesOptions;
  readonly #open = new Map<number, OpenQuestion>();
  #request = 0;

  constructor(options: FeedPlacesOptions) {
    this.#options = options;
  }

  /** Answers for the partitions of this instance's lanes. */
  ask({ vectors, places }: PlacesRequest, answer: (answer: object) => void): void {
    const { lanes, logId, primary, send } = this.#options;
    if (logId() === 0 || lanes().length === 0 || this.#open.size >= OPEN_MAX) return;
    const byNode = new Map<number, Place[]>();
    for (const place of places) {
      const [partition] = place;
      const node = primary(partition);
      if (!lanes().includes(partition % SHIP_LANES) || node < 0) continue;
      const group = byNode.get(node);
      if (group === undefined) byNode.set(node, [place]);
      else group.push(place);
    }
    const request = ++this.#request;
    this.#open.set(request, { waiting: new Set(byNode.keys()), places: [], answer });
    for (const [node, group] of byNode)
      send(node, MessageType.feedPlacesAsk, encode(request, vectors, group));
    this.#check(request);
  }

  /** True when the frame was an answer. */
  receive(node: number, frame: Frame): boolean {
    if (frame.type !== MessageType.feedPlaces) return false;
    const { request, slots, sequences, counts, logs, lasts } = FeedPlacesMessage.decode(frame.meta);
    const open = this.#open.get(request);
    if (open === undefined) return true;
    let at = 0;
    slots.forEach((partition, index) => {
      const vector: [number, number][] = [];
      for (const end = at + (counts[index] ?? 0); at < end; at++)
        vector.push([logs[at] ?? 0, lasts[at] ?? 0]);
      open.places.push([partition, sequences[index] ?? 0, vector]);
    });
    open.waiting.delete(node);
    this.#check(request);
    return true;
  }

  gone(node: number): void {
    for (const [request, { waiting }] of this.#open) {
      waiting.delete(node);
      this.#check(request);
    }
  }

  #check(request: number): void {
    const open = this.#open.get(request);
    if (open === undefined || open.waiting.size > 0) return;
    this.#open.delete(request);
    open.answer({ lanes: this.#options.lanes(), log: this.#options.logId(), places: open.places });
  }
}

function encode(request: number, vectors: boolean, places: readonly Place[]): Uint8Array {
  const all = places.flatMap(([, , vector]) => vector);
  return FeedPlacesAsk.encode({
    request,
    vectors,
    slots: places.map(([partition]) => partition),
    sequences: places.map(([, sequence]) => sequence),
    counts: places.map(([, , vector]) => vector.length),
    logs: all.map(([log]) => log),
    lasts: all.map(([, last]) => last),
  }).finish();
}

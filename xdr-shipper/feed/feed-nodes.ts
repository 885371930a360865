/**
 * What the nodes keep for a feed: asked of all of them when lanes come to this instance, told to all of
 * them as positions move. Of several answers the furthest counts: a node that was away knows less.
 */
import { PARTITION_COUNT } from "../../common/limits.ts";
import type { Frame } from "../../proto/frame.ts";
import { meridian } from "../../proto/gen/tail.js";
import { MessageType } from "../../proto/message-types.ts";
import type { MemberWatch } from "../tail/member-watch.ts";
import type { ConsumerPositions } from "./feed-consumers.ts";

const { FeedAsk, FeedState, FeedPositions, FeedSaved } = meridian.tail;

/** Members that do not answer are not waited for longer. */
const PATIENCE_MS = 2000;

export interface KeptPosition {
  readonly lasts: Float64Array;
  readonly covered: Float64Array;
  readonly moves: Float64Array;
  /** The latest of them. */
  move: number;
  stream: string;
  streamLast: number;
  open: boolean;
}

export interface KeptState {
  readonly own: KeptPosition;
  /** By key; without those that no node knows. */
  readonly consumers: ReadonlyMap<string, KeptPosition>;
  /** By partition: nothing above can have been published. Infinity: not known. */
  readonly ends: Float64Array;
}

export interface OwnPosition {
  readonly partitions: number[];
  readonly lasts: number[];
  readonly covered: number[];
  readonly stream: string;
  readonly streamLast: number;
}

export interface FeedNodesOptions {
  readonly feed: string;
  /** Keys of the consumers' positions. */
  readonly consumers: readonly string[];
  readonly members: Pick<MemberWatch, "listen">;
  readonly now: () => number;
  readonly nodes: () => readonly number[];
  readonly send: (node: number, type: MessageType, meta: Uint8Array) => void;
}

export class FeedNodes {
  readonly #options: FeedNodesOptions;
  readonly #unlisten: () => void;
  #members = 0;
  #request = 0;
  /** The running question: who has not answered, what the others said. */
  #asked:
    | { number: number; since: number; waiting: Set<number>; states: (typeof FeedState)["prototype"][] }
    | undefined;
  readonly #saving = new Map<number, { waiting: Set<number>; saved: () => void }>();

  constructor(options: FeedNodesOptions) {
    this.#options = options;
    this.#unlisten = options.members.listen((members) => {
      this.#members = members.length;
    });
  }

  close(): void {
    this.#unlisten();
  }

  /** Asks every node anew. */
  ask(): void {
    const waiting = new Set(this.#options.nodes());
    this.#asked = { number: ++this.#request, since: this.#options.now(), waiting, states: [] };
    for (const node of waiting) this.#sendAsk(node, this.#request);
  }

  /** A node has connected. */
  came(node: number): void {
    if (this.#asked === undefined) return;
    this.#asked.waiting.add(node);
    this.#sendAsk(node, this.#asked.number);
  }

  gone(node: number): void {
    this.#asked?.waiting.delete(node);
    for (const [request, { waiting }] of this.#saving) {
      waiting.delete(node);
      this.#checkSaved(request);
    }
  }

  /** True when the frame was one of a feed's. */
  receive(node: number, frame: Frame): boolean {
    if (frame.type === MessageType.feedSaved) {
      const { request } = FeedSaved.decode(frame.meta);
      this.#saving.get(request)?.waiting.delete(node);
      this.#checkSaved(request);
      return true;
    }
    if (frame.type !== MessageType.feedState) return false;
    const state = FeedState.decode(frame.meta);
    if (this.#asked?.number === state.request && this.#asked.waiting.delete(node)) {
      this.#asked.states.push(state);
    }
    return true;
  }

  /** What the nodes said about the log `logId`, once enough of them have. */
  take(logId: number): KeptState | undefined {
    const asked = this.#asked;
    if (asked === undefined) {
      this.ask();
      return undefined;
    }
    const all = asked.waiting.size === 0 && asked.states.length >= this.#members;
    const patient = this.#options.now() - asked.since < PATIENCE_MS;
    if (asked.states.length === 0 || (!all && patient)) return undefined;
    this.#asked = undefined;
    const ends = new Float64Array(PARTITION_COUNT).fill(all ? 0 : Number.POSITIVE_INFINITY);
    const found = new Map<string, KeptPosition>();
    for (const state of asked.states) {
      if (all) {
        state.ends.forEach((end, partition) => {
          ends[partition] = Math.max(ends[partition] ?? 0, end);
        });
      }
      for (const told of state.positions) {
        if (told.logId === logId) join(found, told);
      }
    }
    const own = found.get("") ?? nothing();
    found.delete("");
    return { own, consumers: found, ends };
  }

  /** Has all nodes keep positions; `saved` is called when those that are there have them on disk. */
  keep(
    logId: number,
    own: OwnPosition | undefined,
    consumers: readonly ConsumerPositions[],
    saved: () => void,
  ): void {
    const nodes = this.#options.nodes();
    const positions = [
      ...(own === undefined ? [] : [{ consumer: "", logId, ...own }]),
      ...consumers.map((consumer) => {
        const partitions = [...consumer.changed];
        consumer.changed.clear();
        const { key, lasts, covered, moves, stream, streamLast, open } = consumer;
        const moved = partitions.map((partition) => moves[partition] ?? 0);
        return {
          consumer: key,
          logId,
          partitions,
          lasts: partitions.map((partition) => lasts[partition] ?? 0),
          covered: partitions.map((partition) => covered[partition] ?? 0),
          stream,
          streamLast,
          open,
          ...(moved.some((move) => move > 0) ? { moves: moved } : {}),
        };
      }),
    ];
    if (positions.length === 0 || nodes.length === 0 || logId === 0) return;
    const request = ++this.#request;
    this.#saving.set(request, { waiting: new Set(nodes), saved });
    const message = FeedPositions.encode({ request, feed: this.#options.feed, positions }).finish();
    for (const node of nodes) this.#options.send(node, MessageType.feedPositions, message);
  }

  #sendAsk(node: number, request: number): void {
    const { feed, consumers } = this.#options;
    this.#options.send(
      node,
      MessageType.feedAsk,
      FeedAsk.encode({ request, feed, consumers: [...consumers] }).finish(),
    );
  }

  #checkSaved(request: number): void {
    const saving = this.#saving.get(request);
    if (saving === undefined || saving.waiting.size > 0) return;
    this.#saving.delete(request);
    saving.saved();
  }
}

function nothing(): KeptPosition {
  return {
    lasts: new Float64Array(PARTITION_COUNT),
    covered: new Float64Array(PARTITION_COUNT),
    moves: new Float64Array(PARTITION_COUNT),
    move: 0,
    stream: "",
    streamLast: 0,
    open: false,
  };
}

function join(found: Map<string, KeptPosition>, told: meridian.tail.IFeedPosition): void {
  const name = told.consumer ?? "";
  const kept = found.get(name) ?? nothing();
  found.set(name, kept);
  (told.partitions ?? []).forEach((partition, index) => {
    const move = told.moves?.[index] ?? 0;
    const before = kept.moves[partition] ?? 0;
    const covered = told.covered?.[index] ?? 0;
    const last = told.lasts?.[index] ?? 0;
    if (move < before || (move === before && covered < (kept.covered[partition] ?? 0))) return;
    kept.covered[partition] = covered;
    kept.lasts[partition] = move > before ? last : Math.max(kept.lasts[partition] ?? 0, last);
    kept.moves[partition] = move;
  });
  joinStream(kept, told);
}

/** What was told before a move is void. */
function joinStream(kept: KeptPosition, told: meridian.tail.IFeedPosition): void {
  const move = (told.moves ?? []).reduce((most, one) => Math.max(most, one), 0);
  if (move < kept.move) return;
  if (move > kept.move) {
    kept.move = move;
    kept.stream = told.stream ?? "";
    kept.streamLast = told.streamLast ?? 0;
    kept.open = told.open ?? false;
    return;
  }
  kept.open ||= told.open ?? false;
  if (told.stream === kept.stream) kept.streamLast = Math.max(kept.streamLast, told.streamLast ?? 0);
  else if ((told.stream ?? "") > kept.stream) {
    kept.stream = told.stream ?? "";
    kept.streamLast = told.streamLast ?? 0;
  }
}

/**
 * A small world around the real partition core, one event at a time: its state is a value, and from each
 * state it says which events may come next and what each makes of it. No time and no chance: whatever
 * may happen is an event, and the search (exhaustive-search.ts) tries all of them.
 *
 * Events:
 * - `deliver`: the next message of one direction of one connection arrives. Each direction is in order;
 *   a broken connection loses what is under way and tells each end by itself.
 * - `flush`: all that a node has appended is on its disk; what waited for it goes on. `repair`: a
 *   truncation is on disk.
 * - `write`: a serving node takes a write. `map`: a node gets the newest map (older ones are skipped).
 * - `promise over`: a new primary has waited long enough. The leases it waited for are over by then, and
 *   may not be renewable: time is told by this alone. A lease is renewed whenever it can be, at once.
 * - the controller, by the rules of SPEC.md: `down` for a node that looks dead (it is down, paused, or
 *   cut off from one), `up`, with each choice of a new primary; `grant` for one ask.
 * - faults: `crash` (with what was not flushed lost or kept, with what was under way lost or kept),
 *   `power` (all nodes), `break` (the connections of two nodes), `cut` (two nodes, both ways, held
 *   back), `pause`. Their ends, `start`, `heal` and `resume`, are no faults and come at any time.
 */
import type { PartitionRow } from "../../proto/cluster-map.ts";
import type { Local, Locals } from "./exhaustive-locals.ts";
import {
  type LocalEvent,
  type Output,
  type Side,
  type SmallAsk,
  type SmallMap,
  type SmallMessage,
  textOf,
} from "./exhaustive-node.ts";
import { ended, NO_WIRE, Wire } from "./exhaustive-wire.ts";
import { type Checker, Violation } from "./partition-oracle.ts";
import type { Flaw } from "./partition-world.ts";

export type FaultKind = "crash" | "power" | "break" | "cut" | "pause";

export interface Bounds {
  readonly nodes: number;
  readonly writes: number;
  readonly faults: number;
  readonly kinds: readonly FaultKind[];
  /**
   * Faults and departures from the usual order together, as exhaustive-search.ts counts them; infinite:
   * every order.
   */
  readonly disturbances: number;
  /** Of those, departures from the usual order; default: all may be. */
  readonly departures?: number;
}

export interface World {
  readonly locals: readonly Local[];
  /** By dialler * nodes + listener. */
  readonly wires: readonly Wire[];
  readonly map: SmallMap;
  readonly asks: readonly SmallAsk[];
  /** By holder * nodes + grantor. */
  readonly leases: readonly boolean[];
  /** Pairs `a b`, a below b. */
  readonly cuts: readonly string[];
  readonly paused: readonly number[];
  readonly committed: readonly string[];
  /** Sequences whose writes were acknowledged. */
  readonly acked: readonly number[];
  readonly writes: number;
  readonly faults: number;
  readonly ticks: number;
}

export interface Choice {
  readonly name: string;
  /** What happens there happens in order; alternatives to each other have the same. */
  readonly channel: string;
  readonly fault: boolean;
  readonly apply: () => World;
}

/** At rest, this many ticks let every join that nobody answered be repeated. */
const TICKS_MAX = 40;

export class SmallWorld {
  readonly bounds: Bounds;
  readonly #locals: Locals;
  readonly #flaws: ReadonlySet<Flaw>;
  readonly #counts = new Map<string, number>();

  constructor(bounds: Bounds, locals: Locals, flaws: ReadonlySet<Flaw>) {
    this.bounds = bounds;
    this.#locals = locals;
    this.#flaws = flaws;
  }

  /** How often something happened, over all distinct transitions. */
  get counts(): ReadonlyMap<string, number> {
    return this.#counts;
  }

  /** All nodes started, node 0 primary, nothing connected yet. */
  first(): World {
    const { nodes } = this.bounds;
    const members = Array.from({ length: nodes }, () => ({ boot: 1, up: true, changedAt: 1 }));
    const ids = members.map((_, index) => String(index));
    const row = { epoch: 1, primary: "0", inSync: ids, assigned: ids };
    const start = (index: number): Local => this.#locals.start(this.#locals.down(index, 0, []));
    return this.#settled({
      locals: members.map((_, index) => start(index)),
      wires: Array.from({ length: nodes * nodes }, () => NO_WIRE),
      map: { version: 1, row, members },
      asks: [],
      leases: Array.from({ length: nodes * nodes }, () => false),
      cuts: [],
      paused: [],
      committed: [],
      acked: [],
      writes: 0,
      faults: 0,
      ticks: 0,
    });
  }

  key(world: World): string {
    const { map, asks, leases, cuts, paused, committed, acked, writes, faults, ticks } = world;
    const parts = [
      world.locals.map((one) => one.digest).join(" "),
      leases.map(Number).join(""),
      world.wires.map((wire) => wire.text).join(),
      textOf(map),
      asks.map(textOf).join(),
      [cuts, paused, committed, acked, writes, faults, ticks].join(";"),
    ];
    return parts.join("|");
  }

  /** Everything that may come next but faults, in the usual order; none: all is at rest. */
  choices(world: World): Choice[] {
    const going = [
      ...this.#going(world),
      ...this.#writes(world),
      ...this.#controlled(world),
      ...this.#ends(world),
    ];
    if (going.length === 0) going.push(...this.#ticks(world));
    return going;
  }
  faults(world: World): Choice[] {
    return world.faults < this.bounds.faults ? [...this.#faults(world)] : [];
  }

  /** Of a world at rest: everything serves again. */
  checkAtRest(world: World): void {
    const { row } = world.map;
    const isWhole =
      row.inSync.length === this.bounds.nodes && world.locals.every(({ view }) => view !== undefined);
    const serves = this.#answerers(world).length === 1;
    const logs = world.locals.map(({ disk }) => disk.join(" "));
    const equal = logs.every((log) => log === world.committed.join(" "));
    if (isWhole && serves && equal) return;
    this.#fail(
      "everything serves again",
      `at rest with row ${JSON.stringify(row)}, logs ${logs.join(" / ")}`,
    );
  }

  // ---- events ---------------------------------------------------------------------------------

  #runs(world: World, index: number): Local | undefined {
    const local = world.locals[index];
    return local?.view === undefined || world.paused.includes(index) ? undefined : local;
  }
  #isCut(world: World, a: number, b: number): boolean {
    return world.cuts.includes(`${Math.min(a, b)} ${Math.max(a, b)}`);
  }

  *#going(world: World): Generator<Choice> {
    const { nodes } = this.bounds;
    for (let index = 0; index < nodes; index++) {
      const local = this.#runs(world, index);
      const { view } = local ?? {};
      if (local === undefined || view === undefined) continue;
      const step = (name: string, event: LocalEvent, change: Partial<World> = {}): Choice => {
        return {
          name: `${name} ${index}`,
          channel: `${name} ${index}`,
          fault: false,
          apply: () => this.#step({ ...world, ...change }, index, event),
        };
      };
      const isKnown = world.map.members[index]?.boot === local.boot;
      if (isKnown && view.mapVersion < world.map.version) yield step("map", { kind: "map", map: world.map });
      if (view.pending.length > 0) yield step("flush", { kind: "flush" });
      if (view.repairing) yield step("repair", { kind: "repair" });
      if (view.awaits !== null) {
        // Who has not seen this map yet is granted nothing by this node; who has knows that it is deposed.
        const awaited = !this.#flaws.has("lease-not-awaited");
        const leases = world.leases.map((held, at) => {
          const holder = Math.floor(at / nodes);
          const ends = at % nodes === index && view.awaits?.includes(holder) === true;
          return held && !(awaited && ends && !this.#isRenewable(world, holder, index));
        });
        yield step("promise over", { kind: "promise-over" }, { leases });
      }
      for (let peer = 0; peer < nodes; peer++) {
        if (peer === index || this.#isCut(world, peer, index)) continue;
        for (const side of ["dialled", "accepted"] as const) {
          const message = this.#queue(world, index, peer, side)[0];
          if (message === undefined) continue;
          const name = `deliver ${message.type} ${peer} to`;
          yield {
            name: `${name} ${index}`,
            channel: `${side} ${peer} ${index}`,
            fault: false,
            apply: () => this.#deliver(world, index, peer, side, message),
          };
        }
      }
    }
  }

  *#writes(world: World): Generator<Choice> {
    if (world.writes >= this.bounds.writes) return;
    for (let index = 0; index < this.bounds.nodes; index++) {
      if (this.#runs(world, index)?.view?.serving !== true) continue;
      const writes = world.writes + 1;
      const name = `write ${index}`;
      const apply = (): World =>
        this.#step({ ...world, writes }, index, { kind: "write", value: `w${writes}` });
      yield { name, channel: "write", fault: false, apply };
    }
  }

  #queue(world: World, index: number, peer: number, side: Side): readonly SmallMessage[] {
    const wire = this.#wire(world, index, peer, side);
    return side === "dialled" ? wire.toDialler : wire.toListener;
  }
  #wire(world: World, index: number, peer: number, side: Side): Wire {
    return world.wires[this.#wireAt(index, peer, side)] ?? NO_WIRE;
  }
  #wireAt(index: number, peer: number, side: Side): number {
    return side === "dialled" ? index * this.bounds.nodes + peer : peer * this.bounds.nodes + index;
  }

  #deliver(world: World, index: number, peer: number, side: Side, message: SmallMessage): World {
    const at = this.#wireAt(index, peer, side);
    const wires = world.wires.map((wire, one): Wire => {
      if (one !== at) return wire;
      return side === "dialled" ? wire.withoutFirstToDialler() : wire.withoutFirstToListener();
    });
    return this.#step({ ...world, wires }, index, { kind: "message", side, peer, message });
  }

  *#controlled(world: World): Generator<Choice> {
    for (const ask of world.asks) {
      yield {
        name: `grant ${ask.member}`,
        channel: `grant ${JSON.stringify(ask)}`,
        fault: false,
        apply: () => this.#grant(world, ask),
      };
    }
    for (const [index, member] of world.map.members.entries()) {
      const local = world.locals[index];
      const suspect =
        this.#runs(world, index) === undefined ||
        world.cuts.some((cut) => cut.split(" ").includes(String(index)));
      const name = String(index);
      if (suspect && member.up)
        yield* this.#newMaps(world, `down ${name}`, index, { ...member, up: false }, false);
      else if (!suspect && local !== undefined && (!member.up || member.boot !== local.boot)) {
        const rebooted = member.boot !== local.boot;
        yield* this.#newMaps(world, `up ${name}`, index, { ...member, up: true, boot: local.boot }, rebooted);
      }
    }
  }

  /** A map in which a member has changed, one for each choice of a primary that this leaves. */
  *#newMaps(
    world: World,
    name: string,
    index: number,
    changed: SmallMap["members"][number],
    rebooted: boolean,
  ): Generator<Choice> {
    const version = world.map.version + 1;
    const members = world.map.members.map((member, one) =>
      one === index ? { ...changed, changedAt: version } : member,
    );
    const { row } = world.map;
    const up = row.inSync.filter((id) => members[Number(id)]?.up === true);
    const inSync = up.length === 0 ? row.inSync : up;
    const { primary } = row;
    const stays = primary !== null && up.includes(primary) && !(rebooted && primary === String(index));
    const rows: PartitionRow[] =
      stays || up.length === 0
        ? [{ ...row, inSync }]
        : up.map((elected) => ({ ...row, inSync, primary: elected, epoch: row.epoch + 1 }));
    for (const next of rows) {
      const elected = next.epoch === row.epoch ? "" : `, primary ${next.primary}`;
      yield {
        name: `${name}${elected}`,
        channel: name,
        fault: false,
        apply: () => this.#checked(this.#settled({ ...world, map: { version, members, row: next } })),
      };
    }
  }

  #grant(world: World, ask: SmallAsk): World {
    const asks = world.asks.filter((one) => one !== ask);
    const { row, members } = world.map;
    const member = members[Number(ask.member)];
    const version = world.map.version + 1;
    const isFit = ask.epoch === row.epoch && ask.from === row.primary && member !== undefined;
    if (!isFit || row.inSync.includes(ask.member) === ask.add) return { ...world, asks };
    if (!ask.add) {
      const inSync = row.inSync.filter((id) => id !== ask.member);
      const fences = !this.#flaws.has("asks-not-fenced");
      const fenced = members.map((one) => (one === member && fences ? { ...one, changedAt: version } : one));
      return this.#checked(
        this.#settled({ ...world, asks, map: { version, members: fenced, row: { ...row, inSync } } }),
      );
    }
    const isStale = ask.mapVersion < member.changedAt && !this.#flaws.has("stale-asks-granted");
    if (!member.up || isStale) {
      this.#count("stale ask refused");
      return { ...world, asks };
    }
    this.#count("granted in sync");
    const inSync = [...row.inSync, ask.member].sort();
    return this.#checked(
      this.#settled({ ...world, asks, map: { version, members, row: { ...row, inSync } } }),
    );
  }

  /** Ends of faults. */
  *#ends(world: World): Generator<Choice> {
    for (const [index, local] of world.locals.entries()) {
      if (local.view !== undefined) continue;
      const apply = (): World => {
        const locals = world.locals.map((one) => (one === local ? this.#locals.start(one) : one));
        return this.#checked(this.#settled({ ...world, locals }));
      };
      yield { name: `start ${index}`, channel: `start ${index}`, fault: false, apply };
    }
    for (const cut of world.cuts) {
      const cuts = world.cuts.filter((one) => one !== cut);
      yield {
        name: `heal ${cut}`,
        channel: `heal ${cut}`,
        fault: false,
        apply: () => this.#checked(this.#settled({ ...world, cuts })),
      };
    }
    for (const index of world.paused) {
      const paused = world.paused.filter((one) => one !== index);
      yield {
        name: `resume ${index}`,
        channel: `resume ${index}`,
        fault: false,
        apply: () => this.#checked(this.#settled({ ...world, paused })),
      };
    }
  }

  *#ticks(world: World): Generator<Choice> {
    const isJoining = world.locals.some(({ view }) => view?.phase === "joining");
    const isShort = world.map.row.inSync.length < this.bounds.nodes;
    if ((!isJoining && !isShort) || world.ticks >= TICKS_MAX) return;
    yield {
      name: "ticks",
      channel: "ticks",
      fault: false,
      apply: () => {
        let next = { ...world, ticks: world.ticks + 1 };
        for (let index = 0; index < this.bounds.nodes; index++)
          next = this.#step(next, index, { kind: "tick" });
        return next;
      },
    };
  }

  *#faults(world: World): Generator<Choice> {
    const { kinds, nodes } = this.bounds;
    const faults = world.faults + 1;
    const alive = world.locals.filter(({ view }) => view !== undefined).map(({ index }) => index);
    if (kinds.includes("crash")) {
      for (const index of alive) {
        for (const [keepsPending, keepsSent] of this.#crashVariants(world, index)) {
          const name = `crash ${index}${keepsPending ? " after its flush" : ""}${keepsSent ? ", sent arrives" : ""}`;
          yield {
            name,
            channel: "fault",
            fault: true,
            apply: () =>
              this.#checked(this.#settled(this.#crash({ ...world, faults }, index, keepsPending, keepsSent))),
          };
        }
      }
    }
    if (kinds.includes("power") && alive.length === nodes) {
      const apply = (): World => {
        let next: World = { ...world, faults };
        for (const index of alive) next = this.#crash(next, index, false, false);
        return this.#checked(this.#settled(next));
      };
      yield { name: "power", channel: "fault", fault: true, apply };
    }
    for (const a of alive) {
      if (kinds.includes("pause") && !world.paused.includes(a)) {
        yield {
          name: `pause ${a}`,
          channel: "fault",
          fault: true,
          apply: () => ({ ...world, faults, paused: [...world.paused, a].sort() }),
        };
      }
      for (const b of alive) {
        if (a >= b) continue;
        if (kinds.includes("break")) {
          yield {
            name: `break ${a} ${b}`,
            channel: "fault",
            fault: true,
            apply: () => this.#checked(this.#settled(this.#break({ ...world, faults }, a, b))),
          };
        }
        if (kinds.includes("cut") && !this.#isCut(world, a, b)) {
          yield {
            name: `cut ${a} ${b}`,
            channel: "fault",
            fault: true,
            apply: () => ({ ...world, faults, cuts: [...world.cuts, `${a} ${b}`].sort() }),
          };
        }
      }
    }
  }

  /** What is not there cannot be lost: only variants that differ. */
  #crashVariants(world: World, index: number): (readonly [keepsPending: boolean, keepsSent: boolean])[] {
    const hasPending = (world.locals[index]?.view?.pending.length ?? 0) > 0;
    const hasSent = world.wires.some((wire, at) => {
      const { nodes } = this.bounds;
      const sent =
        Math.floor(at / nodes) === index ? wire.toListener : at % nodes === index ? wire.toDialler : [];
      return sent.some((message) => message.type !== "down");
    });
    const sent = hasSent ? [false, true] : [false];
    return sent.flatMap((keepsSent) =>
      (hasPending ? [false, true] : [false]).map((keepsPending) => [keepsPending, keepsSent] as const),
    );
  }

  #crash(world: World, index: number, keepsPending: boolean, keepsSent: boolean): World {
    const { nodes } = this.bounds;
    const local = world.locals[index];
    const { view } = local ?? {};
    if (local === undefined || view === undefined) return world;
    const disk = keepsPending ? [...view.disk, ...view.pending] : view.disk;
    const locals = world.locals.map((one) =>
      one === local ? this.#locals.down(index, local.boot, disk) : one,
    );
    const leases = world.leases.map((held, at) => held && Math.floor(at / nodes) !== index);
    const wires = world.wires.map((wire, at): Wire => {
      const dialler = Math.floor(at / nodes);
      const listener = at % nodes;
      if (dialler !== index && listener !== index) return wire;
      const peer = world.locals[dialler === index ? listener : dialler]?.view;
      if (dialler === index) {
        const toListener = ended(wire.toListener, keepsSent, peer?.accepted.includes(index) === true);
        return new Wire(peer === undefined ? [] : toListener, []);
      }
      const toDialler = ended(wire.toDialler, keepsSent, peer?.dialled.includes(index) === true);
      return new Wire([], peer === undefined ? [] : toDialler);
    });
    const paused = world.paused.filter((one) => one !== index);
    return { ...world, locals, leases, wires, paused };
  }

  #break(world: World, a: number, b: number): World {
    const { nodes } = this.bounds;
    const wires = world.wires.map((wire, at): Wire => {
      const dialler = Math.floor(at / nodes);
      const listener = at % nodes;
      if (!(dialler === a && listener === b) && !(dialler === b && listener === a)) return wire;
      return new Wire(
        ended([], false, world.locals[listener]?.view?.accepted.includes(dialler) === true),
        ended([], false, world.locals[dialler]?.view?.dialled.includes(listener) === true),
      );
    });
    return { ...world, wires };
  }

  // ---- steps ----------------------------------------------------------------------------------

  #step(world: World, index: number, event: LocalEvent): World {
    const local = world.locals[index];
    if (local?.view === undefined) return world;
    const { local: next, outputs, failure } = this.#locals.step(local, event);
    if (failure !== undefined) this.#fail("no assertion fails", failure);
    let changed: World = { ...world, locals: world.locals.map((one) => (one === local ? next : one)) };
    for (const output of outputs) changed = this.#take(changed, index, output);
    return this.#checked(this.#settled(changed));
  }

  #take(world: World, index: number, output: Output): World {
    if (output.kind === "ask") {
      const isKnown = world.asks.some((ask) => JSON.stringify(ask) === JSON.stringify(output.ask));
      if (isKnown) return world;
      const asks = [...world.asks, output.ask];
      asks.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
      return { ...world, asks };
    }
    if (output.kind === "committed") return this.#commit(world, index, output.sequence, output.disk);
    const at = this.#wireAt(index, output.peer, output.side);
    const wires = world.wires.map((wire, one): Wire => {
      if (one !== at) return wire;
      return output.side === "dialled"
        ? wire.sentByDialler(output.message)
        : wire.sentByListener(output.message);
    });
    return { ...world, wires };
  }

  /** What happens at once, and loses no order by it: nodes dial, leases are renewed. */
  #settled(world: World): World {
    const { nodes } = this.bounds;
    let { locals } = world;
    const wires = world.wires.map((wire, at): Wire => {
      const dialler = Math.floor(at / nodes);
      const listener = at % nodes;
      const from = this.#runs(world, dialler);
      const unfit = from?.view === undefined || this.#runs(world, listener) === undefined;
      if (unfit || dialler === listener || this.#isCut(world, dialler, listener)) return wire;
      if (from.view?.dialled.includes(listener) || wire.toDialler.length > 0) return wire;
      const { local } = this.#locals.step(locals[dialler] ?? from, { kind: "connected", peer: listener });
      locals = locals.map((one, index) => (index === dialler ? local : one));
      return wire.dialled();
    });
    const settled = { ...world, locals, wires };
    const leases = world.leases.map(
      (held, at) => held || this.#isRenewable(settled, Math.floor(at / nodes), at % nodes),
    );
    return { ...settled, leases };
  }

  /** Whether a beacon of the holder would be answered with a lease. */
  #isRenewable(world: World, holder: number, grantor: number): boolean {
    const wire = world.wires[holder * this.bounds.nodes + grantor];
    if (holder === grantor || wire?.diallerLive !== true || !wire.listenerLive) return false;
    if (this.#isCut(world, holder, grantor)) return false;
    const asking = this.#runs(world, holder)?.view?.mapVersion ?? 0;
    const asked = this.#runs(world, grantor)?.view?.mapVersion;
    if (asked === undefined || asking === 0) return false;
    return asked === 0 ? this.#flaws.has("grants-without-map") : asking >= asked;
  }

  // ---- checks ---------------------------------------------------------------------------------

  #commit(world: World, index: number, sequence: number, disk: readonly string[]): World {
    if (sequence > disk.length) {
      this.#fail(
        "an acknowledged write is committed",
        `node ${index} commits ${sequence} and has ${disk.length}`,
      );
    }
    const { committed } = world;
    const own = disk.slice(0, sequence);
    const differs = committed.findIndex((entry, at) => at < own.length && own[at] !== entry);
    if (differs >= 0) {
      this.#fail(
        "committed entries never change",
        `node ${index} has ${own[differs]} for ${committed[differs]}`,
      );
    }
    return own.length <= committed.length ? world : { ...world, committed: own };
  }

  #answerers(world: World): Local[] {
    const { nodes } = this.bounds;
    return world.locals.filter(({ index }) => {
      const view = this.#runs(world, index)?.view;
      return (
        view?.serving === true && view.required.every((peer) => world.leases[index * nodes + peer] === true)
      );
    });
  }

  /** Releases answers, and looks at everything that must hold between any two events. */
  #checked(world: World): World {
    const { committed } = world;
    for (const id of world.map.row.inSync) {
      const disk = world.locals[Number(id)]?.disk ?? [];
      if (committed.every((entry, at) => disk[at] === entry)) continue;
      this.#fail(
        "in-sync members hold what is committed",
        `node ${id} has ${disk.join(" ")} of ${committed.join(" ")}`,
      );
    }
    const answerers = this.#answerers(world);
    if (answerers.length > 1)
      this.#fail("one node answers", `nodes ${answerers.map(({ index }) => index)} do`);
    let { acked } = world;
    for (const { index, view } of answerers) {
      if (view === undefined) continue;
      const log = [...view.disk, ...view.pending];
      if (!committed.every((entry, at) => log[at] === entry)) {
        this.#fail("a new primary holds what is committed", `node ${index} answers with ${log.join(" ")}`);
      }
      const released = view.ownWrites.filter(
        (sequence) => sequence <= view.committed && !acked.includes(sequence),
      );
      if (released.length > 0) acked = [...acked, ...released];
      // A read waits for own writes that are not committed; else it shows what is on disk.
      const waits = view.ownWrites.some((sequence) => sequence > view.committed);
      const shown = view.disk.findLastIndex((entry) => !entry.endsWith(":barrier"));
      if (!waits && shown >= committed.length) {
        this.#fail(
          "reads are linearizable",
          `node ${index} shows ${view.disk[shown]}, which is not committed`,
        );
      }
      const lost = acked.find((sequence) => sequence > log.length);
      if (lost !== undefined) this.#fail("reads are linearizable", `node ${index} answers without ${lost}`);
    }
    return acked === world.acked ? world : { ...world, acked };
  }

  #fail(checker: Checker, message: string): never {
    throw new Violation(checker, message);
  }
  #count(what: string): void {
    this.#counts.set(what, (this.#counts.get(what) ?? 0) + 1);
  }
}

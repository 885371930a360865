/** A node's connection to a peer in virtual time: as node/replica/peer-link.ts. */
import type { NodeId } from "../../proto/cluster-map.ts";
import { AppendFrames } from "../../node/replica/append-frames.ts";
import type { Message } from "./partition-messages.ts";
import type { Connection } from "./partition-network.ts";
import type { NodeProcess } from "./partition-process.ts";

export class SimLink {
  readonly peer: NodeId;
  readonly #machine: number;
  readonly #process: NodeProcess;
  #connection: Connection<Message> | undefined;
  #frames = new AppendFrames();
  #flushScheduled = false;
  #lastHeardMs: number;
  #answered = false;
  #closed = false;

  constructor(process: NodeProcess, peer: NodeId, machine: number) {
    this.#process = process;
    this.peer = peer;
    this.#machine = machine;
    this.#lastHeardMs = process.clockMs();
    this.#dial();
    this.#repeatBeacon();
  }

  append(slot: number, epoch: number, sequence: number, entry: Buffer): void {
    this.#frames.add(slot, epoch, sequence, entry);
    if (this.#flushScheduled) return;
    this.#flushScheduled = true;
    this.#process.soon(() => {
      this.#flushScheduled = false;
      this.#flush();
    });
  }
  send(message: Message): void {
    this.#flush();
    this.#connection?.send("dialler", message);
  }
  reset(): void {
    const connection = this.#connection;
    connection?.close("dialler", true);
    if (connection !== undefined) this.#process.soon(() => this.#lost(connection));
  }
  close(): void {
    this.#closed = true;
    this.#connection?.close("dialler", false);
  }

  #flush(): void {
    const frame = this.#frames.take();
    if (frame !== undefined) {
      this.#connection?.send("dialler", { type: "append", meta: frame.meta, bodies: frame.bodies });
    }
  }

  #dial(): void {
    if (this.#closed) return;
    this.#process.dial(this.#machine, this.peer, (connection) => {
      if (connection === undefined) this.#redial();
      else this.#connected(connection);
    });
  }
  #redial(): void {
    if (!this.#closed) this.#process.after(this.#process.world.random.between(10, 60), () => this.#dial());
  }

  #connected(connection: Connection<Message>): void {
    connection.handle("dialler", {
      onMessage: (message) => this.#receive(message),
      onClose: () => this.#lost(connection),
    });
    this.#connection = connection;
    this.#frames = new AppendFrames();
    connection.send("dialler", { type: "hello", id: this.#process.id });
    this.#beacon();
  }

  #lost(connection: Connection<Message>): void {
    if (this.#connection !== connection) return;
    this.#connection = undefined;
    this.#answered = false;
    this.#frames = new AppendFrames();
    this.#process.linkDown(this.peer);
    this.#redial();
  }

  #repeatBeacon(): void {
    this.#process.after(this.#process.timing.beaconMs, () => {
      if (this.#closed) return;
      this.#beacon();
      this.#repeatBeacon();
    });
  }

  #beacon(): void {
    if (this.#connection === undefined) return;
    const now = this.#process.clockMs();
    if (this.#answered && now - this.#lastHeardMs > 3 * this.#process.timing.deadAfterMs) {
      this.reset();
      return;
    }
    this.#connection.send("dialler", {
      type: "beacon",
      sentAtMs: now,
      mapVersion: this.#process.map?.version ?? 0,
    });
  }

  #receive(message: Message): void {
    if (message.type === "append-ack") {
      const { frameId, rejectedFrames, rejectedSlots } = message;
      this.#process.acked(this.peer, this.#frames.acked(frameId, rejectedFrames, rejectedSlots));
    } else if (message.type === "beacon-reply") {
      this.#lastHeardMs = this.#process.clockMs();
      this.#answered = true;
      if (message.mapVersion <= (this.#process.map?.version ?? 0)) {
        this.#process.leaseGranted(this.peer, message.sentAtMs);
      }
    } else this.#process.replicaMessage(this.peer, message);
  }
}

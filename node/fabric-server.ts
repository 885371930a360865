/**
 * The node's fabric listener: waits for each connection's Hello, refuses what belongs to another
 * cluster or speaks another version, and passes the rest on by role.
 */
import { createServer, type Server, type Socket } from "node:net";
import { errorMessage, MeridianError } from "../common/errors.ts";
import type { Logger } from "../common/log.ts";
import { differencesOf, type SharedSettings } from "../common/shared-settings.ts";
import type { NodeId } from "../proto/cluster-map.ts";
import type { Frame } from "../proto/frame.ts";
import { FrameConnection } from "../proto/frame-connection.ts";
import { meridian } from "../proto/gen/fabric.js";
import { MessageType } from "../proto/message-types.ts";

const { Hello, Refusal } = meridian.fabric;

export const FABRIC_PROTOCOL = 1;
const HELLO_TIMEOUT_MS = 5000;

export interface FabricServerOptions {
  readonly address: string;
  readonly port: number;
  readonly datacenter: string;
  /** Member id of this node. */
  readonly self: NodeId;
  readonly clusterId: () => string | undefined;
  readonly settings: SharedSettings;
  readonly log: Logger;
  readonly onPeer: (peer: NodeId, connection: FrameConnection) => void;
  readonly onShipper: (
    connection: FrameConnection,
    hello: { readonly sender: string; readonly datacenter: string },
  ) => void;
  /** A connection was refused or dropped because of what it sent. */
  readonly onBadInput: () => void;
}

export class FabricServer {
  readonly #options: FabricServerOptions;
  readonly #server: Server;
  readonly #connections = new Set<FrameConnection>();
  /** Differences from each peer that were told already: a peer connects again and again. */
  readonly #toldOf = new Map<NodeId, string>();

  private constructor(options: FabricServerOptions) {
    this.#options = options;
    this.#server = createServer((socket) => this.#accept(socket));
  }

  /** Listens. Throws PORT_TAKEN. */
  static async start(options: FabricServerOptions): Promise<FabricServer> {
    const fabric = new FabricServer(options);
    await new Promise<void>((resolve, reject) => {
      fabric.#server.once("error", (error: NodeJS.ErrnoException) => {
        const taken = error.code === "EADDRINUSE";
        const where = `${options.address}:${options.port}`;
        reject(taken ? new MeridianError("PORT_TAKEN", `fabric port ${where} is taken`) : error);
      });
      fabric.#server.listen(options.port, options.address, resolve);
    });
    return fabric;
  }

  async stop(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    for (const connection of this.#connections) connection.destroy();
    await closed;
  }

  #accept(socket: Socket): void {
    const timer = setTimeout(() => connection.destroy(new Error("no Hello")), HELLO_TIMEOUT_MS);
    const connection: FrameConnection = new FrameConnection(socket, {
      onFrame: (frame) => {
        clearTimeout(timer);
        this.#greet(connection, frame);
      },
      onClose: (error) => {
        clearTimeout(timer);
        this.#connections.delete(connection);
        if (error === undefined) return;
        this.#options.onBadInput();
        this.#options.log.warn({ remote: connection.remote, reason: errorMessage(error) }, "fabric refused");
      },
    });
    this.#connections.add(connection);
    socket.once("close", () => this.#connections.delete(connection));
  }

  #greet(connection: FrameConnection, frame: Frame): void {
    if (frame.type !== MessageType.hello) {
      throw new MeridianError("FRAME_CORRUPT", `first frame has type ${frame.type}, not Hello`);
    }
    const hello = Hello.decode(frame.meta);
    const { self } = this.#options;
    const own = this.#options.clusterId();
    const foreign = own !== undefined && hello.clusterId !== "" && hello.clusterId !== own;
    if (hello.protocol !== FABRIC_PROTOCOL) {
      this.#refuse(connection, "PROTOCOL_VERSION", `protocol ${hello.protocol}, not ${FABRIC_PROTOCOL}`);
    } else if (hello.datacenter !== this.#options.datacenter || foreign) {
      this.#refuse(connection, "CLUSTER_MISMATCH", `this is ${this.#options.datacenter}, cluster ${own}`);
    } else if (hello.recipient !== "" && hello.recipient !== self) {
      // Its disk is gone, and with it everything that made it a member. Whoever took the answers of
      // the node at its address for its own would wait for it, and count on it.
      this.#refuse(connection, "NOT_FOUND", `member ${hello.recipient} is not here, ${self} is`);
    } else if (hello.role === "node") {
      this.#greetPeer(connection, hello.sender, hello.settings);
    } else if (hello.role === "xdr") {
      this.#options.onShipper(connection, { sender: hello.sender, datacenter: hello.datacenter });
    } else {
      this.#refuse(connection, "PROTOCOL_VERSION", `unknown role ${hello.role}`);
    }
  }

  #greetPeer(connection: FrameConnection, peer: NodeId, settings: SharedSettings): void {
    const { settings: own, log, onPeer } = this.#options;
    const differences = differencesOf(own, settings);
    const worst = differences.find(({ forbidden }) => forbidden);
    if (worst !== undefined) {
      const { name, own: ours, other } = worst;
      this.#refuse(connection, "CLUSTER_MISMATCH", `${name} is ${other} at ${peer} and ${ours} at this node`);
      return;
    }
    const told = JSON.stringify(differences);
    if (differences.length > 0 && this.#toldOf.get(peer) !== told) {
      log.warn({ peer, differences }, "another configuration at this peer");
    }
    this.#toldOf.set(peer, told);
    onPeer(peer, connection);
  }

  #refuse(connection: FrameConnection, code: string, message: string): void {
    this.#options.onBadInput();
    this.#options.log.warn({ remote: connection.remote, code, message }, "fabric connection refused");
    connection.send(MessageType.refusal, Refusal.encode({ code, message }).finish());
    connection.end();
  }
}

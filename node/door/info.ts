/**
 * The info protocol: commands by name, answers as text. Here are the commands that clients need to
 * find their way; those for operators and tools are in info-statistics.ts.
 */
import { rethrowBroken } from "../../common/assert.ts";
import type { Clock } from "../../common/clock.ts";
import { errorMessage } from "../../common/errors.ts";
import type { Member } from "../../proto/cluster-map.ts";
import { BUILD } from "./build.ts";
import { ClusterView } from "./cluster-view.ts";
import type { DoorCounters } from "./counters.ts";
import type { DoorContext } from "./door-context.ts";
import { InfoStatistics } from "./info-statistics.ts";
import { carryOutXdrChange, isXdrChange } from "./info-xdr.ts";
import type { Namespaces } from "./namespaces.ts";
import { writeProtoHeader } from "./reply.ts";
import { PROTO_HEADER_BYTES, ProtoType } from "./wire.ts";

/** Clients of some languages refuse a node that does not list `pscans`. */
const FEATURES = "batch-any;batch-index;blob-bits;peers;pquery;pscans;query-show;replicas";

const REQUEST_BYTES_MAX = 64 * 1024;
/** Clients refuse a longer reply when they ask for the map. */
const REPLY_BYTES_MAX = 512 * 1024;
/** Commands of one request: clients send a handful. */
const COMMANDS_MAX = 1000;
/** What an empty request asks for. */
const DUMP = "node\nbuild\nfeatures\nstatistics\nnamespaces\n";

/** Changes of one request; each takes a while. */
const CHANGES_MAX = 16;

export class Info {
  readonly #view: ClusterView;
  readonly #context: DoorContext;
  readonly #statistics: InfoStatistics;

  constructor(context: DoorContext, namespaces: Namespaces, counters: DoorCounters, clock: Clock) {
    this.#context = context;
    this.#view = new ClusterView(context);
    this.#statistics = new InfoStatistics(context, this.#view, namespaces, counters, clock);
  }

  /** The reply frame of an info request's body; at once, unless it changes something. */
  answer(body: Buffer, reply: (frame: Buffer) => void): void {
    const tooLong = body.length > REQUEST_BYTES_MAX;
    const request = tooLong ? "" : body.toString("latin1");
    const commands = (request === "" && !tooLong ? DUMP : request).split("\n").filter((one) => one !== "");
    if (!commands.some(isXdrChange)) {
      reply(this.#reply(commands, tooLong, []));
      return;
    }
    this.#change(commands).then(
      (changed) => reply(this.#reply(commands, tooLong, changed)),
      (error: unknown) => {
        rethrowBroken(error);
        reply(
          this.#reply(
            commands,
            tooLong,
            commands.map(() => `ERROR:1:${errorMessage(error)}`),
          ),
        );
      },
    );
  }

  /** Carries out the changes among the commands, one after the other; their answers at their places. */
  async #change(commands: readonly string[]): Promise<(string | undefined)[]> {
    const answers: (string | undefined)[] = [];
    for (const command of commands.slice(0, CHANGES_MAX)) {
      answers.push(isXdrChange(command) ? await carryOutXdrChange(this.#context.xdr, command) : undefined);
    }
    return answers;
  }

  /** `changed`: answers that are known already. */
  #reply(
    commandsGiven: readonly string[],
    tooLong: boolean,
    changed: readonly (string | undefined)[],
  ): Buffer {
    let text = "";
    let commands = 0;
    for (const [index, command] of commandsGiven.entries()) {
      commands += 1;
      const line = `${command}\t${changed[index] ?? this.value(command)}\n`;
      if (commands > COMMANDS_MAX || text.length + line.length > REPLY_BYTES_MAX) {
        text += `${command}\tERROR:4:reply too long\n`;
        break;
      }
      text += line;
    }
    // Clients take a reply without content for a broken one.
    if (text === "") text = tooLong ? "ERROR:4:request too long\n" : "\n";
    const length = Buffer.byteLength(text, "latin1");
    const frame = Buffer.allocUnsafe(PROTO_HEADER_BYTES + length);
    writeProtoHeader(frame, ProtoType.info, length);
    frame.write(text, PROTO_HEADER_BYTES, "latin1");
    return frame;
  }

  /** The value of one command. */
  value(command: string): string {
    return this.#routing(command) ?? this.#statistics.value(command) ?? "ERROR:4:unrecognized command";
  }

  /** What smart clients ask. */
  #routing(command: string): string | undefined {
    const view = this.#view;
    switch (command) {
      case "node":
        return this.#context.nodeId;
      case "build":
        return BUILD;
      case "features":
        return FEATURES;
      case "cluster-name":
        return this.#context.clusterName;
      case "partition-generation":
        return String(view.partitionGeneration);
      case "peers-generation":
        return String(view.peersGeneration);
      case "rebalance-generation":
        // Racks only change with members, and both with the map.
        return String(view.partitionGeneration);
      case "replicas":
        return view.replicas;
      case "service":
      case "service-clear-std":
        return view.self?.service ?? "";
      case "service-clear-alt":
        return view.self === undefined ? "" : alternateOf(view.self);
      case "peers-clear-std":
        return this.#peers((member) => member.service);
      case "peers-clear-alt":
        return this.#peers(alternateOf);
      case "rack-ids":
        return this.#rackIds();
      case "service-tls-std":
      case "service-tls-alt":
        return "";
      case "peers-tls-std":
      case "peers-tls-alt":
        return `${view.peersGeneration},,[]`;
      default:
        return command.startsWith("user-agent-set:") ? "ok" : undefined;
    }
  }

  /** `generation,defaultPort,[[id,tlsName,[host:port]],...]` */
  #peers(addressOf: (member: Member) => string): string {
    const view = this.#view;
    const peers = view.peers.map((member) => `[${member.id},,[${addressOf(member)}]]`);
    return `${view.peersGeneration},,[${peers.join(",")}]`;
  }

  #rackIds(): string {
    const rack = this.#view.self?.rackId ?? 0;
    return this.#context.namespaces.map((namespace) => `${namespace.name}:${rack}`).join(";");
  }
}

function alternateOf(member: Member): string {
  return member.alternate ?? member.service;
}

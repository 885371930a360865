/**
 * The namespaces a door serves, found by the bytes of a request without making a string of them.
 */
import type { NamespaceConfig } from "../../common/config.ts";
import { sameBytes } from "./wire.ts";
import { NamespaceCounters } from "./counters.ts";
import type { XdrDoor } from "./info-xdr.ts";

export interface DoorNamespace {
  /** Position in the configuration: the namespace's part of a slot. */
  readonly id: number;
  readonly name: string;
  readonly nameBytes: Buffer;
  readonly config: NamespaceConfig;
  readonly counters: NamespaceCounters;
  /** Whether writes are refused by the namespace's settings: those that say they are XDR's, or all others. */
  rejects(isXdr: boolean): boolean;
}

export class Namespaces {
  readonly all: readonly DoorNamespace[];

  constructor(configs: readonly NamespaceConfig[], xdr?: Pick<XdrDoor, "namespace">) {
    this.all = configs.map((config, id) => ({
      id,
      name: config.name,
      nameBytes: Buffer.from(config.name, "latin1"),
      config,
      counters: new NamespaceCounters(),
      rejects: (isXdr) => {
        const settings = xdr?.namespace(config.name);
        return settings?.[isXdr ? "reject-xdr-writes" : "reject-non-xdr-writes"] === true;
      },
    }));
  }

  /** The namespace whose name is at `bytes[start]`, undefined when there is none. */
  find(bytes: Buffer, start: number, length: number): DoorNamespace | undefined {
    for (const namespace of this.all) {
      if (namespace.nameBytes.length === length && sameBytes(namespace.nameBytes, 0, bytes, start, length)) {
        return namespace;
      }
    }
    return undefined;
  }

  named(name: string): DoorNamespace | undefined {
    return this.all.find((namespace) => namespace.name === name);
  }
}

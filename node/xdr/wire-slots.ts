/**
 * Translates between the slots of one "xdr" connection (position of the namespace in the shipper's
 * XdrOpen) and the node's own. Namespace ids never leave a datacenter's configuration, so two
 * processes with different ones must still mean the same partition.
 */
import { PARTITION_COUNT } from "../../common/limits.ts";
import { type Slot, slotNamespaceId, slotOf, slotPartitionId } from "../../proto/cluster-map.ts";

/** A namespace as this node serves it; the position in the list is its id here. */
export interface ServedNamespace {
  readonly name: string;
  /** Identity of the namespace's logs in this datacenter. */
  readonly logId: number;
}

export class WireSlots {
  /** Local namespace id by wire index, -1 when it is not served here. */
  readonly #localIds: readonly number[];
  /** Wire index by local namespace id, -1 when the shipper does not know it. */
  readonly #wireIndexes: readonly number[];
  readonly names: readonly string[];

  constructor(names: readonly string[], served: readonly ServedNamespace[]) {
    this.names = names;
    this.#localIds = names.map((name) => served.findIndex((namespace) => namespace.name === name));
    this.#wireIndexes = served.map((namespace) => names.indexOf(namespace.name));
  }

  /** The node's slot, -1 when its namespace is not served here or the number is out of range. */
  local(wireSlot: number): Slot {
    const localId = this.localNamespace(slotNamespaceId(wireSlot));
    return localId < 0 ? -1 : slotOf(localId, slotPartitionId(wireSlot));
  }

  localNamespace(wireIndex: number): number {
    return this.#localIds[wireIndex] ?? -1;
  }

  /** The shipper's number of a namespace; nothing when it does not know it. */
  wireNamespace(localId: number): number[] {
    const index = this.#wireIndexes[localId] ?? -1;
    return index < 0 ? [] : [index];
  }

  /** The shipper's slot, -1 when it does not know the namespace. */
  wire(slot: Slot): number {
    const index = this.#wireIndexes[slotNamespaceId(slot)] ?? -1;
    return index < 0 ? -1 : slotOf(index, slotPartitionId(slot));
  }

  /** Every local slot that both sides know. */
  *both(): Iterable<Slot> {
    for (const localId of this.#localIds) {
      if (localId < 0) continue;
      for (let partition = 0; partition < PARTITION_COUNT; partition++) yield slotOf(localId, partition);
    }
  }
}

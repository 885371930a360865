/**
 * Closes this shipper's own datacenter when another one says that it was declared lost: it came back, or
 * was never gone, without anybody knowing what only it has. It is closed as by `meridian fence --hold`,
 * through the datacenter's control bucket, so that what its clients still write is listed before it is
 * shipped.
 *
 * Must guarantee: nobody is believed who is shut out here in turn, nor a declaration after which an
 * operator has let this datacenter in: reports of before that may still be on their way. It opens nothing.
 */
import { Kvm } from "@nats-io/kv";
import { errorMessage } from "../common/errors.ts";
import type { Logger } from "../common/log.ts";
import { type ClusterMap, type Fence, type LossDeclaration, shutOutOf } from "../proto/cluster-map.ts";
import { decodeFence, encodeFence } from "../proto/cluster-map-codec.ts";
import { newestFence, nextFenceOrder } from "../proto/fence-order.ts";
import { CONTROL_BUCKET, FENCE_KEY } from "../proto/subjects.ts";
import type { NatsLink } from "./bus/nats-link.ts";
import type { MemberWatch } from "./tail/member-watch.ts";

export interface OwnFenceOptions {
  readonly link: NatsLink;
  readonly members: Pick<MemberWatch, "map">;
  readonly log: Logger;
}

/** Whether the datacenter must be closed by what it is told, as far as this map and this order say. */
export function mustClose(map: ClusterMap, ordered: Fence | undefined, { id, by }: LossDeclaration): boolean {
  if (shutOutOf(map.shutOuts, by) !== undefined) return false;
  const fence = newestFence([map.fence, ordered]) ?? map.fence;
  if (fence.state === "held") return false;
  return ![map.fence, ordered].some((one) => one?.admitted?.includes(id));
}

export class OwnFence {
  readonly #options: OwnFenceOptions;
  #ordering = false;

  constructor(options: OwnFenceOptions) {
    this.#options = options;
  }

  /** A datacenter says, with each of its reports, that this one is lost. */
  told(datacenter: string, declaration: LossDeclaration): void {
    const { map } = this.#options.members;
    if (this.#ordering || map === undefined || !mustClose(map, undefined, declaration)) return;
    this.#ordering = true;
    const { log } = this.#options;
    this.#order(map, declaration).then(
      (order) => {
        this.#ordering = false;
        if (order === undefined) return;
        const since = new Date(declaration.sinceMs).toISOString();
        log.error(
          { by: datacenter, since, order },
          "declared lost by another datacenter: closed, until what only this one has is decided on",
        );
      },
      (error: unknown) => {
        this.#ordering = false;
        // The next report asks for it again.
        log.warn({ by: datacenter, reason: errorMessage(error) }, "declared lost, and cannot be closed yet");
      },
    );
  }

  /** The number of the order; undefined: none is needed, or somebody has just given another one. */
  async #order(map: ClusterMap, declaration: LossDeclaration): Promise<number | undefined> {
    const { connection } = this.#options.link;
    if (connection === undefined) return undefined;
    const bucket = await new Kvm(connection).open(CONTROL_BUCKET);
    const entry = await bucket.get(FENCE_KEY);
    const ordered = entry?.operation === "PUT" ? decodeFence(Buffer.from(entry.value)) : undefined;
    if (!mustClose(map, ordered, declaration)) return undefined;
    const fence = nextFenceOrder([map.fence, ordered], { state: "held", because: declaration });
    const value = encodeFence(fence);
    if (entry === null) await bucket.create(FENCE_KEY, value);
    else await bucket.update(FENCE_KEY, value, entry.revision);
    return fence.order;
  }
}

/**
 * What a verification has repaired: a record whose copies or datacenters differ is written again, with the
 * content that its caller has found to be the right one. Copies, logs and other datacenters take that as any
 * write, so nothing is repaired behind their back.
 */
import { Counter, type Registry } from "prom-client";
import { MeridianError } from "../../common/errors.ts";
import { partitionOfDigest, slotOf } from "../../proto/cluster-map.ts";
import type { AdminSource } from "./admin-source.ts";
import { digestOfQuery, imageHashOf, namespaceIdOf } from "./record-view.ts";
import { writeAgain } from "./write-again.ts";

export type RepairRoute = (query: URLSearchParams) => Promise<unknown>;

/**
 * `/repair?namespace=test&digest=HEX&imageHash=HEX[&byContent=false]`: the record, which must still be that
 * of the hash, is written again. A record that has changed is left alone: `{ repaired: false }`. Where bins
 * converge, it is written in place of what others have; with `byContent=false` its bins keep their stamps, so
 * that it is joined with what others have.
 */
export function repairRoute(source: AdminSource, registry: Registry): RepairRoute {
  const repaired = new Counter({
    name: "meridian_verify_repaired_total",
    help: "Records that a verification found to differ, and wrote again here",
    labelNames: ["ns"],
    registers: [registry],
  });
  return async (query) => {
    const namespaceId = namespaceIdOf(source, query);
    const digest = digestOfQuery(query);
    const expected = query.get("imageHash");
    if (expected === null) throw new MeridianError("BAD_REQUEST", "imageHash: of the image to be kept");
    const slot = slotOf(namespaceId, partitionOfDigest(digest));
    if (!source.isPrimary(slot)) {
      throw new MeridianError("NOT_PRIMARY", `${source.name} is not primary of the record`);
    }
    const keepsStamps = query.get("byContent") === "false";
    const generation = await writeAgain(source, slot, digest, (current) => {
      if (current === undefined || imageHashOf(current.bytes) !== expected) return undefined;
      const { tombstone, setName, userKey, voidTime, binCount, bins } = current;
      return { tombstone, setName, userKey, voidTime, binCount, bins, keepsStamps };
    });
    if (generation === undefined) return { repaired: false };
    repaired.inc({ ns: source.namespaces[namespaceId]?.name ?? "" });
    return { repaired: true, generation };
  };
}

/** The control plane of a datacenter of one node, which has all partitions of the namespace `test`. */
import { PARTITION_COUNT } from "../../common/limits.ts";
import type { ControlPlane } from "../../node/controller/control-plane.ts";
import { type ClusterMap, NO_FENCE, NO_SHUT_OUTS } from "../../proto/cluster-map.ts";

export const SELF = "00000000000000A1";

/** A control plane whose map says what it is told. */
export interface OneMember extends ControlPlane {
  tell(change: Partial<ClusterMap>): void;
}

export function oneMember(name: string): OneMember {
  const row = { epoch: 1, primary: SELF, inSync: [SELF], assigned: [SELF] };
  const addresses = { service: "127.0.0.1:1", fabric: "127.0.0.1:2", admin: "127.0.0.1:3" };
  const member = { id: SELF, name, rackId: 0, ...addresses, boot: 1, state: "up" as const, changedAt: 0 };
  const rows = Array.from({ length: PARTITION_COUNT }, () => row);
  const map: ClusterMap = {
    version: 1,
    clusterId: "cluster",
    fence: NO_FENCE,
    shutOuts: NO_SHUT_OUTS,
    members: [member],
    namespaces: [{ name: "test", logId: 1, rows }],
  };
  const done = (): Promise<void> => Promise.resolve();
  let tellMap: (told: ClusterMap) => void = () => undefined;
  return {
    start: done,
    onMap: (listener) => {
      tellMap = listener;
      listener(map);
    },
    tell: (change) => tellMap({ ...map, ...change }),
    offerMap: () => undefined,
    requestInSync: () => undefined,
    requestOutOfSync: () => undefined,
    reportLinks: () => undefined,
    leave: done,
    isController: true,
    connected: true,
    stop: done,
  };
}

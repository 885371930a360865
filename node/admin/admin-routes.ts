/** The node's own admin routes, for `startAdminServer` of common/admin-http.ts. */
import type { AdminRoute } from "../../common/admin-http.ts";
import type { AdminSource } from "./admin-source.ts";
import { changesRoute, positionsRoute } from "./changes.ts";
import { ledgerRoute } from "./ledger.ts";
import { recordRoute } from "./record-view.ts";
import { buildStatus } from "./status.ts";
import { PartitionDigests } from "./verify-digest.ts";

export function nodeAdminRoutes(source: AdminSource): Record<string, AdminRoute> {
  const digests = new PartitionDigests(source);
  return {
    "/status": () => buildStatus(source),
    "/record": (query) => recordRoute(source, query),
    "/fence": () => source.fence(),
    "/positions": (query) => positionsRoute(source, query),
    "/changes": (query) => changesRoute(source, query),
    "/ledger": (query) => ledgerRoute(source, query),
    "/verify": (query) => digests.digests(query),
    "/verify-keys": (query) => digests.keys(query),
  };
}

/** The node's own admin routes, for `startAdminServer` of common/admin-http.ts. */
import type { Registry } from "prom-client";
import type { AdminRoute } from "../../common/admin-http.ts";
import type { AdminSource } from "./admin-source.ts";
import { changesRoute, positionsRoute } from "./changes.ts";
import { changeFeedsRoute, feedsRoute } from "./feeds.ts";
import { historyRoute } from "./history.ts";
import { ledgerRoute } from "./ledger.ts";
import { noteRoute, notesRoute } from "./notes.ts";
import { repairRoute } from "./repair.ts";
import { restoreRoute, retryRoute } from "./note-actions.ts";
import { recordRoute } from "./record-view.ts";
import { shiftClockRoute } from "./shift-clock.ts";
import { buildStatus } from "./status.ts";
import { PartitionDigests } from "./verify-digest.ts";
import { changeXdrRoute, xdrRoute } from "./xdr.ts";

/** What changes something: POST, with the node's token. */
export function nodeAdminActions(source: AdminSource, registry: Registry): Record<string, AdminRoute> {
  return {
    "/repair": repairRoute(source, registry),
    "/restore": (query) => restoreRoute(source, query),
    "/xdr": (query) => changeXdrRoute(source, query),
    "/feeds": (query) => changeFeedsRoute(source, query),
    "/shift-clock": (query) => shiftClockRoute(source, query),
    "/retry": (query) => retryRoute(source, query),
  };
}

export function nodeAdminRoutes(source: AdminSource): Record<string, AdminRoute> {
  const digests = new PartitionDigests(source);
  return {
    "/status": () => buildStatus(source),
    "/record": (query) => recordRoute(source, query),
    "/xdr": () => xdrRoute(source),
    "/feeds": () => feedsRoute(source),
    "/fence": () => source.fence(),
    "/positions": (query) => positionsRoute(source, query),
    "/changes": (query) => changesRoute(source, query),
    "/ledger": (query) => ledgerRoute(source, query),
    "/history": (query) => historyRoute(source, query),
    "/notes": (query) => notesRoute(source, query),
    "/note": (query) => noteRoute(source, query),
    "/verify": (query) => digests.digests(query),
    "/verify-keys": (query) => digests.keys(query),
  };
}

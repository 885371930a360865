/** Every NATS subject, stream and bucket name, built here and nowhere else. */

/** JetStream KV bucket of a datacenter's control state. */
export const CONTROL_BUCKET = "meridian-control";
/** Key of the cluster map in the control bucket. */
export const MAP_KEY = "map";
/** Key of the controller's lease. */
export const CONTROLLER_KEY = "controller";
/** Key of a member's registration. */
export function memberKey(nodeId: string): string {
  return `member.${nodeId}`;
}
/** Beginning of the keys of `memberKey`. */
export const MEMBER_KEY_PREFIX = "member.";
/** Beginning of the keys that declare a member gone for good: its replicas are made elsewhere. */
export const FORGET_KEY_PREFIX = "forget.";
/** Key of the operator's latest order to close or open the datacenter (Fence of control.proto). */
export const FENCE_KEY = "fence";
/** Key of the operator's latest order which datacenters are shut out (ShutOuts of control.proto). */
export const SHUT_OUTS_KEY = "shut-outs";
/** Key of the latest order of settings of shipping (XdrOrders of control.proto). */
export const XDR_ORDERS_KEY = "xdr";
/** Key of the latest order of change feeds (FeedOrders of control.proto). */
export const FEED_ORDERS_KEY = "feeds";
/** Core subject where the members of a datacenter tell what they see of each other. */
export function controlReportSubject(datacenter: string): string {
  return `meridian.control.${datacenter}.report`;
}
/** Core subject where primaries ask for in-sync changes. */
export function controlInSyncSubject(datacenter: string): string {
  return `meridian.control.${datacenter}.insync`;
}
/** Core subject on which a member answers with the highest map it holds. */
export function controlMapAskSubject(datacenter: string, nodeId: string): string {
  return `meridian.control.${datacenter}.map.${nodeId}`;
}

/** Stream, in the origin's JetStream, of the changes that `origin` ships to `destination`. */
export function shipStream(origin: string, destination: string): string {
  return `XDR_${origin}_${destination}`;
}
/** Subject of one ship lane. */
export function shipSubject(origin: string, destination: string, namespace: string, lane: number): string {
  return `xdr.${origin}.${destination}.${namespace}.${lane}`;
}
/** All lanes from `origin` to `destination`. */
export function shipSubjects(origin: string, destination: string): string {
  return `xdr.${origin}.${destination}.>`;
}
/** Core subject, on the origin's NATS, where the destination reports its applied positions. */
export function positionSubject(origin: string, destination: string): string {
  return `xdrpos.${origin}.${destination}`;
}
/** Core subject, on the origin's NATS, where the origin asks the destination for all positions. */
export function positionAskSubject(origin: string, destination: string): string {
  return `xdrask.${origin}.${destination}`;
}
/** Core subject, on a datacenter's own NATS, where its shippers announce themselves. */
export function shipperPresenceSubject(datacenter: string): string {
  return `shippers.${datacenter}`;
}
/** One lane of all namespaces from `origin` to `destination`. */
export function shipLaneSubjects(origin: string, destination: string, lane: number): string {
  return `xdr.${origin}.${destination}.*.${lane}`;
}
/**
 * Beginning of the subjects where `destination`'s shippers take answers on another datacenter's NATS: its
 * own, so that a login there need not be allowed to read everybody's answers.
 */
export function remoteInboxPrefix(destination: string): string {
  return `_INBOX_${destination}`;
}

/** Stream, in a datacenter's own JetStream, of a change feed. */
export function feedStream(datacenter: string, feed: string): string {
  return `CDC_${datacenter}_${feed}`;
}
/** Subject of the changes of a set's records; the empty set is the records without one. */
export function feedSubject(datacenter: string, namespace: string, set: string): string {
  return `cdc.${datacenter}.${namespace}.${setToken(set)}`;
}
/** What a feed's stream takes: the subjects of all sets, or of some; and the declared gaps. */
export function feedSubjects(
  datacenter: string,
  feed: string,
  namespace: string,
  sets: readonly string[] | undefined,
): string[] {
  const changes = sets?.map((set) => feedSubject(datacenter, namespace, set)) ?? [
    `cdc.${datacenter}.${namespace}.*`,
  ];
  return [...changes, feedGapSubject(datacenter, feed)];
}
/** Subject, in the feed's stream, of changes that the log no longer held when their turn came. */
export function feedGapSubject(datacenter: string, feed: string): string {
  return `cdcgap.${datacenter}.${feed}`;
}
/** Core subject where a declared consumer of a feed reports its positions to the shippers. */
export function feedPositionSubject(datacenter: string, feed: string, consumer: string): string {
  return `cdcpos.${datacenter}.${feed}.${consumer}`;
}
/** Core subject where a declared consumer's position is moved, back or forward. */
export function feedMoveSubject(datacenter: string, feed: string, consumer: string): string {
  return `cdcmove.${datacenter}.${feed}.${consumer}`;
}
/** Core subject where a reader that was elsewhere asks where it goes on, or what it has of other logs. */
export function feedPlaceSubject(datacenter: string, feed: string): string {
  return `cdcplace.${datacenter}.${feed}`;
}
/** Core subject where readers ask the shippers which feeds there are. */
export function feedListSubject(datacenter: string): string {
  return `cdclist.${datacenter}`;
}
/** Core subject where a reader of a feed asks the shippers for positions. */
export function feedAskSubject(datacenter: string, feed: string, consumer: string): string {
  return `cdcask.${datacenter}.${feed}.${consumer}`;
}
/** Header of the message that ends the answer to a question there. */
export const SNAPSHOT_END_HEADER = "Snapshot-End";
/** Core subject where a reader of a feed asks the shippers for a partition's records as they stand. */
export function feedSnapshotSubject(datacenter: string, feed: string): string {
  return `cdcsnap.${datacenter}.${feed}`;
}
/** A set's name as one token: letters, digits, `_` and `-` stand for themselves; `-` alone is no set. */
function setToken(set: string): string {
  if (set === "") return "-";
  if (/^[A-Za-z0-9_-]+$/.test(set) && set !== "-") return set;
  let token = "";
  for (const byte of Buffer.from(set, "utf8")) {
    const letter = String.fromCharCode(byte);
    const plain = /[A-Za-z0-9_]/.test(letter);
    token += plain ? letter : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }
  return token;
}

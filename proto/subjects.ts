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

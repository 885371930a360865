/** The control plane's messages and values (control.proto) to and from the values the code speaks. */
import type { Member, NodeId } from "../../proto/cluster-map.ts";
import { memberFromWire, memberToWire } from "../../proto/cluster-map-codec.ts";
import { meridian } from "../../proto/gen/control.js";
import {
  type InSyncAsk,
  type MemberReport,
  type Registered,
  START_FENCED,
  type StartFenced,
} from "./observed.ts";

const wire = meridian.control;

/** Asks put into one message: far below a NATS payload. */
const ASKS_PER_MESSAGE = 32_768;

export interface Registration extends Registered {
  readonly session: string;
}

export function encodeRegistration(registration: Registration): Uint8Array {
  const { member, session, namespaces, startFenced } = registration;
  return wire.Registration.encode({
    member: memberToWire(member),
    session,
    namespaces: [...namespaces],
    startFenced: START_FENCED.indexOf(startFenced),
  }).finish();
}

export function decodeRegistration(bytes: Uint8Array): Registration {
  const { member, session, namespaces, startFenced } = wire.Registration.decode(bytes);
  return {
    member: memberFromWire(member ?? {}),
    session,
    namespaces,
    // A word of a later release means at least the strictest of this one.
    startFenced: START_FENCED[startFenced] ?? "always",
  };
}

/** A report without the time of its arrival. */
export type OutgoingReport = Omit<MemberReport, "receivedAtMs">;

export function encodeReport(report: OutgoingReport): Uint8Array {
  return wire.Report.encode({
    ...report,
    links: report.links.map((link) => ({ ...link, silentMs: Math.round(link.silentMs) })),
  }).finish();
}

export function decodeReport(bytes: Uint8Array, receivedAtMs: number): MemberReport {
  const { from, boot, leaving, stopping, mapVersion, clusterId, links } = wire.Report.decode(bytes);
  return {
    from,
    boot,
    leaving,
    stopping,
    mapVersion,
    clusterId,
    links: links.map((link) => ({
      peer: link.peer ?? "",
      up: link.up ?? false,
      refused: link.refused ?? false,
      silentMs: link.silentMs ?? 0,
    })),
    receivedAtMs,
  };
}

/** One message a chunk of asks; asks for the same member and map version share a group. */
export function encodeAsks(from: NodeId, asks: readonly Omit<InSyncAsk, "from">[]): Uint8Array[] {
  const messages: Uint8Array[] = [];
  for (let at = 0; at < asks.length; at += ASKS_PER_MESSAGE) {
    const groups = new Map<string, meridian.control.InSyncGroup>();
    for (const ask of asks.slice(at, at + ASKS_PER_MESSAGE)) {
      const key = `${ask.member}/${ask.remove}/${ask.mapVersion}`;
      let group = groups.get(key);
      if (group === undefined) {
        const { member, remove, mapVersion } = ask;
        group = wire.InSyncGroup.create({ member, remove, mapVersion, slots: [], epochs: [] });
        groups.set(key, group);
      }
      group.slots.push(ask.slot);
      group.epochs.push(ask.epoch);
    }
    messages.push(wire.InSyncAsks.encode({ from, groups: [...groups.values()] }).finish());
  }
  return messages;
}

export function decodeAsks(bytes: Uint8Array): InSyncAsk[] {
  const { from, groups } = wire.InSyncAsks.decode(bytes);
  return groups.flatMap((group) =>
    (group.slots ?? []).map((slot, index) => ({
      from,
      slot,
      epoch: group.epochs?.[index] ?? 0,
      member: group.member ?? "",
      remove: group.remove ?? false,
      mapVersion: group.mapVersion ?? 0,
    })),
  );
}

/** A registration of `member` as this process makes it. */
export function registrationOf(
  member: Member,
  session: string,
  namespaces: readonly string[],
  startFenced: StartFenced,
): Registration {
  return { member: { ...member, state: "up", changedAt: 0 }, session, namespaces, startFenced };
}

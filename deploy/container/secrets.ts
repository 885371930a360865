/**
 * Who may log in at which NATS, and with what: passwords and certificates of a set-up, and the files
 * that they are in. A datacenter's own processes may do everything on its NATS; another datacenter's
 * shippers only what taking over changes needs (ADR 0004): pull their stream, report their positions.
 */
import { createPrivateKey, randomBytes, X509Certificate } from "node:crypto";
import { z } from "zod";
import { positionAskSubject, positionSubject, remoteInboxPrefix, shipStream } from "../../proto/subjects.ts";
import { makeAuthority, makeServerCertificate } from "./certificates.ts";

const AUTHORITY_NAME = "Meridian set-up";
/** The login of a datacenter's own processes. */
const OWN_USER = "meridian";
/** Certificates are made anew when they hold for less. */
const RENEWAL_MS = 60 * 86_400_000;

export interface Datacenter {
  readonly name: string;
  /** Host names of its NATS servers. */
  readonly servers: readonly string[];
}

const keyedSchema = z.object({ certificate: z.string(), privateKey: z.string() });

export const secretsSchema = z.object({
  authority: keyedSchema,
  /** By datacenter. */
  certificates: z.record(z.string(), keyedSchema),
  /** By datacenter whose NATS it is, then by user. */
  passwords: z.record(z.string(), z.record(z.string(), z.string())),
});

export type Secrets = z.infer<typeof secretsSchema>;

/** `state` with everything that the datacenters need and it lacks. */
export function renewed(
  state: Secrets | undefined,
  datacenters: readonly Datacenter[],
  nowMs: number,
): Secrets {
  const kept = state !== undefined && holds(state.authority.certificate, nowMs) ? state : undefined;
  const authority = kept?.authority ?? makeAuthority(AUTHORITY_NAME, nowMs);
  const signer = { name: AUTHORITY_NAME, privateKey: createPrivateKey(authority.privateKey) };
  const certificates = { ...kept?.certificates };
  const passwords = { ...state?.passwords };
  for (const datacenter of datacenters) {
    const hosts = hostsOf(datacenter);
    const known = certificates[datacenter.name]?.certificate;
    if (known === undefined || !holds(known, nowMs) || !isFor(known, hosts)) {
      certificates[datacenter.name] = makeServerCertificate(signer, hosts, nowMs);
    }
    const users = [OWN_USER, ...datacenters.filter((other) => other !== datacenter).map(({ name }) => name)];
    const made = users.map((user) => [user, randomBytes(24).toString("base64url")] as const);
    passwords[datacenter.name] = { ...Object.fromEntries(made), ...passwords[datacenter.name] };
  }
  return { authority, certificates, passwords };
}

/** The files of one datacenter by name. */
export function filesOf(
  secrets: Secrets,
  name: string,
  datacenters: readonly Datacenter[],
): Record<string, string> {
  const own = secrets.passwords[name] ?? {};
  const keyed = secrets.certificates[name];
  const others = datacenters.map((other) => other.name).filter((other) => other !== name);
  const logins = others.map((other) => [
    `${other}-credentials`,
    `${name}:${secrets.passwords[other]?.[name] ?? ""}`,
  ]);
  return {
    "ca.pem": secrets.authority.certificate,
    "nats-cert.pem": keyed?.certificate ?? "",
    "nats-key.pem": keyed?.privateKey ?? "",
    "nats-credentials": `${OWN_USER}:${own[OWN_USER] ?? ""}`,
    "users.conf": usersConfig(name, own, others),
    ...Object.fromEntries(logins),
  };
}

/** The inside name of each server, the name on the wan network, and this machine's for published ports. */
function hostsOf({ name, servers }: Datacenter): string[] {
  return [...servers, `${name}.wan`, "localhost", "127.0.0.1"];
}

function holds(certificate: string, nowMs: number): boolean {
  return new X509Certificate(certificate).validToDate.getTime() > nowMs + RENEWAL_MS;
}

function isFor(certificate: string, hosts: readonly string[]): boolean {
  const names = new X509Certificate(certificate).subjectAltName?.split(", ") ?? [];
  return hosts.every((host) => names.some((name) => name.endsWith(`:${host}`)));
}

/** nats-server's `authorization`, to be included by its configuration. */
function usersConfig(
  name: string,
  passwords: Readonly<Record<string, string>>,
  others: readonly string[],
): string {
  const remote = others.map((other) => {
    const { publish, subscribe } = remotePermissions(name, other);
    const list = (subjects: readonly string[]): string =>
      subjects.map((one) => JSON.stringify(one)).join(", ");
    return [
      `    { user: ${other}, password: "${passwords[other] ?? ""}", permissions: {`,
      `        publish: [${list(publish)}]`,
      `        subscribe: [${list(subscribe)}] } }`,
    ].join("\n");
  });
  const own = `    { user: ${OWN_USER}, password: "${passwords[OWN_USER] ?? ""}" }`;
  return `authorization {\n  users: [\n${[own, ...remote].join("\n")}\n  ]\n}\n`;
}

/** What `destination`'s shippers do on `origin`'s NATS. */
function remotePermissions(origin: string, destination: string): { publish: string[]; subscribe: string[] } {
  const stream = shipStream(origin, destination);
  const api = ["STREAM.INFO", "CONSUMER.LIST"].map((verb) => `$JS.API.${verb}.${stream}`);
  const consumers = ["CREATE", "DURABLE.CREATE", "DELETE", "INFO", "MSG.NEXT"];
  return {
    publish: [
      positionSubject(origin, destination),
      ...api,
      ...consumers.map((verb) => `$JS.API.CONSUMER.${verb}.${stream}.>`),
      // Servers name the domain and account in between, or not.
      `$JS.ACK.${stream}.>`,
      `$JS.ACK.*.*.${stream}.>`,
    ],
    subscribe: [positionAskSubject(origin, destination), `${remoteInboxPrefix(destination)}.>`],
  };
}

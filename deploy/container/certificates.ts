/**
 * X.509 certificates for a set-up's NATS servers, signed by an authority made for it: what is needed of
 * DER (RFC 5280) and nothing more. Keys are P-256, signatures ECDSA with SHA-256.
 */
import {
  createHash,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
} from "node:crypto";

export interface KeyedCertificate {
  /** PEM. */
  readonly certificate: string;
  readonly privateKey: string;
}

const DAY_MS = 86_400_000;
const AUTHORITY_DAYS = 3650;
/** Longer ones some verifiers refuse. */
const SERVER_DAYS = 800;
/** A clock that is a bit behind must not find a certificate of the future. */
const BACKDATED_MS = DAY_MS;

/** An authority that signs for nothing but what `makeServerCertificate` is asked for. */
export function makeAuthority(name: string, nowMs: number): KeyedCertificate {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const extensions = [
    extension(OID.basicConstraints, sequence(boolean(true), integer(Buffer.of(0))), true),
    // keyCertSign, cRLSign
    extension(OID.keyUsage, Buffer.of(TAG.bitString, 2, 1, 0x06), true),
    extension(OID.subjectKeyIdentifier, tlv(TAG.octetString, keyIdentifier(publicKey))),
  ];
  const subject = distinguishedName(name);
  const certificate = makeCertificate({
    ...{ subject, issuer: subject, publicKey, signer: privateKey, extensions },
    ...{ fromMs: nowMs - BACKDATED_MS, untilMs: nowMs + AUTHORITY_DAYS * DAY_MS },
  });
  return { certificate, privateKey: pemOf(privateKey) };
}

/** A certificate for a server (and, among a cluster's servers, a client) of these host names. */
export function makeServerCertificate(
  authority: { readonly name: string; readonly privateKey: KeyObject },
  hosts: readonly string[],
  nowMs: number,
): KeyedCertificate {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const issuerKey = createPublicKey(authority.privateKey);
  const names = hosts.map((host) =>
    /^\d+(\.\d+){3}$/.test(host)
      ? tlv(TAG.address, Buffer.from(host.split(".").map(Number)))
      : tlv(TAG.dnsName, Buffer.from(host, "latin1")),
  );
  const extensions = [
    extension(OID.basicConstraints, sequence(), true),
    // digitalSignature
    extension(OID.keyUsage, Buffer.of(TAG.bitString, 2, 7, 0x80), true),
    extension(OID.extKeyUsage, sequence(oid(OID.serverAuth), oid(OID.clientAuth))),
    extension(OID.subjectAltName, sequence(...names)),
    extension(OID.subjectKeyIdentifier, tlv(TAG.octetString, keyIdentifier(publicKey))),
    extension(OID.authorityKeyIdentifier, sequence(tlv(TAG.keyIdentifier, keyIdentifier(issuerKey)))),
  ];
  const certificate = makeCertificate({
    ...{ subject: distinguishedName(hosts[0] ?? ""), issuer: distinguishedName(authority.name) },
    ...{ publicKey, signer: authority.privateKey, extensions },
    ...{ fromMs: nowMs - BACKDATED_MS, untilMs: nowMs + SERVER_DAYS * DAY_MS },
  });
  return { certificate, privateKey: pemOf(privateKey) };
}

interface Parts {
  readonly subject: Buffer;
  readonly issuer: Buffer;
  readonly publicKey: KeyObject;
  readonly signer: KeyObject;
  readonly fromMs: number;
  readonly untilMs: number;
  readonly extensions: readonly Buffer[];
}

function makeCertificate(parts: Parts): string {
  const algorithm = sequence(oid(OID.ecdsaWithSha256));
  const serial = randomBytes(16);
  // Positive, and its first byte never zero: the shortest encoding.
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40;
  const signed = sequence(
    tlv(TAG.version, integer(Buffer.of(2))),
    integer(serial),
    algorithm,
    parts.issuer,
    sequence(time(parts.fromMs), time(parts.untilMs)),
    parts.subject,
    parts.publicKey.export({ type: "spki", format: "der" }),
    tlv(TAG.extensions, sequence(...parts.extensions)),
  );
  const signature = sign("sha256", signed, parts.signer);
  const der = sequence(signed, algorithm, tlv(TAG.bitString, Buffer.of(0), signature));
  const lines = der.toString("base64").match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
}

const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  oid: 0x06,
  utf8: 0x0c,
  generalizedTime: 0x18,
  utcTime: 0x17,
  sequence: 0x30,
  set: 0x31,
  keyIdentifier: 0x80,
  dnsName: 0x82,
  address: 0x87,
  version: 0xa0,
  extensions: 0xa3,
};

const OID = {
  commonName: "2.5.4.3",
  subjectKeyIdentifier: "2.5.29.14",
  keyUsage: "2.5.29.15",
  subjectAltName: "2.5.29.17",
  basicConstraints: "2.5.29.19",
  authorityKeyIdentifier: "2.5.29.35",
  extKeyUsage: "2.5.29.37",
  serverAuth: "1.3.6.1.5.5.7.3.1",
  clientAuth: "1.3.6.1.5.5.7.3.2",
  ecdsaWithSha256: "1.2.840.10045.4.3.2",
};

function tlv(tag: number, ...contents: readonly Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  const { length } = content;
  const head = length < 0x80 ? [tag, length] : [tag, 0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from(length >= 0x80 && length < 0x100 ? [tag, 0x81, length] : head), content]);
}

function sequence(...contents: readonly Buffer[]): Buffer {
  return tlv(TAG.sequence, ...contents);
}

function boolean(value: boolean): Buffer {
  return Buffer.of(TAG.boolean, 1, value ? 0xff : 0);
}

function integer(bytes: Buffer): Buffer {
  return tlv(TAG.integer, bytes);
}

function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split(".").map(Number);
  const bytes = [first * 40 + second];
  for (const arc of rest) {
    const digits = [arc & 0x7f];
    for (let left = arc >> 7; left > 0; left >>= 7) digits.unshift((left & 0x7f) | 0x80);
    bytes.push(...digits);
  }
  return tlv(TAG.oid, Buffer.from(bytes));
}

/** Two-digit years until 2049, as RFC 5280 has it. */
function time(ms: number): Buffer {
  const digits = new Date(ms).toISOString().replace(/\D/g, "").slice(0, 14);
  const isShort = Number(digits.slice(0, 4)) < 2050;
  const text = `${isShort ? digits.slice(2) : digits}Z`;
  return tlv(isShort ? TAG.utcTime : TAG.generalizedTime, Buffer.from(text));
}

function distinguishedName(commonName: string): Buffer {
  const value = tlv(TAG.utf8, Buffer.from(commonName));
  return sequence(tlv(TAG.set, sequence(oid(OID.commonName), value)));
}

function extension(id: string, value: Buffer, critical = false): Buffer {
  return sequence(oid(id), ...(critical ? [boolean(true)] : []), tlv(TAG.octetString, value));
}

function keyIdentifier(key: KeyObject): Buffer {
  return createHash("sha1")
    .update(key.export({ type: "spki", format: "der" }))
    .digest();
}

function pemOf(privateKey: KeyObject): string {
  return privateKey.export({ type: "pkcs8", format: "pem" }).toString();
}

/**
 * X.509 certificates for a set-up's NATS servers, signed by an authority made for it: which fields and
 * extensions they have (RFC 5280). Keys are P-256, signatures ECDSA with SHA-256.
 */
import {
  createHash,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
} from "node:crypto";
import { AsnConvert, OctetString } from "@peculiar/asn1-schema";
import {
  AlgorithmIdentifier,
  AttributeTypeAndValue,
  AttributeValue,
  AuthorityKeyIdentifier,
  BasicConstraints,
  Certificate,
  ExtendedKeyUsage,
  Extension,
  Extensions,
  GeneralName,
  id_ce_authorityKeyIdentifier,
  id_ce_basicConstraints,
  id_ce_extKeyUsage,
  id_ce_keyUsage,
  id_ce_subjectAltName,
  id_ce_subjectKeyIdentifier,
  id_kp_clientAuth,
  id_kp_serverAuth,
  KeyIdentifier,
  KeyUsage,
  KeyUsageFlags,
  Name,
  RelativeDistinguishedName,
  SubjectAlternativeName,
  SubjectKeyIdentifier,
  SubjectPublicKeyInfo,
  TBSCertificate,
  Validity,
  Version,
} from "@peculiar/asn1-x509";

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
const COMMON_NAME = "2.5.4.3";
const ECDSA_WITH_SHA256 = "1.2.840.10045.4.3.2";

/** An authority that signs for nothing but what `makeServerCertificate` is asked for. */
export function makeAuthority(name: string, nowMs: number): KeyedCertificate {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const constraints = new BasicConstraints({ cA: true, pathLenConstraint: 0 });
  const usage = new KeyUsage(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign);
  const subject = distinguishedName(name);
  const certificate = makeCertificate({
    ...{ subject, issuer: subject, publicKey, signer: privateKey },
    ...{ fromMs: nowMs - BACKDATED_MS, untilMs: nowMs + AUTHORITY_DAYS * DAY_MS },
    extensions: [
      extension(id_ce_basicConstraints, constraints, true),
      extension(id_ce_keyUsage, usage, true),
      extension(id_ce_subjectKeyIdentifier, new SubjectKeyIdentifier(keyIdentifier(publicKey))),
    ],
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
  const issuerKey = new KeyIdentifier(keyIdentifier(createPublicKey(authority.privateKey)));
  const names = hosts.map(
    (host) => new GeneralName(/^\d+(\.\d+){3}$/.test(host) ? { iPAddress: host } : { dNSName: host }),
  );
  const certificate = makeCertificate({
    ...{ subject: distinguishedName(hosts[0] ?? ""), issuer: distinguishedName(authority.name) },
    ...{ publicKey, signer: authority.privateKey },
    ...{ fromMs: nowMs - BACKDATED_MS, untilMs: nowMs + SERVER_DAYS * DAY_MS },
    extensions: [
      extension(id_ce_basicConstraints, new BasicConstraints(), true),
      extension(id_ce_keyUsage, new KeyUsage(KeyUsageFlags.digitalSignature), true),
      extension(id_ce_extKeyUsage, new ExtendedKeyUsage([id_kp_serverAuth, id_kp_clientAuth])),
      extension(id_ce_subjectAltName, new SubjectAlternativeName(names)),
      extension(id_ce_subjectKeyIdentifier, new SubjectKeyIdentifier(keyIdentifier(publicKey))),
      extension(id_ce_authorityKeyIdentifier, new AuthorityKeyIdentifier({ keyIdentifier: issuerKey })),
    ],
  });
  return { certificate, privateKey: pemOf(privateKey) };
}

interface Parts {
  readonly subject: Name;
  readonly issuer: Name;
  readonly publicKey: KeyObject;
  readonly signer: KeyObject;
  readonly fromMs: number;
  readonly untilMs: number;
  readonly extensions: Extension[];
}

function makeCertificate({ subject, issuer, publicKey, signer, ...parts }: Parts): string {
  const signatureAlgorithm = new AlgorithmIdentifier({ algorithm: ECDSA_WITH_SHA256 });
  const tbsCertificate = new TBSCertificate({
    ...{ version: Version.v3, serialNumber: serialNumber(), signature: signatureAlgorithm },
    ...{ issuer, subject },
    validity: new Validity({ notBefore: new Date(parts.fromMs), notAfter: new Date(parts.untilMs) }),
    subjectPublicKeyInfo: AsnConvert.parse(spkiOf(publicKey), SubjectPublicKeyInfo),
    extensions: new Extensions(parts.extensions),
  });
  const signature = sign("sha256", Buffer.from(AsnConvert.serialize(tbsCertificate)), signer);
  const signatureValue = bufferOf(signature);
  const der = AsnConvert.serialize(new Certificate({ tbsCertificate, signatureAlgorithm, signatureValue }));
  const lines =
    Buffer.from(der)
      .toString("base64")
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
}

/** Positive, and its first byte never zero: the shortest encoding. */
function serialNumber(): ArrayBuffer {
  const serial = randomBytes(16);
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40;
  return bufferOf(serial);
}

function distinguishedName(commonName: string): Name {
  const value = new AttributeValue({ utf8String: commonName });
  return new Name([new RelativeDistinguishedName([new AttributeTypeAndValue({ type: COMMON_NAME, value })])]);
}

function extension(extnID: string, value: object, critical = false): Extension {
  return new Extension({ extnID, critical, extnValue: new OctetString(AsnConvert.serialize(value)) });
}

function keyIdentifier(key: KeyObject): Buffer {
  return createHash("sha1").update(spkiOf(key)).digest();
}

function spkiOf(publicKey: KeyObject): Buffer {
  return publicKey.export({ type: "spki", format: "der" });
}

function pemOf(privateKey: KeyObject): string {
  return privateKey.export({ type: "pkcs8", format: "pem" }).toString();
}

/** Of exactly these bytes: a Buffer's own may be a part of a larger one. */
function bufferOf(bytes: Buffer): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}

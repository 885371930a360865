/**
 * Proves that certificates are what OpenSSL takes for right: signed by their authority, for the names
 * asked for, and good for a TLS handshake that checks both; and that another authority's are refused.
 */
import { createPrivateKey, X509Certificate } from "node:crypto";
import { once } from "node:events";
import { connect, createServer, type TLSSocket } from "node:tls";
import { expect, test } from "vitest";
import { type KeyedCertificate, makeAuthority, makeServerCertificate } from "./certificates.ts";

const NOW = Date.now();
const authority = makeAuthority("Meridian test", NOW);
const signer = { name: "Meridian test", privateKey: createPrivateKey(authority.privateKey) };
const hosts = [
  "a-nats",
  "dc-a.wan",
  "localhost",
  "127.0.0.1",
  ...Array.from({ length: 9 }, (_, n) => `a-nats-${n}`),
];
const server = makeServerCertificate(signer, hosts, NOW);

test("signed by the authority, for every name, and valid now", () => {
  const own = new X509Certificate(server.certificate);
  const issuer = new X509Certificate(authority.certificate);
  expect(own.verify(issuer.publicKey)).toBe(true);
  expect(own.checkIssued(issuer)).toBe(true);
  expect([issuer.ca, own.ca]).toEqual([true, false]);
  for (const host of hosts) {
    expect(/^\d/.test(host) ? own.checkIP(host) : own.checkHost(host)).toBe(host);
  }
  expect(own.checkHost("b-nats")).toBeUndefined();
  expect(own.validFromDate.getTime()).toBeLessThan(NOW);
  expect(own.validToDate.getTime() - NOW).toBeGreaterThan(700 * 86_400_000);
  expect(own.checkPrivateKey(createPrivateKey(server.privateKey))).toBe(true);
});

test("dates beyond 2049 are written with four digits", () => {
  const late = new X509Certificate(makeAuthority("late", Date.UTC(2045, 5, 1)).certificate);
  expect(late.validToDate.getUTCFullYear()).toBe(2055);
});

async function shake(ca: KeyedCertificate, servername: string): Promise<TLSSocket> {
  const listener = createServer({ cert: server.certificate, key: server.privateKey }, (socket) =>
    socket.end(),
  );
  listener.listen(0, "127.0.0.1");
  await once(listener, "listening");
  const address = listener.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const socket = connect({ port: address.port, host: "127.0.0.1", ca: ca.certificate, servername });
  try {
    await once(socket, "secureConnect");
    return socket;
  } finally {
    socket.destroy();
    listener.close();
  }
}

test("a handshake takes it under its names and authority only", async () => {
  expect((await shake(authority, "dc-a.wan")).authorized).toBe(true);
  await expect(shake(authority, "dc-b.wan")).rejects.toThrow(/does not match/);
  await expect(shake(makeAuthority("Meridian test", NOW), "dc-a.wan")).rejects.toThrow(
    /signature|issuer|verify/,
  );
});

/**
 * Proves that secrets are made once and kept: run again, nothing changes but what is missing, about to
 * expire or for other servers; and that a datacenter's files hold its own logins and no other's keys.
 */
import { X509Certificate } from "node:crypto";
import { expect, test } from "vitest";
import { filesOf, renewed } from "./secrets.ts";

const NOW = Date.UTC(2026, 0, 1);
const DAY_MS = 86_400_000;
const A = { name: "dc-a", servers: ["a-nats"] };
const B = { name: "dc-b", servers: ["b-nats"] };
const C = { name: "dc-c", servers: ["c-nats-1", "c-nats-2"] };

test("kept when nothing is missing, completed when a datacenter is added", () => {
  const first = renewed(undefined, [A, B], NOW);
  expect(renewed(first, [A, B], NOW + DAY_MS)).toEqual(first);
  const more = renewed(first, [A, B, C], NOW);
  expect(more.authority).toEqual(first.authority);
  expect(more.certificates["dc-a"]).toEqual(first.certificates["dc-a"]);
  expect(more.passwords["dc-a"]).toMatchObject(first.passwords["dc-a"] ?? {});
  expect(Object.keys(more.passwords["dc-a"] ?? {}).sort()).toEqual(["dc-b", "dc-c", "meridian"]);
});

test("a certificate is made anew before it expires or for other servers, passwords stay", () => {
  const first = renewed(undefined, [A, B], NOW);
  const later = renewed(first, [A, B], NOW + 780 * DAY_MS);
  expect(later.authority).toEqual(first.authority);
  expect(later.certificates["dc-a"]).not.toEqual(first.certificates["dc-a"]);
  expect(later.passwords).toEqual(first.passwords);
  const moved = renewed(first, [{ ...A, servers: ["a-nats", "a-nats-2"] }, B], NOW);
  const certificate = new X509Certificate(moved.certificates["dc-a"]?.certificate ?? "");
  expect(certificate.checkHost("a-nats-2")).toBe("a-nats-2");
  expect(moved.certificates["dc-b"]).toEqual(first.certificates["dc-b"]);
  const anew = renewed(first, [A, B], NOW + 3640 * DAY_MS);
  expect(anew.authority).not.toEqual(first.authority);
  expect(anew.certificates["dc-b"]).not.toEqual(first.certificates["dc-b"]);
});

test("a datacenter's files: its own login everywhere, and nobody else's", () => {
  const secrets = renewed(undefined, [A, B], NOW);
  const files = filesOf(secrets, "dc-a", [A, B]);
  expect(files["nats-credentials"]).toBe(`meridian:${secrets.passwords["dc-a"]?.["meridian"]}`);
  expect(files["dc-b-credentials"]).toBe(`dc-a:${secrets.passwords["dc-b"]?.["dc-a"]}`);
  expect(files["users.conf"]).toContain(`user: dc-b, password: "${secrets.passwords["dc-a"]?.["dc-b"]}"`);
  const all = Object.values(files).join("\n");
  expect(all).not.toContain(secrets.passwords["dc-b"]?.["meridian"]);
  expect(all).not.toContain(secrets.authority.privateKey);
  expect(all).not.toContain(secrets.certificates["dc-b"]?.privateKey);
});

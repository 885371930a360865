/**
 * Proves that a NATS address gives the servers, the login and the encryption that it says, and that a
 * login from elsewhere counts only where the address has none; and is never shown. (That it connects: the
 * end-to-end tests.)
 */
import { expect, test } from "vitest";
import { natsConnectionOptions, shownNatsUrl } from "./connect.ts";

test("a plain address, several of a cluster, and no login", () => {
  const options = natsConnectionOptions({ url: "a:4222, nats://b:4223", name: "n" });
  expect(options).toMatchObject({ servers: ["a:4222", "b:4223"], ignoreClusterUpdates: true });
  expect([options.user, options.token, options.tls]).toEqual([undefined, undefined, undefined]);
});

test("login and authority", () => {
  const ca = "/secrets/ca.pem";
  const given = natsConnectionOptions({ url: "tls://a:4222", ca, credentials: "u:p:q", name: "n" });
  expect(given).toMatchObject({ user: "u", pass: "p:q", tls: { caFile: ca } });
  expect(natsConnectionOptions({ url: "tls://x:y%40z@a", credentials: "u:p", name: "n" })).toMatchObject({
    user: "x",
    pass: "y@z",
    tls: {},
  });
  expect(natsConnectionOptions({ url: "a", credentials: "t0ken", name: "n" })).toMatchObject({
    token: "t0ken",
  });
});

test("what is no address is refused", () => {
  expect(() => natsConnectionOptions({ url: "nats://[", name: "n" })).toThrow(/not a NATS address/);
});

test("an address is shown without its login, also where it is refused", () => {
  expect(shownNatsUrl("nats://u:p@ss/w@a:4222,tls://t0ken@b")).toBe("nats://a:4222,tls://b");
  expect(shownNatsUrl("a:4222")).toBe("a:4222");
  expect(() => natsConnectionOptions({ url: "nats://u:s3cret/x@[", name: "n" })).toThrow(/^[^3]*$/);
});

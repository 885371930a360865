/** Proves that what nodes tell each other of their configuration, and log of it, holds no secret. */
import { expect, test } from "vitest";
import { parseDatacenterConfig } from "./config.ts";
import { sharedSettings } from "./shared-settings.ts";

const NODE = { name: "a1", "service-port": 3000, "fabric-port": 3001, "admin-port": 3002, data: "d" };
const RAW = {
  name: "dc-a",
  "src-id": 1,
  nats: "nats://local:hidden@127.0.0.1:4222",
  "nats-credentials": "local:hidden",
  namespaces: [{ name: "test" }],
  nodes: [NODE],
  shippers: [],
  remotes: [
    {
      name: "dc-b",
      "src-id": 2,
      nats: "tls://remote:hid@den@b1:4222, tls://b2:4222",
      "nats-credentials": "remote:hidden",
    },
  ],
};

test("no login is among the settings that nodes compare and log", () => {
  const settings = sharedSettings(parseDatacenterConfig(RAW, "test"));
  expect(settings["remotes.dc-b.nats"]).toBe("tls://b1:4222,tls://b2:4222");
  expect(settings["remotes.dc-b.src-id"]).toBe("2");
  expect(JSON.stringify(settings)).not.toMatch(/hid|remote:|local:/);
});

/**
 * Proves how Aerospike's commands for settings are read: which changes a command means, that what is
 * malformed changes nothing, and that a client is not told "refused" of what may take effect yet.
 */
import { expect, test } from "vitest";
import { MeridianError } from "../../common/errors.ts";
import { bin, int, op, str } from "../../test/expression/expression-bytes.ts";
import type { XdrChange } from "../../common/xdr/xdr-orders.ts";
import { namespaceSettingsSchema, shipSettingsSchema } from "../../common/xdr/xdr-settings.ts";
import { carryOutXdrChange, parameters, type XdrDoor, xdrConfig, xdrFilters } from "./info-xdr.ts";

function door(change: (changes: readonly XdrChange[]) => void = () => undefined): XdrDoor {
  return {
    sourceId: 1,
    destinations: ["dc-b", "dc-c"],
    namespaces: ["test", "other"],
    ship: (dc) => shipSettingsSchema.parse({ "ignore-set": ["x", "y"], filter: dc === "dc-b" ? FILTER : "" }),
    namespace: () => namespaceSettingsSchema.parse({}),
    change: (changes) => {
      change(changes);
      return Promise.resolve(1);
    },
  };
}

/** A bin n above 5, and a string that could be taken for the end of an answer. */
const FILTER = op(16, op(3, bin("int", "n"), int(5)), op(2, op(70), str("a;b:c"))).toString("base64");

const PLACE = "set-config:context=xdr;dc=dc-b;namespace=test";

test.each<[command: string, changes: Partial<XdrChange>[]]>([
  [`${PLACE};delay-ms=5`, [{ dc: "dc-b", namespace: "test", name: "delay-ms", action: "set", value: "5" }]],
  [`${PLACE};ship-set=a`, [{ name: "ship-set", action: "add", value: "a" }]],
  [`${PLACE};ignore-set=a;action=remove`, [{ name: "ignore-set", action: "remove", value: "a" }]],
  [`${PLACE};delay-ms=5;max-throughput=0`, [{ name: "delay-ms" }, { name: "max-throughput", value: "0" }]],
  [
    "set-config:context=namespace;id=test;reject-xdr-writes=true",
    [{ dc: "", namespace: "test", value: "true" }],
  ],
  ["set-config:context=namespace;namespace=test;reject-xdr-writes=true", [{ dc: "", namespace: "test" }]],
  [
    "xdr-set-filter:dc=dc-b;namespace=test;exp=kwGTUQKhYQU=",
    [{ dc: "dc-b", namespace: "test", name: "filter", action: "set", value: "kwGTUQKhYQU=" }],
  ],
  ["xdr-set-filter:dc=dc-b;namespace=test;exp=null", [{ name: "filter", action: "set", value: "" }]],
])("%s", async (command, changes) => {
  const seen: (readonly XdrChange[])[] = [];
  expect(
    await carryOutXdrChange(
      door((given) => seen.push(given)),
      command,
    ),
  ).toBe("ok");
  expect(seen).toMatchObject([changes]);
});

test.each([
  ["set-config:", "ERROR:4:context is xdr or namespace"],
  ["set-config:context=service;x=1", "ERROR:4:context is xdr or namespace"],
  ["set-config:context=xdr;namespace=test;delay-ms=5", "ERROR:4:which dc?"],
  ["set-config:context=xdr;dc=dc-b;delay-ms=5", "ERROR:4:which namespace?"],
  ["xdr-set-filter:namespace=test;exp=null", "ERROR:4:which dc?"],
  ["xdr-set-filter:dc=dc-b;exp=null", "ERROR:4:which namespace?"],
  ["xdr-set-filter:dc=dc-b;namespace=test", "ERROR:4:exp is the expression in base64, or null"],
  [PLACE, "ERROR:4:nothing to set"],
  [`${PLACE};ship-set=a;action=drop`, "ERROR:4:action is add or remove"],
])("%s changes nothing", async (command, answer) => {
  const refuse = (): never => expect.fail("changed");
  expect(await carryOutXdrChange(door(refuse), command)).toBe(answer);
});

test.each([
  ["CONFIG_INVALID", 4],
  ["IN_DOUBT", 9],
  ["NATS_UNREACHABLE", 11],
  ["BUSY", 11],
] as const)("%s is answered %i", async (code, number) => {
  const failing = door(() => {
    throw new MeridianError(code, "so it is");
  });
  const answer = await carryOutXdrChange(failing, `${PLACE};delay-ms=5`);
  expect(answer).toBe(`ERROR:${number}:so it is`);
  expect(await carryOutXdrChange(undefined, `${PLACE};delay-ms=5`)).toMatch(/^ERROR:4:/);
});

test("settings are answered under the names that tools read", () => {
  const answer = (text: string): string => xdrConfig(door(), parameters(`get-config:context=xdr;${text}`));
  expect(answer("")).toBe("dcs=dc-b,dc-c;src-id=1;trace-sample=0");
  expect(answer("dc=dc-b")).toBe("auth-mode=none;connector=false;namespaces=test,other");
  const pairs = answer("dc=dc-b;namespace=test").split(";");
  for (const pair of [
    "enabled=true",
    "shipped-sets=",
    "ignored-sets=x,y",
    "max-throughput=100000",
    "bin-policy=all",
  ]) {
    expect(pairs).toContain(pair);
  }
  expect(pairs.some((pair) => pair.startsWith("filter="))).toBe(false);
  expect([answer("dc=dc-d"), answer("dc=dc-b;namespace=no")]).toEqual([
    "ERROR:4:unknown dc",
    "ERROR:20:unknown namespace",
  ]);
});

test("filters are answered by namespace, for people and in base64", () => {
  const answer = (text: string): string => xdrFilters(door(), parameters(`xdr-get-filter:${text}`));
  expect(answer("dc=dc-b;namespace=test;b64=true")).toBe(`namespace=test:exp=${FILTER}`);
  const shown = String.raw`and(gt(bin_int("n"), 5), ne(set_name(), "a\u003bb\u003ac"))`;
  expect(answer("dc=dc-b")).toBe(`namespace=test:exp=${shown};namespace=other:exp=${shown}`);
  expect(answer("dc=dc-c;namespace=test")).toBe("namespace=test:exp=null");
  expect([answer(""), answer("dc=dc-d"), answer("dc=dc-b;namespace=no")]).toEqual([
    "ERROR:4:which dc?",
    "ERROR:4:unknown dc",
    "ERROR:20:unknown namespace",
  ]);
});

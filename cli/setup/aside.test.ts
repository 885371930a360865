/** Proves that disks moved aside are found with their size, and that nothing else can be named for removal */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { asideName, asideNamed, deleteAside, findAside, parseAside } from "./aside.ts";
import { moveAside } from "./fenced-start.ts";
import { planLayout, SETUP_DEFAULTS } from "./layout.ts";

const NAME = asideName(new Date("2026-01-02T03:04:05.678Z"));

test("what containers print is one entry for each name, its bytes those of all volumes", () => {
  const later = asideName(new Date("2026-02-02T03:04:05.678Z"));
  const printed = [
    { service: "a1", text: `8\t${later}\n12\t${NAME}\n` },
    { service: "a2", text: "" },
    { service: "a-nats", text: `4\t${NAME}\n16\taside-$(reboot)\n` },
  ];
  const disks = parseAside("dc-a", printed);
  expect(disks).toEqual([
    { datacenter: "dc-a", name: NAME, place: `${NAME} in the volumes of a1, a-nats`, bytes: 16 * 1024 },
    { datacenter: "dc-a", name: later, place: `${later} in the volumes of a1`, bytes: 8 * 1024 },
  ]);
  expect(asideNamed(disks, "dc-a", NAME)).toBe(disks[0]);
  expect(() => asideNamed(disks, "dc-a", "..")).toThrow(`no .. of dc-a here; there are: ${NAME}, ${later}`);
  expect(() => asideNamed(disks, "dc-b", NAME)).toThrow(`no ${NAME} of dc-b here; there are: none`);
});

test("of a local datacenter they are found, and removed without touching what is beside them", () => {
  const folder = mkdtempSync(join(tmpdir(), "meridian-aside-"));
  try {
    const [datacenter] = planLayout(folder, SETUP_DEFAULTS).datacenters;
    const [node] = datacenter?.nodes ?? [];
    if (datacenter === undefined || node === undefined) throw new Error("a datacenter is planned");
    expect(findAside(datacenter)).toEqual([]);
    for (const path of [node.data, datacenter.nats.store]) mkdirSync(path, { recursive: true });
    writeFileSync(join(node.data, "data"), Buffer.alloc(100_000, 1));
    const place = moveAside(datacenter);
    mkdirSync(node.data);
    const [disks, ...others] = findAside(datacenter);
    expect(others).toEqual([]);
    expect(disks).toMatchObject({ datacenter: "dc-a", place });
    expect(disks?.bytes).toBeGreaterThan(99_999);
    if (disks !== undefined) deleteAside(disks);
    expect([existsSync(place), existsSync(node.data)]).toEqual([false, true]);
    expect(findAside(datacenter)).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

/** `meridian aside`: shows the disks that `meridian reseed` has moved aside, and removes them. */
import type { Command } from "commander";
import { printJson, printLine, withExamples } from "../command-line.ts";
import { formatCount } from "../overview/render.ts";
import type { AsideDisks } from "../setup/aside.ts";
import { datacenterNamed } from "../setup/layout.ts";
import { openSetup, type SetupChoice, withSetupOptions } from "../setup/open-setup.ts";

export function addAside(program: Command): void {
  const aside = program
    .command("aside")
    .description("show and remove the old disks that `meridian reseed` has moved aside");
  const list = aside
    .command("list")
    .description("show them, of a datacenter or of all")
    .argument("[datacenter]", "e.g. dc-a");
  withExamples(withSetupOptions(list), [
    ["aside list", "name, size on disk, place"],
    ["aside list dc-a --compose two-dc", "inside the volumes of its containers"],
  ]);
  list.action(async (name: string | undefined, options: SetupChoice) => {
    const setup = await openSetup(options);
    const names = name === undefined ? setup.datacenters.map((one) => one.name) : [name];
    for (const one of names) datacenterNamed(setup, one);
    const disks = await Promise.all(names.map((one) => setup.listAside(one)));
    if (options.json) printJson(disks.flat());
    else if (disks.flat().length === 0) printLine(`nothing was moved aside in ${names.join(", ")}`);
    else for (const one of disks.flat()) printLine(describe(one));
  });
  const remove = aside
    .command("remove")
    .description("delete some of them for good: nothing of Meridian needs them")
    .argument("<datacenter>", "e.g. dc-a")
    .argument("<name>", "as `aside list` has it, e.g. aside-2026-01-02T03-04-05-678Z");
  withExamples(withSetupOptions(remove), [
    ["aside remove dc-a aside-2026-01-02T03-04-05-678Z", "the datacenter runs on meanwhile"],
  ]);
  remove.action(async (datacenter: string, name: string, options: SetupChoice) => {
    const setup = await openSetup(options);
    const removed = await setup.removeAside(datacenterNamed(setup, datacenter).name, name);
    if (options.json) printJson(removed);
    else printLine(`removed: ${describe(removed)}`);
  });
}

function describe({ datacenter, name, place, bytes }: AsideDisks): string {
  return `${datacenter} ${name}: ${formatCount(Math.ceil(bytes / 1000))} kB, ${place}`;
}

/** `meridian link`: cuts and heals the WAN between two datacenters of the set-up. */
import { type Command, Option } from "commander";
import { printJson, printLine, withExamples } from "../command-line.ts";
import { formatCount } from "../overview/render.ts";
import { datacenterNamed } from "../setup/layout.ts";
import { openSetup, type SetupChoice, withSetupOptions } from "../setup/open-setup.ts";
import type { Setup } from "../setup/setup.ts";
import type { WanPairView } from "../setup/wan-admin.ts";

interface CutOptions extends SetupChoice {
  readonly reset?: boolean;
}

export function addLink(program: Command): void {
  const link = program.command("link").description("cut, heal and show the WAN between datacenters");
  const cut = link
    .command("cut")
    .description("cut the WAN between two datacenters, both ways; the processes stay up")
    .argument("<a>", "a datacenter, e.g. dc-a")
    .argument("<b>", "the other one")
    .addOption(new Option("--reset", "tear connections down instead of letting them hang"));
  withExamples(withSetupOptions(cut), [
    ["link cut dc-a dc-b", "nothing arrives any more, and nobody is told: a broken WAN"],
    ["link cut dc-a dc-b --reset", "connections are torn down and refused: a firewall"],
    ["link cut dc-a dc-b --compose two-dc", "of the containers' wan-link"],
  ]);
  cut.action(async (a: string, b: string, options: CutOptions) => {
    const setup = await connect(options, [a, b]);
    show(await setup.cutLink(a, b, options.reset ? "reset" : "blackhole"), options);
  });
  const heal = link
    .command("heal")
    .description("heal the WAN between two datacenters")
    .argument("<a>", "a datacenter, e.g. dc-a")
    .argument("<b>", "the other one");
  withExamples(withSetupOptions(heal), [["link heal dc-a dc-b", "what waited goes on"]]);
  heal.action(async (a: string, b: string, options: SetupChoice) => {
    const setup = await connect(options, [a, b]);
    show(await setup.healLink(a, b), options);
  });
  const status = link
    .command("status")
    .description("show the WAN links, of two datacenters or all")
    .argument("[a]", "a datacenter, e.g. dc-a")
    .argument("[b]", "the other one");
  withExamples(withSetupOptions(status), [["link status", "all links, with their connections and bytes"]]);
  status.action(async (a: string | undefined, b: string | undefined, options: SetupChoice) => {
    const names = [a, b].filter((name) => name !== undefined);
    const setup = await connect(options, names);
    const pairs = await setup.links();
    show(
      pairs.filter((pair) => names.every((name) => pair.origin === name || pair.destination === name)),
      options,
    );
  });
}

async function connect(options: SetupChoice, names: readonly string[]): Promise<Setup> {
  const setup = await openSetup(options);
  for (const name of names) datacenterNamed(setup, name);
  return setup;
}

function show(pairs: readonly WanPairView[], options: SetupChoice): void {
  if (options.json) {
    printJson(pairs);
    return;
  }
  for (const { origin, destination, state, connections, bytesToDestination } of pairs) {
    const shipped = `${formatCount(bytesToDestination)} bytes shipped`;
    printLine(`${origin} -> ${destination}: ${state}, ${connections} connections, ${shipped}`);
  }
}

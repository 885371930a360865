/** `meridian link`: cuts and heals the WAN between two datacenters of the set-up. */
import { type Command, Option } from "commander";
import {
  type CommonOptions,
  printJson,
  printLine,
  withCommonOptions,
  withExamples,
} from "../command-line.ts";
import { formatCount } from "../overview/render.ts";
import { datacenterNamed } from "../setup/layout.ts";
import { dataFolderOf, RunningSetup, type WanPairView } from "../setup/running-setup.ts";

interface CutOptions extends CommonOptions {
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
  withExamples(withCommonOptions(cut), [
    ["link cut dc-a dc-b", "nothing arrives any more, and nobody is told: a broken WAN"],
    ["link cut dc-a dc-b --reset", "connections are torn down and refused: a firewall"],
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
  withExamples(withCommonOptions(heal), [["link heal dc-a dc-b", "what waited goes on"]]);
  heal.action(async (a: string, b: string, options: CommonOptions) => {
    const setup = await connect(options, [a, b]);
    show(await setup.healLink(a, b), options);
  });
  const status = link
    .command("status")
    .description("show the WAN links, of two datacenters or all")
    .argument("[a]", "a datacenter, e.g. dc-a")
    .argument("[b]", "the other one");
  withExamples(withCommonOptions(status), [["link status", "all links, with their connections and bytes"]]);
  status.action(async (a: string | undefined, b: string | undefined, options: CommonOptions) => {
    const names = [a, b].filter((name) => name !== undefined);
    const setup = await connect(options, names);
    const pairs = await setup.links();
    show(
      pairs.filter((pair) => names.every((name) => pair.origin === name || pair.destination === name)),
      options,
    );
  });
}

async function connect(options: CommonOptions, names: readonly string[]): Promise<RunningSetup> {
  const setup = await RunningSetup.connect(dataFolderOf(options.data));
  for (const name of names) datacenterNamed(setup.layout, name);
  return setup;
}

function show(pairs: readonly WanPairView[], options: CommonOptions): void {
  if (options.json) {
    printJson(pairs);
    return;
  }
  for (const { origin, destination, state, connections, bytesToDestination } of pairs) {
    const shipped = `${formatCount(bytesToDestination)} bytes shipped`;
    printLine(`${origin} -> ${destination}: ${state}, ${connections} connections, ${shipped}`);
  }
}

/**
 * Machines for processes: network namespaces on one bridge, each with an address of its own. What
 * one sends to another can be dropped, each way for itself, and the drops are counted. The test's
 * own process is one more machine on the bridge.
 */
import { readdirSync } from "node:fs";
import { basename } from "node:path";
import { run } from "./machine.ts";

/** Names of interfaces are 15 characters at most. */
const HUB = "hub";
const TEST_HOST = 1;

export class Hosts {
  readonly #prefix: string;
  readonly #subnet: string;
  readonly #numbers: ReadonlyMap<string, number>;

  private constructor(prefix: string, names: readonly string[]) {
    this.#prefix = prefix;
    this.#subnet = `10.${64 + ((process.pid >> 8) & 127)}.${process.pid & 255}`;
    this.#numbers = new Map(names.map((name, index) => [name, index + 2]));
  }

  /** Makes the hosts `names`; `folder` is the test's, by which they are found when it was killed. */
  static make(folder: string, names: readonly string[]): Hosts {
    const prefix = prefixOf(folder);
    const hosts = new Hosts(prefix, names);
    const hub = `${prefix}${HUB}`;
    run("ip", "netns", "add", hub);
    run("ip", "-n", hub, "link", "add", "bridge", "type", "bridge");
    run("ip", "-n", hub, "link", "set", "bridge", "up");
    const test = `v${process.pid}`;
    run("ip", "link", "add", test, "type", "veth", "peer", "name", "test", "netns", hub);
    run("ip", "-n", hub, "link", "set", "test", "master", "bridge", "up");
    run("ip", "addr", "add", `${hosts.#subnet}.${TEST_HOST}/24`, "dev", test);
    run("ip", "link", "set", test, "up");
    for (const name of names) hosts.#add(name, hub);
    return hosts;
  }

  #add(name: string, hub: string): void {
    const host = this.#namespace(name);
    run("ip", "netns", "add", host);
    run("ip", "-n", host, "link", "add", "eth", "type", "veth", "peer", "name", name, "netns", hub);
    run("ip", "-n", hub, "link", "set", name, "master", "bridge", "up");
    run("ip", "-n", host, "addr", "add", `${this.address(name)}/24`, "dev", "eth");
    run("ip", "-n", host, "link", "set", "eth", "up");
    run("ip", "-n", host, "link", "set", "lo", "up");
  }

  /** The address of a host, or of `test`, where the test itself is. */
  address(name: string): string {
    const number = name === "test" ? TEST_HOST : this.#numbers.get(name);
    if (number === undefined) throw new Error(`no host ${name}`);
    return `${this.#subnet}.${number}`;
  }

  /** The words in front of a command that run it on a host. */
  on(name: string): [string, ...string[]] {
    return ["ip", "netns", "exec", this.#namespace(name)];
  }

  /** What `from` sends to `to` is dropped from here on, silently. `to` must be a host. */
  cut(from: string, to: string): void {
    this.#iptables(to, "-A", "INPUT", "-s", this.address(from), "-j", "DROP");
  }

  /** The same, where `to` is the test: dropped where it leaves. */
  cutOut(from: string, to: string): void {
    this.#iptables(from, "-A", "OUTPUT", "-d", this.address(to), "-j", "DROP");
  }

  /** Everything flows again. Returns how many packets were dropped since the last call. */
  heal(): number {
    let dropped = 0;
    for (const name of this.#numbers.keys()) {
      dropped += this.dropped(name);
      this.#iptables(name, "-F");
    }
    return dropped;
  }

  /** Packets that were dropped at a host. */
  dropped(name: string): number {
    const rows = this.#iptables(name, "-nvxL").matchAll(/^\s*(\d+)\s+\d+\s+DROP\s/gm);
    return [...rows].reduce((sum, row) => sum + Number(row[1]), 0);
  }

  #namespace(name: string): string {
    return `${this.#prefix}${name}`;
  }
  #iptables(name: string, ...args: readonly string[]): string {
    return run("ip", "netns", "exec", this.#namespace(name), "iptables", "-w", ...args);
  }
}

/** Takes down the hosts that a test with this folder made, if any; their processes must have ended. */
export function removeHosts(folder: string): void {
  if (process.platform !== "linux") return;
  for (const namespace of namespacesNow()) {
    if (namespace.startsWith(prefixOf(folder))) run("ip", "netns", "del", namespace);
  }
}

function namespacesNow(): string[] {
  try {
    return readdirSync("/run/netns");
  } catch (error) {
    // Nobody has made one on this machine.
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
}

/** `meridian-e2e-Ab12Cd` makes `Ab12Cd-`. */
function prefixOf(folder: string): string {
  return `${basename(folder).split("-").at(-1) ?? ""}-`;
}

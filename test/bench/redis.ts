/**
 * The limit for a write kept by two servers: Redis (Debian's package) answering SET with WAIT 1 over
 * a primary and a replica. Speaks RESP itself: the few replies that are needed take no client.
 */
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { connect as connectTcp, type Socket } from "node:net";
import { payload, type LoadResult } from "./aerospike-load.ts";
import { freePort } from "./ports.ts";
import { type Process, type Processes, until } from "./processes.ts";

export interface RedisPair {
  readonly port: number;
  readonly processes: readonly Process[];
}

/** Why Redis cannot be measured here; undefined when it can. */
export function redisMissing(): string | undefined {
  const result = spawnSync("redis-server", ["--version"], { encoding: "utf8" });
  return result.status === 0 ? undefined : "no redis-server here (Debian: apt-get install redis-server)";
}

/** Starts a primary and its replica, both in memory only; resolves once the replica follows. */
export async function startRedisPair(processes: Processes, folder: string): Promise<RedisPair> {
  const [port, replicaPort] = [await freePort(), await freePort()];
  const common = ["--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", folder];
  const started = [
    processes.start("redis-primary", "redis-server", ["--port", `${port}`, ...common]),
    processes.start("redis-replica", "redis-server", [
      ...["--port", `${replicaPort}`, "--replicaof", "127.0.0.1", `${port}`],
      ...["--repl-diskless-sync-delay", "0", ...common],
    ]),
  ];
  await until("the Redis replica follows", 30_000, async () => {
    for (const one of started) one.check();
    const replication = await askReplication(port);
    return /slave0:.*state=online/.test(replication ?? "") ? true : undefined;
  });
  return { port, processes: started };
}

/**
 * `inFlight` connections, each with one SET and its WAIT 1 at a time: as an application does it (SET,
 * then WAIT), or, `pipelined`, both in one packet.
 */
export async function runRedisLoad(
  port: number,
  options: { inFlight: number; keys: number; valueBytes: number; seconds: number; pipelined: boolean },
): Promise<LoadResult> {
  const started = performance.now();
  const endsAt = started + options.seconds * 1000;
  let operations = 0;
  let failures = 0;
  let id = 0;
  const lane = (socket: Socket): Promise<void> =>
    new Promise((resolve, reject) => {
      let reply = "";
      let waiting = false;
      const wait = "*3\r\n$4\r\nWAIT\r\n$1\r\n1\r\n$4\r\n1000\r\n";
      const send = (): void => {
        if (performance.now() >= endsAt) {
          socket.destroy();
          resolve();
          return;
        }
        id = (id + 7_919) % options.keys;
        const key = `bench:${id}`;
        const value = payload(id, options.valueBytes).toString("latin1");
        const set = `*3\r\n$3\r\nSET\r\n$${key.length}\r\n${key}\r\n$${value.length}\r\n${value}\r\n`;
        socket.write(options.pipelined ? set + wait : set);
        waiting = options.pipelined;
      };
      socket.on("error", reject);
      socket.on("data", (chunk) => {
        reply += chunk.toString("latin1");
        if (!waiting && reply === "+OK\r\n") {
          waiting = true;
          socket.write(wait);
        }
        const whole = /^([+-].*)\r\n:(\d+)\r\n$/.exec(reply);
        if (whole === null) return;
        reply = "";
        if (whole[1] === "+OK" && whole[2] === "1") operations += 1;
        else failures += 1;
        send();
      });
      send();
    });
  const sockets = await Promise.all(Array.from({ length: options.inFlight }, () => open(port)));
  await Promise.all(sockets.map(lane));
  return { operations, failures, seconds: (performance.now() - started) / 1000 };
}

async function open(port: number): Promise<Socket> {
  const socket = connectTcp(port, "127.0.0.1").setNoDelay(true);
  await once(socket, "connect");
  return socket;
}

/** The text of INFO replication; undefined while the server does not answer. */
function askReplication(port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    let answer = "";
    const socket = connectTcp(port, "127.0.0.1", () => socket.write("INFO replication\r\n"));
    socket.on("error", () => resolve(undefined));
    socket.on("data", (chunk) => {
      answer += chunk.toString();
      // The last line of that text.
      if (!/repl_backlog_histlen:\d+\r\n/.test(answer)) return;
      socket.destroy();
      resolve(answer);
    });
  });
}

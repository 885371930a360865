/**
 * The limit for lag: a NATS key-value bucket mirrored to another nats-server over a leaf link, not
 * flushed and not applied to anything, at the same rate of the same bytes.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DiscardPolicy, jetstream, jetstreamManager, StorageType } from "@nats-io/jetstream";
import { connect } from "@nats-io/transport-node";
import { findNatsServer } from "../../cli/setup/nats-server.ts";
import { KV_STREAM, MIRROR_STREAM, MIRROR_SUBJECT } from "./jetstream-names.ts";
import { freePort } from "./ports.ts";
import { type Lags, LAGS_PRINTED, parseLags } from "./lags.ts";
import { type Process, type Processes, until } from "./processes.ts";

const PEER = join(import.meta.dirname, "kv-mirror-peer.ts");

/** How old values are, in milliseconds, when they come out of the mirror. */
export async function measureKvMirror(
  processes: Processes,
  folder: string,
  load: { rate: number; seconds: number; bytes: number },
): Promise<Lags> {
  const [port, mirrorPort, leafPort] = [await freePort(), await freePort(), await freePort()];
  const servers = [
    await startServer(processes, folder, "origin", port, `leafnodes { host: 127.0.0.1, port: ${leafPort} }`),
    await startServer(
      ...([
        processes,
        folder,
        "mirror",
        mirrorPort,
        `leafnodes { remotes: [{ url: "nats-leaf://127.0.0.1:${leafPort}" }] }`,
      ] as const),
    ),
  ];
  const [url, mirrorUrl] = [`nats://127.0.0.1:${port}`, `nats://127.0.0.1:${mirrorPort}`];
  await makeStreams(url, mirrorUrl);
  const watcher = processes.startNode("kv-watch", PEER, ["watch", mirrorUrl, `${load.seconds + 3}`]);
  await watcher.printed(/^start$/m);
  processes.startNode("kv-put", PEER, ["put", url, ...[load.rate, load.seconds, load.bytes].map(String)]);
  const lags = parseLags(await watcher.printed(LAGS_PRINTED, (load.seconds + 30) * 1000));
  for (const one of [watcher, ...servers]) await one.stop();
  return lags;
}

async function startServer(
  processes: Processes,
  folder: string,
  domain: string,
  port: number,
  leaf: string,
): Promise<Process> {
  const found = findNatsServer();
  if (found.kind !== "program") throw new Error("a nats-server program is needed, not an image");
  mkdirSync(join(folder, domain), { recursive: true });
  const config = join(folder, `${domain}.conf`);
  const store = JSON.stringify(join(folder, domain));
  const lines = [`server_name: ${domain}`, "host: 127.0.0.1", `port: ${port}`, leaf];
  writeFileSync(config, `${lines.join("\n")}\njetstream { store_dir: ${store}, domain: ${domain} }\n`);
  const server = processes.start(`kv-${domain}`, found.path, ["-c", config]);
  await server.printed(/Server is ready/);
  return server;
}

async function makeStreams(url: string, mirrorUrl: string): Promise<void> {
  const [connection, mirrorConnection] = [
    await connect({ servers: url }),
    await connect({ servers: mirrorUrl }),
  ];
  const manager = await jetstreamManager(connection);
  await manager.streams.add({
    name: KV_STREAM,
    subjects: [`${MIRROR_SUBJECT}.>`],
    storage: StorageType.File,
    max_msgs_per_subject: 1,
    discard: DiscardPolicy.New,
  });
  const mirrors = await jetstreamManager(mirrorConnection);
  await mirrors.streams.add({
    name: MIRROR_STREAM,
    storage: StorageType.File,
    max_msgs_per_subject: 1,
    mirror: { name: KV_STREAM, domain: "origin" },
  });
  // The mirror lives once a first value has come through the leaf link; its age is not counted.
  await jetstream(connection).publish(`${MIRROR_SUBJECT}.first`, Buffer.alloc(8));
  await until("the mirror has the first value", 30_000, async () => {
    const { state } = await mirrors.streams.info(MIRROR_STREAM);
    return state.messages > 0 ? true : undefined;
  });
  await connection.close();
  await mirrorConnection.close();
}

/** Proves that the control KV on a real nats-server and its model both do what the suite demands. */
import { jetstreamManager } from "@nats-io/jetstream";
import { createLogger } from "../../common/log.ts";
import { connectNats } from "../../common/nats/connect.ts";
import { JetstreamKv } from "../../node/controller/jetstream-kv.ts";
import { NatsProcess } from "../process/nats-process.ts";
import { KvModel } from "../simulation/kv-model.ts";
import { registerControlKvTests } from "./register-control-kv-tests.ts";

registerControlKvTests("model", async () => {
  const model = new KvModel();
  return {
    raw: model,
    empty: async () => model.empty(),
    dispose: async () => undefined,
  };
});

registerControlKvTests("JetStream", async () => {
  const nats = await NatsProcess.start();
  const log = createLogger({}, "silent");
  const connection = await connectNats(
    { url: nats.url, name: "conformance", log },
    new AbortController().signal,
    () => undefined,
  );
  const raw = new JetstreamKv({ connection, bucket: "conformance", replicas: 1, connected: () => true, log });
  await raw.ensureBucket();
  return {
    raw,
    empty: async () => {
      const manager = await jetstreamManager(connection);
      await manager.streams.delete("KV_conformance");
      await raw.ensureBucket();
    },
    dispose: async () => {
      await connection.close();
      await nats.dispose();
    },
  };
});

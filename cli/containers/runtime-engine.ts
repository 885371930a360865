/** The container engine that testcontainers has found. */
import type { getContainerRuntimeClient } from "testcontainers";
import { MeridianError } from "../../common/errors.ts";
import { type ContainerEngine, firstFileOf } from "../setup/container-engine.ts";
import { type Container, parseContainers } from "../setup/containers.ts";
import { lastLines } from "../setup/log-tail.ts";

/** As compose has it in our files: a node that leaves hands over and flushes. */
const GRACE_SECONDS = 30;
const FRAME_HEADER_BYTES = 8;
const FRAME_SIZE_AT = 4;

type Client = Awaited<ReturnType<typeof getContainerRuntimeClient>>["container"];

export class RuntimeEngine implements ContainerEngine {
  readonly #client: Client;
  /** Of containers beside others, so that the reaper knows them. */
  readonly #labels: Readonly<Record<string, string>>;

  constructor(client: Client, labels: Readonly<Record<string, string>>) {
    this.#client = client;
    this.#labels = labels;
  }

  async inspect(ids: readonly string[]): Promise<ReadonlyMap<string, Container>> {
    const found = await Promise.all(ids.map((id) => this.#client.getById(id).inspect()));
    return new Map(parseContainers(JSON.stringify(found)).map((one) => [one.Id, one]));
  }

  async kill(ids: readonly string[]): Promise<void> {
    await Promise.all(
      ids.map(async (id) => {
        const container = this.#client.getById(id);
        await container.kill();
        await container.wait();
      }),
    );
  }

  async stop(ids: readonly string[]): Promise<void> {
    const running = [...(await this.inspect(ids)).values()].filter(({ State }) => State.Status === "running");
    await Promise.all(running.map(({ Id }) => this.#client.getById(Id).stop({ t: GRACE_SECONDS })));
  }

  async start(ids: readonly string[]): Promise<void> {
    await Promise.all(ids.map((id) => this.#client.getById(id).start()));
  }

  async pause(id: string): Promise<void> {
    await this.#client.getById(id).pause();
  }

  async resume(id: string): Promise<void> {
    await this.#client.getById(id).unpause();
  }

  async lastLines(id: string, count: number): Promise<string[]> {
    const logs = await this.#client.getById(id).logs({ stdout: true, stderr: true, tail: count });
    return lastLines(textOf(logs), count);
  }

  async read(id: string, path: string): Promise<string> {
    const chunks: Buffer[] = [];
    for await (const chunk of await this.#client.getById(id).getArchive({ path })) {
      chunks.push(Buffer.from(chunk));
    }
    return firstFileOf(Buffer.concat(chunks));
  }

  async runBeside(id: string, image: string, script: string): Promise<string> {
    const container = await this.#client.dockerode.createContainer({
      Image: image,
      User: "0:0",
      Entrypoint: ["sh", "-c", script],
      Cmd: [],
      Labels: { ...this.#labels },
      Healthcheck: { Test: ["NONE"] },
      HostConfig: { VolumesFrom: [id], NetworkMode: "none" },
    });
    try {
      await container.start();
      const { StatusCode } = (await container.wait()) as { StatusCode: number };
      const said = textOf(await container.logs({ stdout: true, stderr: StatusCode !== 0 })).trim();
      if (StatusCode === 0) return said;
      throw new MeridianError("UNAVAILABLE", `a script beside ${id} ended with ${StatusCode}: ${said}`);
    } finally {
      await container.remove({ force: true });
    }
  }
}

/** Logs come in frames: which of the two outputs it is, its length, its text. */
function textOf(logs: Buffer): string {
  let text = "";
  for (let at = 0; at + FRAME_HEADER_BYTES <= logs.length; ) {
    const end = at + FRAME_HEADER_BYTES + logs.readUInt32BE(at + FRAME_SIZE_AT);
    text += logs.toString("utf8", at + FRAME_HEADER_BYTES, end);
    at = end;
  }
  return text;
}

/** Free TCP ports of this machine: one, or a block in which many can be planned. */
import { createServer } from "node:net";

/** A port that nobody listens on now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = address === null || typeof address === "string" ? 0 : address.port;
      server.close(() => resolve(port));
    });
  });
}

/** The first port of a block of `size`, drawn at random below the range the system gives out itself. */
export async function freeBlock(size: number): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt++) {
    const base = 5_000 + 10 * Math.floor(Math.random() * ((32_000 - 5_000 - size) / 10));
    // The set-up's plan uses few of a block's ports; these three tell whether another one is there.
    const probes = [base, base + 900, base + size - 10];
    if ((await Promise.all(probes.map(isFree))).every(Boolean)) return base;
  }
  throw new Error(`no free block of ${size} ports found`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen({ port, host: "127.0.0.1", exclusive: true }, () => server.close(() => resolve(true)));
  });
}

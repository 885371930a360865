/**
 * Proves that the WAN link passes bytes both ways unchanged and in order, closes included; that a
 * cut stops everything without telling either end and that healing goes on with every byte in its
 * place; that `reset` tears down; that it affects only the pair named; that a stall stops one way only, and
 * delay, jitter and bandwidth do what they say. Real sockets, free ports.
 */
import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";
import { setImmediate as turn } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { WanLink } from "./wan-link.ts";

const cleanups: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** A server that answers every byte with itself. */
async function startEcho(): Promise<number> {
  const sockets = new Set<Socket>();
  const server: Server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    socket.on("error", () => sockets.delete(socket));
    socket.pipe(socket);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  cleanups.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

async function startLink(isCut = false): Promise<WanLink> {
  const targets = [`127.0.0.1:${await startEcho()}`];
  const link = await WanLink.start(
    "127.0.0.1",
    [
      { origin: "dc-a", destination: "dc-b", port: 0, targets },
      { origin: "dc-b", destination: "dc-a", port: 0, targets },
      { origin: "dc-a", destination: "dc-c", port: 0, targets },
    ],
    () => isCut,
  );
  cleanups.push(() => link.close());
  return link;
}

/** A client that collects what it gets. */
async function dial(link: WanLink, origin: string, destination: string) {
  const socket = connect({ port: link.portOf(origin, destination), host: "127.0.0.1", allowHalfOpen: true });
  const client = { socket, received: "", ended: false, failed: false };
  socket.on("data", (chunk) => {
    client.received += chunk.toString();
  });
  socket.on("end", () => {
    client.ended = true;
  });
  socket.on("error", () => {
    client.failed = true;
  });
  cleanups.push(() => socket.destroy());
  await once(socket, "connect");
  return client;
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 5000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error("the condition did not come true within 5 s");
    await turn();
  }
}

test("passes a megabyte both ways unchanged, and the end behind the last byte", async () => {
  const link = await startLink();
  const client = await dial(link, "dc-a", "dc-b");
  const text = Array.from({ length: 100_000 }, (_, index) => String(index).padStart(10, "0")).join("");
  client.socket.end(text);
  await until(() => client.ended);
  expect(client.received === text).toBe(true);
  await until(() => link.status().pairs[0]?.connections === 0);
  expect(link.status().pairs[0]).toMatchObject({ bytesToOrigin: 1_000_000, bytesToDestination: 1_000_000 });
});

test("a cut stalls both ways of the pair only; healing goes on where it was", async () => {
  const link = await startLink();
  const ab = await dial(link, "dc-a", "dc-b");
  const ba = await dial(link, "dc-b", "dc-a");
  const ac = await dial(link, "dc-a", "dc-c");
  for (const client of [ab, ba, ac]) client.socket.write("1");
  await until(() => [ab, ba, ac].every((client) => client.received === "1"));
  link.cut("dc-b", "dc-a", "blackhole");
  for (const client of [ab, ba, ac]) client.socket.write("2");
  // Opened while cut: accepted as any SYN into a queue would be, and then silence.
  const late = await dial(link, "dc-a", "dc-b");
  late.socket.end("late");
  // The uncut pair's answer, asked for last, bounds how long the others had time to leak.
  await until(() => ac.received === "12");
  expect([ab.received, ba.received, late.received]).toEqual(["1", "1", ""]);
  expect([ab, ba, late].some((client) => client.ended || client.failed)).toBe(false);
  expect(link.status().pairs.map((pair) => pair.state)).toEqual(["cut", "cut", "up"]);
  link.heal("dc-a", "dc-b");
  await until(() => ab.received === "12" && ba.received === "12" && late.received === "late" && late.ended);
});

test("an end that breaks while cut is told to the other only after healing", async () => {
  const link = await startLink();
  const client = await dial(link, "dc-a", "dc-b");
  client.socket.write("1");
  await until(() => client.received === "1");
  link.cut("dc-a", "dc-b", "blackhole");
  client.socket.resetAndDestroy();
  await until(() => client.socket.closed);
  expect(link.status().pairs[0]?.connections).toBe(1);
  link.heal("dc-a", "dc-b");
  await until(() => link.status().pairs[0]?.connections === 0);
});

test("reset tears down what is open and what is opened", async () => {
  const link = await startLink();
  const open = await dial(link, "dc-a", "dc-b");
  open.socket.write("1");
  await until(() => open.received === "1");
  link.cut("dc-a", "dc-b", "reset");
  await until(() => open.failed || open.ended);
  await expect(dial(link, "dc-a", "dc-b").then(({ socket }) => once(socket, "data"))).rejects.toMatchObject({
    code: "ECONNRESET",
  });
});

test("a pair may start cut, and an unknown pair is refused by name", async () => {
  const link = await startLink(true);
  const client = await dial(link, "dc-a", "dc-b");
  client.socket.write("1");
  expect(link.status().pairs[0]?.state).toBe("cut");
  link.heal("dc-a", "dc-b");
  await until(() => client.received === "1");
  expect(() => link.cut("dc-a", "dc-x", "blackhole")).toThrow("no WAN link between dc-a and dc-x");
});

test("a stall stops one way only", async () => {
  const link = await startLink();
  const ab = await dial(link, "dc-a", "dc-b");
  ab.socket.write("1");
  await until(() => ab.received === "1");
  // The echo is the origin's NATS: what dc-b's shipper sends reaches dc-a, its answers do not come back.
  link.stall("dc-a", "dc-b");
  ab.socket.write("2");
  await until(() => link.status().pairs[0]?.bytesToOrigin === 2);
  expect(link.status().pairs[0]).toMatchObject({ state: "up", bytesToDestination: 1 });
  expect(link.status().ways).toContainEqual(expect.objectContaining({ from: "dc-a", state: "stalled" }));
  link.heal("dc-a", "dc-b");
  await until(() => ab.received === "12");
});

test("delay holds both ways, and the end stays behind the last byte", async () => {
  const link = await startLink();
  link.setShape("dc-a", "dc-b", { delayMs: 60, jitterMs: 20, kbitPerSecond: 0 });
  link.setShape("dc-b", "dc-a", { delayMs: 40, jitterMs: 0, kbitPerSecond: 0 });
  const client = await dial(link, "dc-a", "dc-b");
  const started = performance.now();
  const text = Array.from({ length: 1000 }, (_, index) => String(index).padStart(10, "0")).join("");
  client.socket.end(text);
  await until(() => client.ended);
  expect(performance.now() - started).toBeGreaterThan(79);
  expect(client.received === text).toBe(true);
});

test("bandwidth is shared by the connections of a way", async () => {
  const link = await startLink();
  // 100 kB over each of two connections at 8 Mbit/s: 0.2 s together.
  link.setShape("dc-a", "dc-b", { delayMs: 0, jitterMs: 0, kbitPerSecond: 8000 });
  const clients = [await dial(link, "dc-a", "dc-b"), await dial(link, "dc-a", "dc-b")];
  const started = performance.now();
  for (const { socket } of clients) socket.end("x".repeat(100_000));
  await until(() => clients.every(({ ended }) => ended));
  expect(performance.now() - started).toBeGreaterThan(190);
  expect(clients.map(({ received }) => received.length)).toEqual([100_000, 100_000]);
});

test("of several targets the next one is tried", async () => {
  const dead = createServer();
  dead.listen(0, "127.0.0.1");
  await once(dead, "listening");
  const address = dead.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  await new Promise((resolve) => dead.close(resolve));
  const targets = [`127.0.0.1:${address.port}`, `127.0.0.1:${await startEcho()}`];
  const link = await WanLink.start("127.0.0.1", [{ origin: "dc-a", destination: "dc-b", port: 0, targets }]);
  cleanups.push(() => link.close());
  const first = await dial(link, "dc-a", "dc-b");
  await until(() => first.ended || first.failed);
  const second = await dial(link, "dc-a", "dc-b");
  second.socket.write("1");
  await until(() => second.received === "1");
});

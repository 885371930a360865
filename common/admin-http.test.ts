/**
 * Proves that the admin listener serves health, readiness, metrics and JSON routes; that it refuses
 * (with a status, and counted) what is malformed, oversized or not authorised; that a throwing route
 * is answered and reported; and that a taken port is PORT_TAKEN. Real sockets on free ports.
 */
import { connect } from "node:net";
import { Registry } from "prom-client";
import { afterEach, expect, test } from "vitest";
import { type AdminServer, type AdminServerOptions, startAdminServer } from "./admin-http.ts";
import { MeridianError } from "./errors.ts";

const servers: AdminServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function start(
  options: Partial<AdminServerOptions> = {},
): Promise<{ url: string; server: AdminServer }> {
  const server = await startAdminServer({
    address: "127.0.0.1",
    port: 0,
    registry: new Registry(),
    health: () => ({ ok: true, detail: {} }),
    ready: () => ({ ok: true, detail: {} }),
    routes: {},
    ...options,
  });
  servers.push(server);
  return { url: `http://127.0.0.1:${server.port}`, server };
}

test("health and readiness answer 503 when not ok", async () => {
  const { url } = await start({ ready: () => ({ ok: false, detail: "no map yet" }) });
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  const ready = await fetch(`${url}/readyz`);
  expect(ready.status).toBe(503);
  expect(await ready.json()).toEqual({ ok: false, detail: "no map yet" });
});

test("files are served as they are, with their headers; what is no file is not found", async () => {
  const page = {
    contentType: "text/html; charset=utf-8",
    headers: { "x-policy": "strict" },
    body: "<p>ä</p>",
  };
  const { url } = await start({ files: { "/": page } });
  const answer = await fetch(url);
  expect(await answer.text()).toBe("<p>ä</p>");
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    ...{ "content-type": page.contentType, "x-policy": "strict", "x-content-type-options": "nosniff" },
  });
  for (const path of ["/index.html", "/..%2fpackage.json", "/constructor", "/__proto__"]) {
    expect((await fetch(`${url}${path}`)).status).toBe(404);
  }
  expect((await fetch(url, { method: "POST" })).status).toBe(404);
});

test("routes answer JSON with bigints as strings; refusals and errors have their status", async () => {
  const errors: unknown[] = [];
  const { url } = await start({
    routes: {
      "/status": (query) => ({ lut: 5n, name: query.get("name") }),
      "/missing": () => {
        throw new MeridianError("NOT_FOUND", "no such partition");
      },
      "/broken": () => Promise.reject(new TypeError("bug")),
    },
    onError: (error) => errors.push(error),
  });
  expect(await (await fetch(`${url}/status?name=a1`)).json()).toEqual({ lut: "5", name: "a1" });
  const missing = await fetch(`${url}/missing`);
  expect(missing.status).toBe(404);
  expect(await missing.json()).toEqual({ error: { code: "NOT_FOUND", message: "no such partition" } });
  expect((await fetch(`${url}/broken`)).status).toBe(500);
  expect(errors).toHaveLength(1);
  expect((await fetch(`${url}/constructor`)).status).toBe(404);
});

test("what is malformed or too large is refused and counted", async () => {
  const { url, server } = await start();
  expect((await fetch(`${url}/x?${"a".repeat(9000)}`)).status).toBe(414);
  expect((await fetch(`${url}/healthz`, { method: "DELETE" })).status).toBe(405);
  expect((await fetch(`${url}/healthz`, { method: "POST", body: "x" })).status).toBe(413);
  const reply = await rawRequest(server.port, "\u0016\u0003 not http\r\n\r\n");
  expect(reply).toContain("400 Bad Request");
  const long = await rawRequest(server.port, `GET / HTTP/1.1\r\nx: ${"a".repeat(40_000)}\r\n\r\n`);
  expect(long).toContain("400 Bad Request");
  const metrics = await (await fetch(`${url}/metrics`)).text();
  expect(metrics).toContain("meridian_admin_refused_total 5");
});

test("an action needs the token", async () => {
  let done = 0;
  const { url } = await start({ actions: { token: "secret", routes: { "/stop": () => ++done } } });
  expect((await fetch(`${url}/stop`)).status).toBe(404);
  expect((await fetch(`${url}/stop`, { method: "POST" })).status).toBe(401);
  const wrong = { authorization: "Bearer secreT" };
  expect((await fetch(`${url}/stop`, { method: "POST", headers: wrong })).status).toBe(401);
  expect(done).toBe(0);
  const right = { authorization: "Bearer secret" };
  expect((await fetch(`${url}/stop`, { method: "POST", headers: right })).status).toBe(200);
  expect(done).toBe(1);
});

test("a taken port is PORT_TAKEN", async () => {
  const { server } = await start();
  await expect(start({ port: server.port })).rejects.toMatchObject({ code: "PORT_TAKEN" });
});

function rawRequest(port: number, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(bytes));
    let reply = "";
    socket.on("data", (chunk) => {
      reply += chunk.toString();
    });
    socket.on("error", reject);
    socket.on("close", () => resolve(reply));
  });
}

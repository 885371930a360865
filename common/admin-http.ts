/**
 * The admin HTTP listener that every process has: `/healthz`, `/readyz`, Prometheus `/metrics` and
 * JSON routes. Reads are GET; what changes something is a POST and needs the token its owner keeps
 * in a file, so that a web page open in a browser on this machine cannot trigger it.
 *
 * Must guarantee: whatever arrives is answered or refused with a status, counted, and bounded in
 * size and number; an error in a route never leaves the process.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { timingSafeEqual } from "node:crypto";
import { Counter, type Registry } from "prom-client";
import { type ErrorCode, errorMessage, MeridianError } from "./errors.ts";
import {
  ADMIN_CONNECTIONS_MAX,
  ADMIN_HEADER_BYTES_MAX,
  ADMIN_REQUEST_TIMEOUT_MS,
  ADMIN_URL_BYTES_MAX,
} from "./limits.ts";

export interface AdminState {
  readonly ok: boolean;
  readonly detail: unknown;
}

/** Answers a JSON value; throws a MeridianError for a refusal. */
export type AdminRoute = (query: URLSearchParams) => unknown | Promise<unknown>;

/** A file for a browser, served as it is. */
export interface AdminFile {
  readonly contentType: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface AdminServerOptions {
  readonly address: string;
  readonly port: number;
  readonly registry: Registry;
  /** Whether the process works at all; not ok answers 503. */
  readonly health: () => AdminState;
  /** Whether it does its job now; not ok answers 503. */
  readonly ready: () => AdminState;
  /** GET routes by path, e.g. `/status`. */
  readonly routes: Readonly<Record<string, AdminRoute>>;
  /** Files by path, e.g. `/`. */
  readonly files?: Readonly<Record<string, AdminFile>> | undefined;
  /** POST routes by path; `Authorization: Bearer <token>` is required. */
  readonly actions?:
    | { readonly token: string; readonly routes: Readonly<Record<string, AdminRoute>> }
    | undefined;
  /** Told of errors that are no refusals (answered 500), to be logged. */
  readonly onError?: ((error: unknown, path: string) => void) | undefined;
}

export interface AdminServer {
  /** The port listened on (of use when 0 was asked for). */
  readonly port: number;
  close(): Promise<void>;
}

const STATUS_OF_CODE: Partial<Record<ErrorCode, number>> = {
  BAD_REQUEST: 400,
  NOT_FOUND: 404,
  NOT_PRIMARY: 409,
  RECORD_CORRUPT: 422,
  IN_DOUBT: 504,
  UNAVAILABLE: 503,
  BUSY: 503,
  SHUTTING_DOWN: 503,
};

/** Resolves once listening. Throws PORT_TAKEN when somebody else listens there. */
export async function startAdminServer(options: AdminServerOptions): Promise<AdminServer> {
  const refused = new Counter({
    name: "meridian_admin_refused_total",
    help: "Admin HTTP requests that were refused or malformed",
    registers: [],
  });
  options.registry.registerMetric(refused);
  const server = createServer(
    {
      maxHeaderSize: ADMIN_HEADER_BYTES_MAX,
      requestTimeout: ADMIN_REQUEST_TIMEOUT_MS,
      headersTimeout: ADMIN_REQUEST_TIMEOUT_MS,
    },
    (request, response) => {
      // `respond` answers every error itself; what is left is a connection that broke meanwhile.
      respond(options, request, response)
        .then((status) => {
          if (status >= 400 && status < 500) refused.inc();
        })
        .catch((error: unknown) => {
          // Without its query, which may hold what nobody should read in a log.
          options.onError?.(error, (request.url ?? "").split("?")[0] ?? "");
          response.destroy();
        });
    },
  );
  server.maxConnections = ADMIN_CONNECTIONS_MAX;
  server.on("clientError", (_error, socket) => {
    refused.inc();
    if (socket.writable) socket.end("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
    else socket.destroy();
  });
  await listen(server, options.address, options.port);
  const bound = server.address();
  return {
    port: typeof bound === "object" && bound !== null ? bound.port : options.port,
    close: () => closeServer(server),
  };
}

async function respond(
  options: AdminServerOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<number> {
  const url = request.url ?? "/";
  if (url.length > ADMIN_URL_BYTES_MAX) return sendError(response, 414, "BAD_REQUEST", "URL too long");
  if (!URL.canParse(url, "http://admin")) return sendError(response, 400, "BAD_REQUEST", "malformed URL");
  const { pathname, searchParams } = new URL(url, "http://admin");
  if (hasBody(request)) {
    response.setHeader("connection", "close");
    return sendError(response, 413, "BAD_REQUEST", "requests have no body");
  }
  try {
    if (request.method === "GET" || request.method === "HEAD") {
      return await respondToRead(options, pathname, searchParams, response);
    }
    if (request.method === "POST") {
      return await respondToAction(options, pathname, searchParams, request, response);
    }
    response.setHeader("allow", "GET, HEAD, POST");
    return sendError(response, 405, "BAD_REQUEST", `method ${request.method ?? ""} is not known`);
  } catch (error) {
    const code = error instanceof MeridianError ? error.code : undefined;
    const status = (code === undefined ? undefined : STATUS_OF_CODE[code]) ?? 500;
    if (status === 500) options.onError?.(error, pathname);
    return sendError(response, status, code ?? "INTERNAL", errorMessage(error));
  }
}

async function respondToRead(
  options: AdminServerOptions,
  path: string,
  query: URLSearchParams,
  response: ServerResponse,
): Promise<number> {
  if (path === "/healthz" || path === "/readyz") {
    const state = path === "/healthz" ? options.health() : options.ready();
    return sendJson(response, state.ok ? 200 : 503, state);
  }
  if (path === "/metrics") {
    const text = await options.registry.metrics();
    return send(response, 200, options.registry.contentType, text);
  }
  const { files = {} } = options;
  const file = Object.hasOwn(files, path) ? files[path] : undefined;
  if (file !== undefined) return send(response, 200, file.contentType, file.body, file.headers);
  const route = Object.hasOwn(options.routes, path) ? options.routes[path] : undefined;
  if (route === undefined) return sendError(response, 404, "NOT_FOUND", `nothing at ${path}`);
  return sendJson(response, 200, await route(query));
}

async function respondToAction(
  options: AdminServerOptions,
  path: string,
  query: URLSearchParams,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<number> {
  const actions = options.actions;
  const action =
    actions !== undefined && Object.hasOwn(actions.routes, path) ? actions.routes[path] : undefined;
  if (actions === undefined || action === undefined) {
    return sendError(response, 404, "NOT_FOUND", `nothing to do at ${path}`);
  }
  const expected = Buffer.from(`Bearer ${actions.token}`);
  const given = Buffer.from(request.headers.authorization ?? "");
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    return sendError(response, 401, "BAD_REQUEST", "the token is missing or wrong");
  }
  return sendJson(response, 200, await action(query));
}

function hasBody(request: IncomingMessage): boolean {
  const length = request.headers["content-length"];
  return request.headers["transfer-encoding"] !== undefined || (length !== undefined && length !== "0");
}

function sendError(response: ServerResponse, status: number, code: string, message: string): number {
  return sendJson(response, status, { error: { code, message } });
}

function sendJson(response: ServerResponse, status: number, value: unknown): number {
  const text = JSON.stringify(value ?? null, (_key, field: unknown) =>
    typeof field === "bigint" ? field.toString() : field,
  );
  return send(response, status, "application/json; charset=utf-8", `${text}\n`);
}

function send(
  response: ServerResponse,
  status: number,
  contentType: string,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): number {
  response.writeHead(status, {
    ...headers,
    "content-type": contentType,
    "content-length": Buffer.byteLength(text),
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  });
  response.end(text);
  return status;
}

function listen(server: Server, address: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const taken = error.code === "EADDRINUSE";
      const message = taken
        ? `admin port ${address}:${port} is taken by another process`
        : `cannot listen on ${address}:${port}: ${error.message}`;
      reject(new MeridianError(taken ? "PORT_TAKEN" : "CONFIG_INVALID", message, { cause: error }));
    });
    server.listen(port, address, () => {
      server.removeAllListeners("error");
      resolve();
    });
  });
}

/** Stops listening; requests under way are cut, since an admin answer is never worth waiting for. */
function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

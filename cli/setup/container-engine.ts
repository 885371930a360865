/** What a set-up in containers asks of its engine; containers are named by their ids. */
import type { Container } from "./containers.ts";

export interface ContainerEngine {
  /** What is gone is missing from it. */
  inspect(ids: readonly string[]): Promise<ReadonlyMap<string, Container>>;
  /** SIGKILL, to all at once; resolves when they are gone. No restart policy starts them again. */
  kill(ids: readonly string[]): Promise<void>;
  /** In order, and by force after the grace that a container has; one that does not run stays as it is. */
  stop(ids: readonly string[]): Promise<void>;
  start(ids: readonly string[]): Promise<void>;
  /** Freezes all processes of a container. */
  pause(id: string): Promise<void>;
  resume(id: string): Promise<void>;
  lastLines(id: string, count: number): Promise<string[]>;
  /** A file of a container, its volumes included; the container need not run. */
  read(id: string, path: string): Promise<string>;
  /**
   * Runs a shell script as root in a container of its own that has the volumes of another one, no network,
   * and is gone afterwards; what it printed. Throws UNAVAILABLE with what it says when it fails.
   */
  runBeside(id: string, image: string, script: string): Promise<string>;
}

const HEADER_BYTES = 512;
const SIZE = { from: 124, to: 136 } as const;

/** The first file of a tar archive: engines hand out files so. */
export function firstFileOf(archive: Buffer): string {
  const size = Number.parseInt(archive.toString("latin1", SIZE.from, SIZE.to), 8);
  return archive.toString("utf8", HEADER_BYTES, HEADER_BYTES + size);
}

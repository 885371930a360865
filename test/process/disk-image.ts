/**
 * A disk of its own for a process: a small ext4 file system in a file, mounted where the process
 * keeps its data. Its power can be cut (what was not flushed by then is gone), it can hang, and it
 * can be full.
 */
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, rmSync } from "node:fs";
import { statfsSync, statSync, truncateSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { run } from "./machine.ts";

/** EXT4_IOC_SHUTDOWN, and its flag that keeps even the journal from being written. */
const CUT =
  'for my $at (@ARGV) { sysopen(my $file, $at, 0) or die "$at: $!"; my $how = pack("L", 2);' +
  ' defined ioctl($file, 0x8004587D, $how) or die "$at: $!"; }';

export class DiskImage {
  readonly at: string;
  readonly #file: string;

  private constructor(at: string, file: string) {
    this.at = at;
    this.#file = file;
  }

  /** Makes the image in `file` and mounts it on the folder `at`. */
  static make(at: string, file: string, mebibytes: number): DiskImage {
    mkdirSync(at, { recursive: true });
    writeFileSync(file, "");
    truncateSync(file, mebibytes * 1024 * 1024);
    run("mkfs.ext4", "-q", "-F", file);
    const image = new DiskImage(at, file);
    image.mount();
    return image;
  }

  mount(): void {
    run("mount", "-o", "loop", this.#file, this.at);
  }
  unmount(): void {
    run("umount", this.at);
  }

  /** Cuts the power of all of them within a moment: from here on nothing reaches the disks. */
  static cutPower(images: readonly DiskImage[]): void {
    for (const image of images) image.#leaveTraces();
    run("perl", "-e", CUT, ...images.map(({ at }) => at));
  }

  /** As a new machine finds it. Throws when the power was not really cut. */
  remount(): void {
    this.unmount();
    this.mount();
    const [flushed, unflushed] = this.#traces;
    const there = (path: string): boolean => existsSync(path) && statSync(path).size > 0;
    if (!there(flushed)) throw new Error(`${flushed} was flushed and is lost`);
    if (there(unflushed)) throw new Error(`${unflushed} was not flushed and is there: no power cut`);
    for (const path of this.#traces) rmSync(path, { force: true });
  }

  /** Every write and flush hangs in the kernel from here on; even SIGKILL waits for it. */
  freeze(): void {
    run("fsfreeze", "--freeze", this.at);
  }
  thaw(): void {
    run("fsfreeze", "--unfreeze", this.at);
  }

  /** What root may still take. */
  get freeBytes(): number {
    const { bfree, bsize } = statfsSync(this.at);
    return bfree * bsize;
  }
  /** Writes a file until no more than `leave` bytes are free; with 0 until not one byte more fits. */
  fill(leave = 0): void {
    const file = openSync(this.#ballast, "a");
    for (let size = 1024 * 1024; size >= 1 && (leave === 0 || this.freeBytes > leave); ) {
      try {
        writeSync(file, Buffer.alloc(size));
      } catch (error) {
        if (!(error instanceof Error && "code" in error && error.code === "ENOSPC")) throw error;
        size = Math.floor(size / 2);
      }
    }
    closeSync(file);
  }
  /** Gives the space back. */
  empty(): void {
    rmSync(this.#ballast);
  }

  get #ballast(): string {
    return join(this.at, "ballast");
  }
  /** One file that must survive the cut, one that must not. */
  #leaveTraces(): void {
    const [flushed, unflushed] = this.#traces;
    const file = openSync(flushed, "w");
    writeSync(file, "flushed");
    fsyncSync(file);
    closeSync(file);
    writeFileSync(unflushed, "not flushed");
  }
  get #traces(): [string, string] {
    return [join(this.at, "flushed"), join(this.at, "unflushed")];
  }
}

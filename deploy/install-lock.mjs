/**
 * One install of a checkout at a time: a second command that is started meanwhile (a second terminal,
 * say) waits for it instead of installing over it. The lock is a file that names the process that holds
 * it, so what a killed process leaves behind is recognised and taken over.
 *
 * Plain JavaScript without dependencies: it runs before anything is installed.
 */
import { existsSync, linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const LOOK_MS = 100;

/** Whether someone is at it, or was killed at it: what is installed may lack a part. */
export function isInstallLocked(folder) {
  return existsSync(lockOf(folder));
}

/**
 * Takes the lock of a folder, waiting while a live process holds it, and returns what gives it back;
 * waits without the event loop, as the install itself does. `onWait` is told the holder's pid, once.
 */
export function takeInstallLock(folder, onWait) {
  const lock = lockOf(folder);
  const own = `${lock}.${process.pid}`;
  writeFileSync(own, String(process.pid));
  try {
    let hasSaid = false;
    while (!tryLink(own, lock)) {
      const holder = readHolder(lock);
      if (holder === undefined) continue;
      if (!isAlive(holder)) {
        takeAway(lock, holder, own);
        continue;
      }
      if (!hasSaid) onWait(holder);
      hasSaid = true;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LOOK_MS);
    }
  } finally {
    rmSync(own, { force: true });
  }
  return () => rmSync(lock, { force: true });
}

function lockOf(folder) {
  return join(folder, ".install.lock");
}

/** A link appears with its content, and fails where one is: whoever reads a lock reads a whole pid. */
function tryLink(own, lock) {
  try {
    linkSync(own, lock);
    return true;
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw error;
  }
}

/** The pid in a lock; undefined when it was given back meanwhile. */
function readHolder(lock) {
  try {
    return Number(readFileSync(lock, "utf8"));
  } catch (error) {
    if (error.code === "ENOENT") return undefined;
    throw error;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

/** Removes a dead holder's lock; what another waiter has put in its place meanwhile is put back. */
function takeAway(lock, holder, own) {
  const aside = `${own}.stale`;
  try {
    renameSync(lock, aside);
  } catch (error) {
    if (error.code === "ENOENT") return;
    throw error;
  }
  if (readHolder(aside) !== holder) tryLink(aside, lock);
  rmSync(aside, { force: true });
}

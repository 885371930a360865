/** Broken invariants: always on, also in production. A failed assertion ends the process. */
export class AssertionError extends Error {
  override name = "AssertionError";
}

/** Throws AssertionError unless `condition` holds. `message` names the invariant. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new AssertionError(`invariant broken: ${message}`);
}

/**
 * Throws a failed assertion on. For whoever catches everything to go on without it: nothing may go on
 * without an invariant.
 */
export function rethrowBroken(error: unknown): void {
  if (error instanceof AssertionError) throw error;
}

/** Closes a switch over a closed union: reaching it is a bug. */
export function unreachable(value: never): never {
  throw new AssertionError(`unreachable: ${JSON.stringify(value)}`);
}

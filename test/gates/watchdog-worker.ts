/** The thread that watches: when no beat comes for too long, it says so and ends its process. */
import { writeSync } from "node:fs";
import { workerData } from "node:worker_threads";

const { beats, standsMs, file } = workerData as { beats: Int32Array; standsMs: number; file: string };
for (;;) {
  const seen = Atomics.load(beats, 0);
  if (Atomics.wait(beats, 0, seen, standsMs) !== "timed-out") continue;
  writeSync(2, `${file}: its event loop has stood still for ${standsMs / 1000} s, so its process is ended\n`);
  process.kill(process.pid, "SIGKILL");
}

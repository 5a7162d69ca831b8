// Loaded before a server that a test starts: it never outlives the test's process, however that ends.
import { rmSync } from "node:fs";

const folder = process.env.REMOVE_WITH_PARENT;
process.channel?.unref();
process.stdout.on("error", () => {});
process.stderr.on("error", () => {});
process.on("disconnect", () => {
  if (folder) process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  process.kill(process.pid, "SIGTERM");
});

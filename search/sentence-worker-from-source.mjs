// Starts the worker from its TypeScript source, in development and tests. The bundle does not contain this file.
import { register } from "tsx/esm/api";

register();
await import("./sentence-worker.ts");

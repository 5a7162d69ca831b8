import { buildAll } from "./build";
import { runNode } from "./run-node";

/** `npm run demo`: builds when needed, then opens the product with demonstration data. */
await buildAll((line) => console.log(line));
runNode("build/demo.js", { NODE_ENV: "production" });

import { buildAll } from "./build";
import { runNode } from "./run-node";

/** `npm start`: production. On a server, `npm run build` once and `node build/server.js` do the same. */
await buildAll((line) => console.log(line));
runNode("build/server.js", { NODE_ENV: "production" });

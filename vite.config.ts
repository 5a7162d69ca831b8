import { vitePlugin as remix } from "@remix-run/dev";
import { defineConfig } from "vite";
import remixConfig from "./remix.config.js";

declare module "@remix-run/node" {
  interface Future {
    v3_singleFetch: true;
  }
}

export default defineConfig({
  plugins: [remix(remixConfig)],
  resolve: { dedupe: ["yjs", "y-protocols", "lib0", "react", "react-dom"] },
  build: { target: "es2022" },
  optimizeDeps: {
    include: [
      "yjs",
      "y-websocket",
      "@tiptap/core",
      "@tiptap/react",
      "@tiptap/starter-kit",
      "@tiptap/extension-collaboration",
      "socket.io-client",
    ],
  },
});

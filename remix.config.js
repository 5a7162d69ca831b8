/**
 * The Remix options, passed to the Remix Vite plugin by vite.config.ts.
 * Every v3 future flag is on, so that the step to React Router is mechanical.
 * @type {import('@remix-run/dev').VitePluginConfig}
 */
export default {
  appDirectory: "app",
  // scripts/build.ts builds aside and renames, so that what is in `build/` is always whole.
  buildDirectory: process.env.BUILD_DIR ?? "build",
  serverModuleFormat: "esm",
  future: {
    v3_fetcherPersist: true,
    v3_relativeSplatPath: true,
    v3_throwAbortReason: true,
    v3_routeConfig: false,
    v3_lazyRouteDiscovery: true,
    v3_singleFetch: true,
  },
};

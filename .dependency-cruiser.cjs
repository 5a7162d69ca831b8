/** Who may import whom. Read top to bottom: pure rules first, wiring last. */
const npm = (names) => `(^|node_modules/)(${names})(/|$)`;
module.exports = {
  forbidden: [
    { name: "domain-is-pure", severity: "error", from: { path: "^app/domain" }, to: { pathNot: `^app/domain|${npm("zod")}` } },
    { name: "commands-know-only-domain", severity: "error", from: { path: "^app/(commands|followups)" }, to: { pathNot: "^app/(domain|commands|followups)|node_modules/zod" } },
    { name: "only-storage-knows-mongoose", severity: "error", from: { pathNot: "^(app/storage|tests|scripts)|node_modules" }, to: { path: npm("mongoose|mongodb|connect-mongo|bson") } },
    { name: "only-the-embedded-store-knows-lmdb", severity: "error", from: { pathNot: "^(app/storage/embedded|tests|scripts)|node_modules" }, to: { path: npm("lmdb") } },
    { name: "only-search-knows-meilisearch", severity: "error", from: { pathNot: "^(search|tests)|node_modules" }, to: { path: npm("meilisearch") } },
    { name: "only-realtime-knows-sockets", severity: "error", from: { pathNot: "^(realtime|tests|app/server|scripts)|node_modules" }, to: { path: npm("socket\\.io(-client)?|yjs|y-protocols|y-websocket|lib0|ws") } },
    { name: "pages-hold-no-server-state", severity: "error", comment: "Remix bundles its own copy of what routes import; state comes in through getLoadContext.", from: { path: "^app/(routes|components|web|root|entry)|^realtime/client" }, to: { path: "^app/(storage|server|followups)|^search|^realtime/server", dependencyTypesNot: ["type-only"] } },
    { name: "edges-know-only-domain-and-commands", severity: "error", from: { path: "^(realtime|search)" }, to: { path: "^app/", pathNot: "^app/(domain|commands)" } },
    { name: "realtime-and-search-are-strangers", severity: "error", from: { path: "^(realtime|search)/" }, to: { path: "^(realtime|search)/", pathNot: "^$1/" } },
    { name: "only-charts-know-d3", severity: "error", from: { pathNot: "^app/components/charts|node_modules" }, to: { path: npm("d3|d3-[a-z]+") } },
    { name: "storage-knows-only-domain", severity: "error", from: { path: "^app/storage" }, to: { path: "^(app|realtime|search)/", pathNot: "^app/(storage|domain)" } },
    { name: "only-server-wires", severity: "error", from: { pathNot: "^(app/server|scripts|tests)" }, to: { path: "^app/server", dependencyTypesNot: ["type-only"] } },
    { name: "production-never-imports-tests", severity: "error", from: { pathNot: "^(tests|scripts)" }, to: { path: "^tests" } },
    { name: "every-import-resolves", severity: "error", comment: "An import the tool cannot see is an import no rule can stop.", from: {}, to: { couldNotResolve: true } },
    { name: "no-circles", severity: "error", from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } } },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(build|public/build)|virtual:" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "require", "node", "default", "types"], mainFields: ["module", "main", "types"] },
  },
};

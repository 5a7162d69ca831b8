import { defineConfig } from "vitest/config";

/**
 * Three projects. `unit` needs no store, no engine and no browser. `integration` has one store process and one search
 * process for the whole run. `journeys` drives a browser over the production build, one journey at a time.
 */
const long = process.env.LONG === "1";
const needsStore = ["tests/{storage,followups,search,realtime,web}/**/*.test.{ts,tsx}", "tests/**/*.store.test.ts"];
const journeys = ["tests/journeys/**/*.test.{ts,tsx}"];

export default defineConfig({
  test: {
    pool: "forks",
    poolOptions: { forks: { maxForks: 2 } },
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["tests/**/*.test.{ts,tsx}"],
          exclude: [...needsStore, ...journeys],
          setupFiles: ["tests/support/no-stray-errors.ts"],
          testTimeout: long ? 600_000 : 20_000,
        },
      },
      {
        extends: true,
        test: {
          name: "integration",
          include: needsStore,
          setupFiles: ["tests/support/no-stray-errors.ts"],
          globalSetup: ["tests/support/global-setup.ts"],
          testTimeout: long ? 1_800_000 : 90_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: "journeys",
          include: journeys,
          setupFiles: ["tests/support/no-stray-errors.ts"],
          poolOptions: { forks: { singleFork: true } },
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});

import { defineConfig } from "vitest/config";

/** Unit and integration tests. Browser journeys have their own project so that they run one at a time. */
export default defineConfig({
  test: {
    include: ["tests/**/*.test.{ts,tsx}"],
    exclude: ["tests/journeys/**", "node_modules/**", "build/**"],
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});

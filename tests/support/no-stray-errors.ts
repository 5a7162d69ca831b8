import { format } from "node:util";
import { afterAll, afterEach } from "vitest";

/**
 * A console.error nobody asked for fails the test in which it came. A test that expects one replaces console.error
 * itself (`vi.spyOn(console, "error").mockImplementation(...)`) and says what it expects.
 */
const stray: string[] = [];
const print = console.error;
console.error = (...args: unknown[]) => {
  stray.push(format(...args));
  print(...args);
};

function refuseStray(): void {
  const found = stray.splice(0);
  if (found.length > 0) throw new Error(`console.error was called:\n${found.join("\n")}`);
}

afterEach(refuseStray);
afterAll(refuseStray);

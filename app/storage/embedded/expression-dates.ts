/** Date expressions. */
import type { Operator } from "./expression-kit";

export const DATES: Record<string, Operator> = {};

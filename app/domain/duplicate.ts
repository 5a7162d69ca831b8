import type { Harm } from "./issue";

/** Grades of harm from least to worst. What is not known yet has no place among them. */
const grades: readonly Harm[] = ["none", "low", "moderate", "severe", "fatal"];

/**
 * Whether a duplicate is graded worse than its original, so that a safety issue of its own is not lost in it. Where the
 * original's harm is not known yet, anything that was harm counts as worse.
 */
export function isGradedHigher(harm: Harm, than: Harm): boolean {
  return grades.indexOf(harm) > Math.max(grades.indexOf(than), 0);
}

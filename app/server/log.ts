import type { RequestHandler } from "express";

/** One JSON line. Ids, numbers and kinds only: never a name, a query or anything a person wrote. */
export function log(event: string, facts: Readonly<Record<string, string | number | boolean | undefined>> = {}): void {
  process.stdout.write(`${JSON.stringify({ at: new Date().toISOString(), event, ...facts })}\n`);
}

/** What can be said of a fault without quoting it: its kind and where it was thrown. */
export function faultFacts(error: unknown): { fault: string; where: string } {
  const fault = error instanceof Error ? error.name : typeof error;
  const frames =
    error instanceof Error ? (error.stack ?? "").split("\n").filter((line) => line.trim().startsWith("at ")) : [];
  return {
    fault,
    where: frames
      .slice(0, 4)
      .map((line) => line.trim())
      .join(" < "),
  };
}

/** Logs every request once it is answered: the path without its query, which can hold what people look for. */
export const logRequests: RequestHandler = (req, res, next) => {
  const began = performance.now();
  res.on("finish", () => {
    log("request", {
      id: res.locals.requestId,
      method: req.method,
      path: req.originalUrl.split("?")[0],
      status: res.statusCode,
      ms: Math.round(performance.now() - began),
    });
  });
  next();
};

import { randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { RequestHandler } from "express";

/**
 * Headers of every response: a Content-Security-Policy that runs only scripts and styles this response names by nonce,
 * loads nothing from anywhere else and may not be framed.
 */
export function securityHeaders(options: { https: boolean; dev: boolean }): RequestHandler {
  return (_req, res, next) => {
    const nonce = randomBytes(16).toString("base64");
    res.locals.nonce = nonce;
    res.setHeader(
      "Content-Security-Policy",
      [
        "default-src 'none'",
        `script-src 'nonce-${nonce}' 'strict-dynamic'`,
        `style-src 'self' 'nonce-${nonce}'`,
        "img-src 'self' data:",
        "font-src 'self'",
        options.dev ? "connect-src 'self' ws:" : "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "manifest-src 'self'",
      ].join("; "),
    );
    res.setHeader("X-Content-Type-Options", "nosniff");
    res.setHeader("Referrer-Policy", "same-origin");
    res.setHeader("Cross-Origin-Opener-Policy", "same-origin");
    res.setHeader("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()");
    if (options.https) res.setHeader("Strict-Transport-Security", "max-age=31536000");
    next();
  };
}

/** Whether a request says it comes from our own pages: its Origin is this host's. Absent counts as foreign. */
export function sameOrigin(baseUrl: URL) {
  return (req: IncomingMessage): boolean => {
    const origin = req.headers.origin;
    if (!origin) return false;
    if (origin === baseUrl.origin) return true;
    // On loopback the port or name may differ from the setting: what counts is that page and server are one host.
    return isLoopback(baseUrl) && origin === `http://${req.headers.host}`;
  };
}

/**
 * People reach us at one address, whatever the proxy in front of us put into a request: nginx names us by our inner host
 * when nobody tells it otherwise, Remix refuses every form whose Origin is not the host, and a session cookie is only
 * given to who comes over https. On loopback, several names are ours.
 */
export function asAddressed(baseUrl: URL): RequestHandler {
  return (req, _res, next) => {
    if (!isLoopback(baseUrl)) {
      req.headers.host = baseUrl.host;
      req.headers["x-forwarded-proto"] = baseUrl.protocol.slice(0, -1);
      delete req.headers["x-forwarded-host"];
    }
    next();
  };
}

/** Refuses writes that come from elsewhere. Sessions are SameSite=Lax besides. */
export function refuseForeignWrites(fromHere: (req: IncomingMessage) => boolean): RequestHandler {
  return (req, res, next) => {
    if (["GET", "HEAD", "OPTIONS"].includes(req.method) || fromHere(req)) return next();
    res
      .status(403)
      .type("text")
      .send("This request did not come from a page of Common Thread, so nothing was changed.");
  };
}

/** More than the longest text we take, in any script, with everything around it. */
const longestBody = 1_000_000;

/** Refuses what is longer than any form of ours before a byte of it is read. Browsers say how long a form is. */
export const refuseLongBodies: RequestHandler = (req, res, next) => {
  const length = Number(req.headers["content-length"] ?? (req.headers["transfer-encoding"] ? Number.NaN : 0));
  if (length <= longestBody) return next();
  res
    .status(Number.isNaN(length) ? 411 : 413)
    .set("Connection", "close")
    .type("text")
    .send("This is longer than anything Common Thread takes, so nothing was changed.");
};

/** Pages are read and forms are sent, as plain fields; anything else would fail half-way through being read. */
export const refuseOddForms: RequestHandler = (req, res, next) => {
  if (["GET", "HEAD", "OPTIONS"].includes(req.method)) return next();
  const kind = req.headers["content-type"]?.split(";")[0]?.trim().toLowerCase();
  if (req.method === "POST" && kind === "application/x-www-form-urlencoded") return next();
  res
    .status(req.method === "POST" ? 415 : 405)
    .type("text")
    .send("This is not how a form of Common Thread is sent, so nothing was changed.");
};

export function isLoopback(url: URL): boolean {
  return ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
}

import {
  type ActionFunctionArgs,
  type AppLoadContext,
  createReadableStreamFromReadable,
  type EntryContext,
  type LoaderFunctionArgs,
} from "@remix-run/node";
import { isRouteErrorResponse, RemixServer } from "@remix-run/react";
import { renderToPipeableStream } from "react-dom/server";
import { NonceContext } from "./web/nonce";
import { withoutZeroBytes } from "./web/without-zero-bytes";

/** Loader data that streams in is given up after this long. */
export const streamTimeout = 5_000;

/** Renders a page. Every script of ours carries this response's nonce; nothing else may run. */
export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remixContext: EntryContext,
  context: AppLoadContext,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    let answered = false;
    let finalStatus = status;
    const { pipe, abort } = renderToPipeableStream(
      <NonceContext.Provider value={context.nonce}>
        <RemixServer context={remixContext} url={request.url} nonce={context.nonce} />
      </NonceContext.Provider>,
      {
        nonce: context.nonce,
        onShellReady() {
          answered = true;
          const body = withoutZeroBytes();
          headers.set("Content-Type", "text/html; charset=utf-8");
          // Pages show what one person may see: no cache between us and them keeps a copy.
          headers.set("Cache-Control", "private, no-store");
          resolve(new Response(createReadableStreamFromReadable(body), { headers, status: finalStatus }));
          pipe(body);
        },
        onShellError: reject,
        onError(error) {
          finalStatus = 500;
          if (answered) logFault(context.requestId, error);
        },
      },
    );
    setTimeout(abort, streamTimeout + 1_000).unref();
  });
}

/** Faults of loaders and actions. What a person can meet is never thrown as a fault. */
export function handleError(error: unknown, { request, context }: LoaderFunctionArgs | ActionFunctionArgs): void {
  if (!request.signal.aborted && !isRouteErrorResponse(error)) logFault(context.requestId, error);
}

/** Kind and place only: no message, no address, no form, nothing people wrote. While developing, everything. */
function logFault(requestId: string, error: unknown): void {
  if (import.meta.env.DEV) console.error(error);
  const frames = error instanceof Error ? (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line)) : [];
  console.error(
    JSON.stringify({
      at: new Date().toISOString(),
      event: "page-fault",
      id: requestId,
      fault: error instanceof Error ? error.name : typeof error,
      where: frames
        .slice(0, 4)
        .map((line) => line.trim())
        .join(" < "),
    }),
  );
}

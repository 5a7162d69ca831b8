/** The same answer for what is missing and for what may not be seen. */
export function notFound(): Response {
  return new Response(null, { status: 404, statusText: "Not found" });
}

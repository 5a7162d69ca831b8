/** The title of a page, as the browser's tab and screen readers say it. */
export function pageTitle(title: string): [{ title: string }] {
  return [{ title: `${title} – Common Thread` }];
}

import { csvFile } from "../../web/csv";
import type { Twin } from "./twin-table";

/** What a saved drawing must carry itself, since it leaves its style sheet behind. */
const carried = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "stroke-linecap",
  "stroke-linejoin",
  "opacity",
  "font-size",
  "font-weight",
  "font-style",
  "text-anchor",
  "paint-order",
  "vector-effect",
  "display",
  "visibility",
] as const;

/** A chart as drawn now, complete in itself: its colours written out, its ground under it, its title and date over it. */
export function chartAsSvg(
  figure: HTMLElement,
  heading: readonly string[],
): { text: string; width: number; height: number } | null {
  const drawn = [...figure.querySelectorAll<SVGSVGElement>("svg.ct-chart")].find(
    (svg) => svg.getClientRects().length > 0,
  );
  if (!drawn) return null;
  const copy = drawn.cloneNode(true);
  if (!(copy instanceof SVGSVGElement)) return null;
  writeStyles(drawn, copy);
  const { width: boxWidth, height: boxHeight } = drawn.viewBox.baseVal;
  const [width, height] = [boxWidth || drawn.clientWidth, boxHeight || drawn.clientHeight];
  const head = 12 + heading.length * 18;
  const ground = getComputedStyle(figure).getPropertyValue("--ct-surface").trim() || "#fff";
  const ink = getComputedStyle(figure).getPropertyValue("--ct-ink").trim() || "#000";
  for (const canvas of figure.querySelectorAll("canvas")) {
    if (canvas.getClientRects().length > 0) copy.prepend(imageOf(canvas, drawn, width));
  }
  const body = new XMLSerializer().serializeToString(copy).replace(/^<svg[^>]*>|<\/svg>$/gu, "");
  const words = heading.map(
    (line, at) =>
      `<text x="8" y="${20 + at * 18}" font-size="${at === 0 ? 15 : 12}"${at === 0 ? ' font-weight="700"' : ""} fill="${ink}">${escaped(line)}</text>`,
  );
  const text = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height + head}" width="${width}" height="${height + head}" font-family="Arial, sans-serif" font-size="13"><rect width="100%" height="100%" fill="${ground}"/>${words.join("")}<g transform="translate(0,${head})">${body}</g></svg>`;
  return { text, width, height: height + head };
}

/** The same as a picture of points, twice as fine as the screen. */
export async function chartAsPng(chart: { text: string; width: number; height: number }): Promise<Blob | null> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(chart.text)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = chart.width * 2;
  canvas.height = chart.height * 2;
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}

/** The table of a chart for a spreadsheet: no cell is taken for a formula. */
export function chartAsCsv(twin: Twin, notes: readonly string[]): Blob {
  const rows = [...notes.map((note) => [note]), [...twin.head], ...twin.rows.map((row) => [...row])];
  return new Blob([csvFile(rows)], { type: "text/csv;charset=utf-8" });
}

/** Hands a file to the person. */
export function saveFile(file: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

function writeStyles(from: Element, to: Element): void {
  const style = getComputedStyle(from);
  for (const name of carried) {
    const value = style.getPropertyValue(name);
    if (value) to.setAttribute(name, value);
  }
  for (const name of ["class", "data-mark", "data-row", "tabindex", "href"]) to.removeAttribute(name);
  [...from.children].forEach((child, at) => {
    const copy = to.children[at];
    if (copy) writeStyles(child, copy);
  });
}

/** What is painted under a drawing, at its place in it. */
function imageOf(canvas: HTMLCanvasElement, drawn: SVGSVGElement, width: number): SVGImageElement {
  const [box, frame] = [canvas.getBoundingClientRect(), drawn.getBoundingClientRect()];
  const scale = width / (frame.width || 1);
  const image = document.createElementNS("http://www.w3.org/2000/svg", "image");
  image.setAttribute("href", canvas.toDataURL("image/png"));
  image.setAttribute("x", String((box.left - frame.left) * scale));
  image.setAttribute("y", String((box.top - frame.top) * scale));
  image.setAttribute("width", String(box.width * scale));
  image.setAttribute("height", String(box.height * scale));
  return image;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

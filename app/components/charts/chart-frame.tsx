import { Link, useNavigate } from "@remix-run/react";
import { type ReactNode, useEffect, useId, useRef } from "react";
import { useHydrated } from "../../web/use-hydrated";
import { chartAsCsv, chartAsPng, chartAsSvg, saveFile } from "./save-chart";
import { type Twin, TwinTable } from "./twin-table";
import { type MarkCard, useMarks } from "./use-marks";

interface ChartFrameProps {
  /** The finding. */
  title: ReactNode;
  /** The same as plain words, for a saved file. Left out where the title is plain already. */
  titleText?: string;
  level?: 2 | 3;
  /** What it shows. */
  shows?: ReactNode;
  /** What it does not mean. */
  notMeans?: ReactNode;
  /** Of how old an analysis it is, or over which time: stands on every saved file. */
  asOf?: string;
  twin?: Twin;
  /** Name of a saved file, without its ending. */
  fileName: string;
  /** Marks are links: buttons step through them under a finger. */
  steps?: boolean;
  /** What stands between the title and the drawing. */
  above?: ReactNode;
  className?: string;
  /** For links to it. */
  id?: string;
  children: ReactNode;
}

/** A chart with its three sentences, its table, and its files. */
export function ChartFrame({
  title,
  titleText,
  level = 2,
  shows,
  notMeans,
  asOf,
  twin,
  fileName,
  steps,
  above,
  className,
  id,
  children,
}: ChartFrameProps) {
  const figure = useRef<HTMLElement>(null);
  const titleId = useId();
  const { card, step } = useMarks(figure);
  const follow = useFollow();
  const Heading = level === 2 ? "h2" : "h3";
  const heading = [titleText ?? (typeof title === "string" ? title : fileName), ...(asOf ? [asOf] : [])];
  return (
    <figure
      className={className ? `ct-figure ${className}` : "ct-figure"}
      ref={figure}
      aria-labelledby={titleId}
      id={id}
    >
      <figcaption>
        <Heading id={titleId}>{title}</Heading>
      </figcaption>
      {above}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: links inside take keys themselves; this only keeps the page */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: as above */}
      <div className="ct-figure__drawing" onClick={follow}>
        {children}
      </div>
      <Card card={card} />
      {steps ? <Steps card={card} onStep={step} /> : null}
      {shows || notMeans ? (
        <p className="ct-figure__says">
          {shows} {notMeans ? <span className="ct-2">{notMeans}</span> : null}
        </p>
      ) : null}
      {twin ? <Tools twin={twin} figure={figure} fileName={fileName} heading={heading} /> : null}
    </figure>
  );
}

/** Marks are plain links, so that they work without scripts; with them, a press keeps the page and changes what is in it. */
function useFollow() {
  const navigate = useNavigate();
  return (event: React.MouseEvent) => {
    const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
    const to = link?.getAttribute("href");
    if (!to?.startsWith("/") || event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    navigate(to);
  };
}

/** What hover and focus show alike. Screen readers have it from the mark's own name. */
function Card({ card }: { card: MarkCard | null }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = box.current;
    const figure = element?.parentElement;
    if (!element || !figure || !card) return;
    const left = Math.min(Math.max(0, card.x - element.offsetWidth / 2), figure.clientWidth - element.offsetWidth);
    const above = card.y - element.offsetHeight - 8;
    element.style.transform = `translate(${Math.round(left)}px, ${Math.round(Math.max(-8, above))}px)`;
  }, [card]);
  if (!card) return null;
  return (
    <div className="ct-markcard" ref={box} aria-hidden="true">
      <b>{card.what}</b>
      <span>{card.why}</span>
      {card.href ? <span>Enter: open</span> : null}
    </div>
  );
}

function Steps({ card, onStep }: { card: MarkCard | null; onStep: (by: 1 | -1) => void }) {
  const hydrated = useHydrated();
  if (!hydrated) return null;
  return (
    <div className="ct-steps">
      <button
        type="button"
        className="nhsuk-button nhsuk-button--secondary"
        aria-label="The mark before"
        onClick={() => onStep(-1)}
      >
        ‹
      </button>
      <span role="status">
        {card ? (
          <>
            <b>{card.what}</b> {card.why} {card.href ? <Link to={card.href}>Open</Link> : null}
          </>
        ) : (
          "Step through the chart"
        )}
      </span>
      <button
        type="button"
        className="nhsuk-button nhsuk-button--secondary"
        aria-label="The mark after"
        onClick={() => onStep(1)}
      >
        ›
      </button>
    </div>
  );
}

const remembered = "ct-charts-as-tables";

interface ToolsProps {
  twin: Twin;
  figure: React.RefObject<HTMLElement>;
  fileName: string;
  heading: readonly string[];
}

function Tools({ twin, figure, fileName, heading }: ToolsProps) {
  const details = useRef<HTMLDetailsElement>(null);
  const hydrated = useHydrated();
  useEffect(() => {
    if (details.current && localStorage.getItem(remembered) === "yes") details.current.open = true;
  }, []);
  const saveSvg = () => {
    const chart = figure.current && chartAsSvg(figure.current, heading);
    if (chart) saveFile(new Blob([chart.text], { type: "image/svg+xml" }), `${fileName}.svg`);
  };
  const savePng = async () => {
    const chart = figure.current && chartAsSvg(figure.current, heading);
    const picture = chart ? await chartAsPng(chart) : null;
    if (picture) saveFile(picture, `${fileName}.png`);
  };
  const remember = (open: boolean) => {
    if (open) localStorage.setItem(remembered, "yes");
    else localStorage.removeItem(remembered);
  };
  return (
    <div className="ct-charttools">
      <details ref={details} onToggle={(event) => remember(event.currentTarget.open)}>
        <summary>Show as a table</summary>
        <div className="ct-twinbox">
          <TwinTable twin={twin} />
        </div>
      </details>
      {hydrated ? (
        <p className="ct-charttools__save">
          <span>Save as</span>
          <SaveButton name="SVG" what={heading[0] ?? ""} onSave={saveSvg} />
          <SaveButton name="PNG" what={heading[0] ?? ""} onSave={() => void savePng()} />
          <SaveButton
            name="CSV"
            what={heading[0] ?? ""}
            onSave={() => saveFile(chartAsCsv(twin, heading), `${fileName}.csv`)}
          />
        </p>
      ) : null}
    </div>
  );
}

function SaveButton({ name, what, onSave }: { name: string; what: string; onSave: () => void }) {
  return (
    <button type="button" className="ct-linklike" onClick={onSave} aria-label={`${name}: ${what}`}>
      {name}
    </button>
  );
}

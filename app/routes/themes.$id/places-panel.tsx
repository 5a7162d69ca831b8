import { ChartFrame } from "../../components/charts/chart-frame";
import { TileMap } from "../../components/charts/tile-map";
import { TwinTable } from "../../components/charts/twin-table";
import { aboutTwin, placesTwin, practicesTwin } from "../../components/theme-tables";
import { type ThemeQuery, themesHref } from "../../domain/theme-query";
import type { PlaceRow, StoryView } from "../../domain/theme-views";
import { shownWords, withheldWords } from "../../domain/theme-words";
import { aboutTitle, placesSaid, placesTitle, servicesWords } from "./story-words";

interface PlacesPanelProps {
  places: readonly PlaceRow[];
  path: string;
  query: ThemeQuery;
  asOf: string;
}

/** Rough order on a map of Cheshire and Merseyside, three to a row; Places it does not name follow as they come. */
const mapOrder = [
  "sefton",
  "knowsley",
  "st-helens",
  "liverpool",
  "halton",
  "warrington",
  "wirral",
  "cheshire-west",
  "cheshire-east",
];

/** Where practices report it: a tile a Place, and behind them the practices, where they may be seen. */
export function PlacesPanel({ places, path, query, asOf }: PlacesPanelProps) {
  const tiles = [...places].sort((a, b) => orderOf(a.id) - orderOf(b.id));
  const title = placesTitle(places);
  const said = placesSaid(places);
  const practices = practicesTwin(places);
  const hrefOf = (place: string) => `${themesHref(path, { ...query, place })}#issues`;
  return (
    <ChartFrame
      title={title}
      shows={said.says}
      notMeans={said.notMeans}
      asOf={asOf}
      twin={placesTwin(places)}
      fileName="theme-by-place"
      steps
    >
      <TileMap places={tiles} title={title} fits="wide" hrefOf={hrefOf} />
      <TileMap places={tiles} title={title} fits="narrow" hrefOf={hrefOf} columns={2} />
      <details className="ct-story__more">
        <summary>Practices</summary>
        {practices.rows.length > 0 ? (
          <div className="ct-twinbox">
            <TwinTable twin={practices} />
          </div>
        ) : null}
        <p className="ct-s ct-2">
          Practices that are not here reported nothing, or are withheld. {withheldWords.notMeans}
        </p>
      </details>
    </ChartFrame>
  );
}

const namedAtOnce = 6;

/** Organisations and services it is about, the most reports first. */
export function AboutPanel({ about }: { about: StoryView["about"] }) {
  const named = about.filter((part) => part.reports.kind !== "withheld");
  return (
    <section className="ct-story__part" aria-labelledby="about">
      <h2 id="about">{aboutTitle(about)}</h2>
      <ul className="ct-story__about">
        {named.slice(0, namedAtOnce).map((part) => (
          <li key={part.id}>
            <b>{part.name}</b> {shownWords(part.reports)}
            <span className="ct-2">{servicesWords(part.services)}</span>
          </li>
        ))}
      </ul>
      {about.length > 0 ? (
        <details className="ct-story__more">
          <summary>All organisations and services</summary>
          <div className="ct-twinbox">
            <TwinTable twin={aboutTwin(about)} />
          </div>
        </details>
      ) : null}
      <p className="ct-figure__says">
        Reports by the organisation and service that practices name.{" "}
        <span className="ct-2">Being named often may mean many patients, or that problems there are told.</span>
      </p>
    </section>
  );
}

function orderOf(place: string): number {
  const at = mapOrder.indexOf(place);
  return at < 0 ? mapOrder.length : at;
}

import type { Place } from "../../app/domain/organisation";

/** The nine Places of Cheshire and Merseyside. Their codes are ours: the register has none. */
export const places: readonly Place[] = [
  { id: "cheshire-east", name: "Cheshire East", code: "QYG-CEA" },
  { id: "cheshire-west", name: "Cheshire West", code: "QYG-CWE" },
  { id: "halton", name: "Halton", code: "QYG-HAL" },
  { id: "knowsley", name: "Knowsley", code: "QYG-KNO" },
  { id: "liverpool", name: "Liverpool", code: "QYG-LIV" },
  { id: "sefton", name: "Sefton", code: "QYG-SEF" },
  { id: "st-helens", name: "St Helens", code: "QYG-STH" },
  { id: "warrington", name: "Warrington", code: "QYG-WAR" },
  { id: "wirral", name: "Wirral", code: "QYG-WIR" },
];

/**
 * The sub-ICB location 27D holds two Places. Which of them a practice is in follows from its primary care network:
 * Winsford, Chester East, Chester South, Neston & Willaston, Fountains, Rural Alliance, Princeway,
 * One Ellesmere Port and Northwich are West; the rest are East.
 */
const networksOfWest = new Set([
  "U02678",
  "U07776",
  "U68943",
  "U14878",
  "U42807",
  "U66020",
  "U85493",
  "U85986",
  "U88623",
]);
const networksOfEast = new Set([
  "U29951",
  "U31094",
  "U25799",
  "U82612",
  "U79049",
  "U28237",
  "U98152",
  "U98432",
  "U06000",
]);

/** The Place of a practice, or undefined when its area holds two Places and its network does not say which. */
export function placeOfPractice(placesOfArea: readonly string[], pcnCode: string | undefined): string | undefined {
  if (placesOfArea.length === 1) return placesOfArea[0];
  if (pcnCode && networksOfWest.has(pcnCode)) return placesOfArea.find((id) => id === "cheshire-west");
  if (pcnCode && networksOfEast.has(pcnCode)) return placesOfArea.find((id) => id === "cheshire-east");
  return undefined;
}

/** The id of a Place by its name. */
export function placeNamed(name: string): string | undefined {
  return places.find((place) => place.name === name)?.id;
}

import type { Directory } from "../../app/domain/directory";
import { titleFrom } from "../../app/domain/issue";
import type { PlacedIssue } from "./place-issue";
import type { Random } from "./random";
import type { DemoText } from "./texts";

/** Fills the slots of a text with the two sides of this issue. */
export function fillSlots(text: string, placed: PlacedIssue, directory: Directory): string {
  const practice = placed.from.kind === "practice" ? placed.from : placed.about;
  const trust = placed.from.kind === "practice" ? placed.about : placed.from;
  const place = directory.place((placed.from.places[0] ?? placed.about.places[0]) || "");
  return text
    .replaceAll("{trust}", trust.shortName)
    .replaceAll("{practice}", practice.shortName)
    .replaceAll("{service}", placed.service?.name.toLowerCase() ?? "the service")
    .replaceAll("{place}", place?.name ?? "our Place");
}

const openings = [
  "Seen again this week.",
  "Second time this month for us.",
  "Raised at our practice meeting.",
  "I said I would write this one down.",
  "This may be known already.",
  "A small thing, but it keeps happening.",
  "Our reception team asked me to pass this on.",
  "Not the first time.",
  "Looking for who can change this.",
  "We have tried ringing.",
];

const closings = [
  "Happy to talk it through.",
  "We would like to hear how others manage this.",
  "Who is best placed to look at it?",
  "We can send examples through the usual secure route.",
  "It took two of us most of a morning.",
  "The patient has been very patient about it.",
  "We have changed nothing on our side.",
  "A quick word back would help us plan.",
];

/** Two people never write quite the same: now and then a sentence in the middle is left out. */
export function abridged(body: string, random: Random): string {
  const sentences = body.split(/(?<=[.!?])\s+/);
  if (sentences.length < 5 || random.chance(0.4)) return body;
  const left = random.between(1, sentences.length - 2);
  return sentences.filter((_, i) => i !== left).join(" ");
}

/** The title of the text, or the way others would put it: its first sentence, or what a practice said on joining. */
export function titledBy(text: DemoText, random: Random): string {
  const otherWay = random.weighted(["title", "body", "us-too"], [5, 3, 2]);
  const said = random.pick(text.usToo.length > 0 ? text.usToo : [text.title]);
  if (otherWay === "body") return titleFrom(text.body);
  return otherWay === "us-too" && said.length >= 35 ? titleFrom(said) : text.title;
}

/** People begin and end in their own ways: sometimes a line before, sometimes a line after. */
export function withOpening(body: string, random: Random): string {
  const before = random.chance(0.35) ? `${random.pick(openings)} ` : "";
  const after = random.chance(0.3) ? ` ${random.pick(closings)}` : "";
  return `${before}${body}${after}`;
}

/** For measuring: a reply of about `characters`, out of the sentences of the issue's own texts. */
export function paddedReply(
  placed: PlacedIssue,
  turn: number,
  characters: number,
  random: Random,
): { from: "owner" | "raiser"; internal: boolean; text: string } {
  const sentences = [...placed.theme.texts.map((text) => text.body), ...placed.text.replies.map((reply) => reply.text)]
    .join(" ")
    .split(/(?<=[.!?])\s+/);
  let text = "";
  while (text.length < characters - 60) text += `${text === "" ? "" : " "}${random.pick(sentences)}`;
  return { from: turn % 2 === 0 ? "owner" : "raiser", internal: turn === 3, text };
}

import { z } from "zod";
import { type Theme, themes } from "../components/theme";

/** What somebody chose for this browser: kept in a cookie of its own, so that signing out does not lose it. */
export interface Appearance {
  theme: Theme;
  keysOn: boolean;
}

const cookieName = "common-thread-look";
const yearSeconds = 365 * 24 * 3600;
const themeSchema = z.enum(themes);

export function readAppearance(request: Request): Appearance {
  const cookie = request.headers.get("Cookie") ?? "";
  const value = new RegExp(`(?:^|;\\s*)${cookieName}=([a-z-]+)`).exec(cookie)?.[1] ?? "";
  const [theme, keys] = value.split("-");
  return { theme: themeSchema.catch("system").parse(theme), keysOn: keys !== "off" };
}

/** The Set-Cookie header for a choice. */
export function writeAppearance(request: Request, { theme, keysOn }: Appearance): string {
  const secure = new URL(request.url).protocol === "https:" ? "; Secure" : "";
  return `${cookieName}=${theme}-${keysOn ? "on" : "off"}; Path=/; Max-Age=${yearSeconds}; SameSite=Lax; HttpOnly${secure}`;
}

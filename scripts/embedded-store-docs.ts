/** Writes docs/embedded-store.md from the tables of the embedded store. */
import { writeFileSync } from "node:fs";
import { subsetPage } from "../app/storage/embedded/subset-page";

writeFileSync(new URL("../docs/embedded-store.md", import.meta.url), subsetPage());

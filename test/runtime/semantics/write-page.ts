import { writeFileSync } from "node:fs";
import { page } from "./page.ts";

writeFileSync(new URL("../../../docs/one-meaning.md", import.meta.url), page());

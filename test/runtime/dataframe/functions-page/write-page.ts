import { writeFileSync } from "node:fs";
import { page } from "./page.ts";

writeFileSync(new URL("../../../../docs/functions.md", import.meta.url), page());

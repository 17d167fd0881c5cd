import { writeFileSync } from "node:fs";
import { page } from "./page.ts";

writeFileSync(new URL("../../../../docs/sql-text.md", import.meta.url), page());

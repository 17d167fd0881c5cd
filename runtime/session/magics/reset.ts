import { declaredNames, removeName } from "../names.ts";
import { preloadMissing } from "../preloaded.ts";
import { forgetResults } from "../results.ts";
import type { MagicCall } from "./magic.ts";

/** `%reset`: what cells have declared goes, and what of Quern's it hid is there again. Rows that are cached stay. */
export function resetVariables(_: MagicCall): void {
  const names = declaredNames();
  for (const name of names) removeName(name);
  forgetResults();
  preloadMissing();
  console.log(`${names.length} ${names.length === 1 ? "variable" : "variables"} removed.`);
}

import type { Section } from "./example.ts";
import { moreMath } from "./examples/more-math.ts";
import { moreStrings } from "./examples/more-strings.ts";
import { numbers } from "./examples/numbers.ts";

/** All examples, in the order of the page. */
export const sections: readonly Section[] = [...numbers, ...moreMath, ...moreStrings];

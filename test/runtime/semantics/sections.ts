import type { Section } from "./example.ts";
import { numbers } from "./examples/numbers.ts";

/** All examples, in the order of the page. */
export const sections: readonly Section[] = [...numbers];

import { readdirSync } from "node:fs";
import type { Section } from "./example.ts";

const folder = new URL("examples/", import.meta.url);
const files = readdirSync(folder).sort();
const modules: { readonly [name: string]: unknown }[] = await Promise.all(
  files.map((file) => import(`${folder}${file}`)),
);

/** All examples: the lists of sections that the files in examples/ export, in the order of the files' names. */
export const sections: readonly Section[] = modules.flatMap((module) =>
  Object.values(module)
    .filter((value) => Array.isArray(value))
    .flat(),
);

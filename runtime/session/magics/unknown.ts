import { nearest } from "../missing-module.ts";
import type { MagicEntry } from "./magic.ts";

type Magics = { readonly [name: string]: MagicEntry };

/** What people know from IPython, and what to use here. */
const instead: { readonly [name: string]: string } = {
  "%pip": "To install a package: %npm install name.",
  "%conda": "To install a package: %npm install name.",
  "%lsmagic": "%help lists them.",
  "%magic": "%help lists them.",
  "%timeit": "%time code measures one run.",
  "%%timeit": "%%time measures one run.",
  "%whos": "Use %who.",
  "%sql": "Use %%sql in the first line of a cell.",
  "%pwd": "Use !pwd.",
  "%ls": "Use !ls.",
  "%run": "Import a local file: import … from './file.ts'.",
  "%%bash": "A command is a line that begins with !.",
  "%%sh": "A command is a line that begins with !.",
  "%%markdown": "Use %%md.",
};

/** What to say of a magic that there is not, with its signs. */
export function unknownMagic(written: string, lines: Magics, cells: Magics): string {
  const names = [...Object.keys(lines).map((name) => `%${name}`), ...Object.keys(cells).map((name) => `%%${name}`)];
  return `There is no magic ${written}. ${hint(written, names)}`;
}

function hint(written: string, names: readonly string[]): string {
  const known = instead[written];
  if (known !== undefined) return known;
  const near = sameName(written, names) ?? nearest(written, names);
  return near === undefined ? "%help lists them." : `Did you mean ${near}? %help lists them.`;
}

/** With one sign for two, or two for one. */
const sameName = (written: string, names: readonly string[]): string | undefined =>
  names.find((name) => name.replace(/%+/, "") === written.replace(/%+/, "").toLowerCase());

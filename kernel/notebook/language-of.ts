import type { Metadata } from "./nbformat.ts";

/** The language that a notebook is written in, as its metadata say; undefined where they do not. */
export function languageOf(metadata: Metadata): string | undefined {
  // The kernelspec first: changing the kernel in JupyterLab leaves the old language_info until a cell runs.
  const kernel = fieldsOf(metadata.kernelspec);
  const named = textOf(kernel.language) ?? textOf(fieldsOf(metadata.language_info).name);
  if (named !== undefined) return named;
  const name = textOf(kernel.name) ?? "";
  return kernels.find(([pattern]) => pattern.test(name))?.[1];
}

// Old notebooks name the kernel alone.
const kernels: readonly (readonly [RegExp, string])[] = [
  [/^(i?python|conda-|xpython)/i, "Python"],
  [/^ir\d*$/i, "R"],
  [/^julia/i, "Julia"],
];

const fieldsOf = (value: unknown): { readonly [key: string]: unknown } =>
  typeof value === "object" && value !== null ? (value as { readonly [key: string]: unknown }) : {};

const textOf = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);

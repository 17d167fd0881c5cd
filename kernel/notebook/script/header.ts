import { isDeepStrictEqual } from "node:util";
import { kernelMetadata } from "../kernel-metadata.ts";
import type { Metadata } from "../nbformat.ts";
import { NotebookError } from "../notebook-error.ts";
import { jsonLine } from "./json-line.ts";
import { parseYaml, YamlError } from "./yaml.ts";

/** What a script says of its notebook before the first cell. `end` is the index of the line after it. */
export type Header = {
  readonly metadata: Metadata;
  /** What the header has beside Jupyter's part, which is a raw cell in the notebook, as for Jupytext. */
  readonly raw?: string;
  readonly end: number;
};

/** Jupytext's header: YAML in comments, here with a line of JSON for each key. None where all is as Quern has it. */
export function printHeader(metadata: Metadata): string[] {
  const usual = (key: string, value: unknown) =>
    Object.hasOwn(kernelMetadata, key) && isDeepStrictEqual(value, kernelMetadata[key as keyof typeof kernelMetadata]);
  const { jupytext, ...rest } = metadata;
  const { executable, ...settings } = isFields(jupytext) ? jupytext : {};
  const first = typeof executable === "string" && !/[\r\n]/.test(executable) ? [`#!${executable}`] : [];
  const kept =
    first.length === 0 ? metadata : Object.keys(settings).length > 0 ? { ...rest, jupytext: settings } : rest;
  const lines = Object.entries(kept)
    .filter(([key, value]) => !usual(key, value))
    .map(([key, value]) => `//   ${isPlain(key) ? key : jsonLine(key)}: ${jsonLine(value)}`);
  return lines.length === 0 ? first : [...first, "// ---", "// jupyter:", ...lines, "// ---"];
}

/** The header of a script. Throws NotebookError for a line that is not understood. */
export function parseHeader(lines: readonly string[], path: string): Header {
  const executable = /^#!(.*)/.exec(lines[0] ?? "")?.[1];
  const start = executable === undefined ? 0 : 1;
  const own: Metadata = executable === undefined ? {} : { jupytext: { executable } };
  // Jupytext adds this line for Unicode.
  const from = /^\/\/ -\*- coding: utf-8 -\*-$/.test(lines[start] ?? "") ? start + 1 : start;
  const length = /^\/\/ ---\s*$/.test(lines[from] ?? "")
    ? lines.slice(from + 1).findIndex((line) => !isInside(line))
    : -1;
  const close = from + 1 + length;
  const texts = lines.slice(from + 1, close).map((line) => line.replace(/^\/\/ ?/, ""));
  const key = texts.findIndex((text) => /^jupyter\s*:\s*$/.test(text));
  if (length < 0 || key < 0 || !/^\/\/ ---\s*$/.test(lines[close] ?? "")) return { metadata: own, end: start };

  const after = texts.findIndex((text, index) => index > key && /^\S/.test(text));
  const inside = texts.slice(key + 1, after < 0 ? undefined : after);
  const others = [...texts.slice(0, key), ...(after < 0 ? [] : texts.slice(after))];
  const metadata = parse(inside, path, from + 1 + key + 2);
  const jupytext = {
    ...(isFields(metadata.jupytext) ? metadata.jupytext : {}),
    ...(own.jupytext as object | undefined),
  };
  return {
    metadata: own.jupytext ? { ...metadata, jupytext } : metadata,
    ...(others.length > 0 ? { raw: ["---", ...others, "---"].join("\n") } : {}),
    end: close + 1,
  };
}

const isInside = (line: string): boolean => line.startsWith("//") && !/^\/\/ ---\s*$/.test(line);

function parse(lines: readonly string[], place: string, firstLine: number): Metadata {
  try {
    const value = parseYaml(lines);
    if (isFields(value)) return value;
    throw new YamlError(0);
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    throw new NotebookError(
      `${place}:${firstLine + error.index}: this line of the notebook's header is not understood: write it as \`key: JSON\`.`,
    );
  }
}

const isFields = (value: unknown): value is { readonly [key: string]: unknown } =>
  typeof value === "object" && value !== null && !Array.isArray(value);

// A key that YAML reads as a text.
const isPlain = (key: string): boolean =>
  /^[a-zA-Z_][\w-]*$/.test(key) && !/^(null|true|false|yes|no|on|off|y|n|_)$/i.test(key);

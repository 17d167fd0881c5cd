import { jsonAt, jsonLine } from "./json-line.ts";

/** What the line before a cell says of it. */
export type Marker = {
  readonly type: "code" | "markdown" | "raw";
  /** The cell's metadata. */
  readonly metadata: Readonly<Record<string, unknown>>;
  /** What a cell has beside its metadata. */
  readonly fields: MarkerFields;
};
export type MarkerFields = {
  readonly id?: unknown;
  readonly attachments?: unknown;
  /** The line end of all of the cell's lines, if that is not "\n". */
  readonly newline?: unknown;
  /** The cell's text, if lines of a script cannot hold it. */
  readonly source?: unknown;
  /** A cell magic, whose text the cell is, and what stands behind its name. */
  readonly language?: unknown;
  readonly magic_args?: unknown;
};

const fieldNames = ["id", "attachments", "newline", "source", "language", "magic_args"] as const;
// Words that Jupytext or this format reads as something else: metadata of these names are in `metadata={…}`.
const reserved = new Set<string>([...fieldNames, "metadata", "cell_type", "region_name"]);

/** A line that begins a cell, as Jupytext reads them: the percent signs, and what follows. */
const pattern = /^\s*\/\/\s*%%(%*)(?:\s(.*))?$/s;
export const isMarker = (line: string): boolean => pattern.test(line);

/** The line before a cell: `// %% title [markdown] key=value …`. */
export function printMarker({ type, metadata, fields }: Marker): string {
  const { title, cell_depth: depth, ...rest } = metadata;
  const words = ["// %%"];
  if (isDepth(depth)) words[0] += "%".repeat(depth);
  else if (depth !== undefined) Object.assign(rest, { cell_depth: depth });
  if (isPlainTitle(title)) words.push(title);
  else if (title !== undefined) Object.assign(rest, { title });
  if (type !== "code") words.push(`[${type}]`);
  return [...words, ...printOptions(rest, fields)].join(" ");
}

function printOptions(metadata: Marker["metadata"], fields: MarkerFields): string[] {
  const entries = Object.entries(metadata);
  const plain = entries.filter(([key]) => !reserved.has(key));
  const colliding = Object.fromEntries(entries.filter(([key]) => reserved.has(key)));
  const options = [
    ...plain,
    ...(Object.keys(colliding).length > 0 ? [["metadata", colliding] as const] : []),
    ...fieldNames.flatMap((name) => (fields[name] === undefined ? [] : [[name, fields[name]] as const])),
  ];
  if (options.every(([key]) => isKey(key))) return options.map(([key, value]) => `${key}=${jsonLine(value)}`);
  return [jsonLine(Object.fromEntries(options))];
}

/** What a marker line says, or undefined for any other line. Throws RangeError with what is wrong in one. */
export function parseMarker(line: string): Marker | undefined {
  const match = pattern.exec(line);
  if (!match) return undefined;
  const depth = match[1]?.length ?? 0;
  const { words, options } = parseOptions((match[2] ?? "").trim());
  const { type, title } = parseWords(words);
  const { metadata: colliding = {}, ...rest } = options;
  if (typeof colliding !== "object" || colliding === null || Array.isArray(colliding))
    throw new RangeError("metadata= is not an object");
  const fields = Object.fromEntries(fieldNames.flatMap((name) => (name in rest ? [[name, rest[name]]] : [])));
  const plain = Object.entries(rest).filter(([key]) => !reserved.has(key));
  const metadata = Object.fromEntries([
    ...(title === "" ? [] : [["title", title] as const]),
    ...(depth === 0 ? [] : [["cell_depth", depth] as const]),
    ...plain,
    ...Object.entries(colliding),
  ]);
  return { type, metadata, fields };
}

function parseWords(words: string): { type: Marker["type"]; title: string } {
  const kind = /(?:^|\s)\[(markdown|md|raw)\](?=\s|$)/.exec(words);
  const title = kind
    ? `${words.slice(0, kind.index)} ${words.slice(kind.index + kind[0].length)}`.trim()
    : words.trim();
  return { type: kind?.[1] === "raw" ? "raw" : kind ? "markdown" : "code", title };
}

type Options = { readonly [key: string]: unknown };

/** The title and the options after it: `key=JSON …`, or one JSON object. Where none can be read all is title. */
function parseOptions(text: string): { words: string; options: Options } {
  const brace = text.indexOf("{");
  const equals = text.indexOf("=");
  const json = brace >= 0 && (equals < 0 || brace < equals) ? jsonAt(text, brace) : undefined;
  if (json && json.end === text.length) return { words: text.slice(0, brace), options: json.value as Options };

  const first = /(?:^|\s)[\w.@/-]+=/.exec(text);
  const options = first ? parseKeys(text.slice(first.index)) : undefined;
  if (first && options) return { words: text.slice(0, first.index), options };
  const [known] = /(?:^|\s)(tags|id|attachments|metadata|newline|source)=/.exec(text) ?? [];
  if (known) throw new RangeError(`what follows "${known.trim()}" is not JSON, like tags=["parameters"]`);
  return { words: text, options: {} };
}

function parseKeys(text: string): Options | undefined {
  const entries: [string, unknown][] = [];
  for (let at = 0; at < text.length; ) {
    const [before, key] = /^\s*([\w.@/-]+)=/.exec(text.slice(at)) ?? [];
    if (before === undefined || key === undefined) return undefined;
    const json = jsonAt(text, at + before.length);
    if (!json || (json.end < text.length && !/\s/.test(text[json.end] as string))) return undefined;
    entries.push([key, json.value]);
    at = json.end;
  }
  return Object.fromEntries(entries);
}

// As Jupytext has it.
const isKey = (key: string): boolean => /^[a-zA-Z0-9_.@/-]+$/.test(key);

const isDepth = (depth: unknown): depth is number =>
  typeof depth === "number" && Number.isInteger(depth) && depth > 0 && depth < 10;

/** A title that reads back as it is, by Jupytext too: nothing in it looks like an option. */
const isPlainTitle = (title: unknown): title is string =>
  typeof title === "string" &&
  /^[\p{L}\p{N}_(](?:[^={}[\]%"'\\\p{C}\p{Zl}\p{Zp}]*[^={}[\]%"'\\\p{C}\p{Z}])?$/u.test(title) &&
  !/\s[.\s]/.test(title);

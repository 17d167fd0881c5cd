/** A line that is none of the YAML that headers have, by its index. */
export class YamlError extends Error {
  readonly index: number;
  constructor(index: number) {
    super(`line ${index + 1} is not understood`);
    this.index = index;
  }
}

type Line = { readonly indent: number; readonly text: string; readonly index: number };

/**
 * The value of the YAML that headers of notebooks have: what Jupytext writes, which is maps and lists of plain and quoted
 * texts, and JSON. Throws YamlError for any other.
 */
export function parseYaml(source: readonly string[]): unknown {
  const lines = source
    .map((line, index) => ({ indent: line.length - line.trimStart().length, text: line.trim(), index }))
    .filter(({ text }) => text !== "" && !text.startsWith("#"));
  const value = takeBlock(lines, 0);
  if (lines[0]) throw new YamlError(lines[0].index);
  return value ?? {};
}

/** Takes the map or list at the beginning of the lines, if that begins at column `least` or more. */
function takeBlock(lines: Line[], least: number): unknown {
  const [line] = lines;
  if (!line || line.indent < least) return null;
  return item.test(line.text) ? takeList(lines, line.indent) : takeMap(lines, line.indent);
}

const item = /^-(?:\s+|$)/;

function takeList(lines: Line[], indent: number): unknown[] {
  const items: unknown[] = [];
  for (let line = lines[0]; line?.indent === indent && item.test(line.text); line = lines[0]) {
    const text = line.text.replace(item, "");
    const inner = { ...line, text, indent: indent + line.text.length - text.length };
    lines.shift();
    if (text !== "" && (keyOf(text) || item.test(text))) {
      // `- key: value` is the first line of a map.
      lines.unshift(inner);
      items.push(takeBlock(lines, inner.indent));
    } else items.push(text === "" ? takeBlock(lines, indent + 1) : takeScalar(lines, inner, indent));
  }
  return items;
}

function takeMap(lines: Line[], indent: number): unknown {
  const entries: [string, unknown][] = [];
  for (let line = lines[0]; line?.indent === indent && !item.test(line.text); line = lines[0]) {
    const key = keyOf(line.text);
    if (!key) throw new YamlError(line.index);
    lines.shift();
    const text = line.text.slice(key.length);
    // The items of a list may stand at their key's column.
    const listed = lines[0] && item.test(lines[0].text);
    const value =
      text === "" ? takeBlock(lines, listed ? indent : indent + 1) : takeScalar(lines, { ...line, text }, indent);
    entries.push([key.name, value]);
  }
  return Object.fromEntries(entries);
}

/** The key at the beginning of a line, and its length up to the value. */
function keyOf(text: string): { readonly name: string; readonly length: number } | undefined {
  const match = /^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s"'[\]{}#&*!|>%@`,?-][^:#]*?)\s*:(?:\s+|$)/.exec(text);
  if (!match?.[1]) return undefined;
  const name = quoted(match[1]);
  return { name: typeof name === "string" ? name : match[1], length: match[0].length };
}

/** A value that begins on a line; Jupytext breaks long ones, whose further lines stand further right than `indent`. */
function takeScalar(lines: Line[], { text: first, index }: Line, indent: number): unknown {
  let text = first;
  for (let line = lines[0]; line && line.indent > indent; line = lines[0]) {
    // A backslash at the end of a line joins a quoted text without a space.
    text = /^".*\\$/.test(text) ? text.slice(0, -1) + line.text : `${text} ${line.text}`;
    lines.shift();
  }
  const value = quoted(text) ?? plain(text);
  if (value === undefined) throw new YamlError(index);
  return value;
}

/** The value of a text in quotes, or of JSON's lists and objects; undefined for what is neither. */
function quoted(text: string): unknown {
  if (/^'(?:[^']|'')*'$/.test(text)) return text.slice(1, -1).replaceAll("''", "'");
  if (!/^["[{]/.test(text)) return undefined;
  try {
    return JSON.parse(
      text[0] === '"'
        ? text.replace(yamlEscape, (all, short, long, mark) => asJson(short ?? long ?? mark) ?? all)
        : text,
    );
  } catch {
    return undefined;
  }
}

// The escapes of YAML, and those of JSON as YAML's too.
const yamlEscape = /\\(?:x([0-9a-fA-F]{2})|U([0-9a-fA-F]{8})|([\s\S]))/g;
const marks: { readonly [mark: string]: number } = {
  " ": 32,
  "0": 0,
  a: 7,
  v: 11,
  e: 27,
  N: 0x85,
  _: 0xa0,
  L: 0x2028,
  P: 0x2029,
};

function asJson(codeOrMark: string): string | undefined {
  const code = codeOrMark.length > 1 ? Number.parseInt(codeOrMark, 16) : marks[codeOrMark];
  return code === undefined || code > 0x10ffff ? undefined : JSON.stringify(String.fromCodePoint(code)).slice(1, -1);
}

const words: { readonly [word: string]: unknown } = { true: true, false: false, null: null, "~": null };

function plain(text: string): unknown {
  if (/^[-+]?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?$/.test(text)) return Number(text);
  if (Object.hasOwn(words, text.toLowerCase())) return words[text.toLowerCase()];
  // What begins so, or has a comment, means something else in YAML.
  return /^["'[\]{}#&*!|>%@`,]|^[?:-]\s|\s#|:\s/.test(text) ? undefined : text;
}

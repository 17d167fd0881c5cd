import type { Completion } from "../../runtime/session/protocol.ts";

/**
 * Completion without the session: by the last known names, TypeScript's words and Node's globals. It knows nothing of
 * members, so after a dot there is nothing.
 */
export function completeFromNames(
  code: string,
  cursorUtf16: number,
  names: readonly Completion[],
): { matches: Completion[]; startUtf16: number } {
  const before = code.slice(0, cursorUtf16);
  const word = /[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u.exec(before)?.[0] ?? "";
  const startUtf16 = cursorUtf16 - word.length;
  if (/(?:(^|[^.])\.\s*|\[\s*["'][^"'\n]*)$/.test(before.slice(0, startUtf16))) return { matches: [], startUtf16 };
  const matches = new Map<string, Completion>();
  for (const name of [...names, ...preloaded, ...globals(), ...keywords]) {
    if (name.text.startsWith(word) && !matches.has(name.text)) matches.set(name.text, name);
  }
  return { matches: [...matches.values()].sort((a, b) => (a.text < b.text ? -1 : 1)), startUtf16 };
}

const asCompletions = (kind: string, words: string) => words.split(/\s+/).map((text): Completion => ({ text, kind }));

/** The session gives them too, with its first cell; until then they are known from here. */
export const preloaded: readonly Completion[] = [
  ...asCompletions("variable", "spark read F Window comm _ Out __dirname __filename"),
  ...asCompletions(
    "function",
    `sql table range use createDataFrame col lit when expr count sum avg min max countDistinct hour year month to_date
    date_trunc round concat coalesce row_number rank lag lead vega display clearOutput html md svg prompt confirm
    input setNextInput StorageLevel broadcast require transfer udf`,
  ),
];

/** Whether anything has a name: cells, as far as `names` go, Quern or Node. */
export function isKnownName(names: readonly Completion[]): (name: string) => boolean {
  const known = new Set([...names, ...preloaded].map(({ text }) => text));
  return (name) => known.has(name) || name in globalThis;
}

const keywords = asCompletions(
  "keyword",
  `abstract any as async await bigint boolean break case catch class const continue debugger declare default delete do
  else enum export extends false finally for from function get if implements import in infer instanceof interface is
  keyof let never new null number object of override private protected public readonly return satisfies set static
  string super switch symbol this throw true try type typeof undefined unique unknown using var void while yield`,
);

/** The kernel runs in the same Node as the session. */
function globals(): Completion[] {
  return Object.getOwnPropertyNames(globalThis).map((text) => ({
    text,
    kind: /^[A-Z]/.test(text) ? "class" : "variable",
  }));
}

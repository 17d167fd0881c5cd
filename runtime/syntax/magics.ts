import { type Program, parseSync } from "oxc-parser";
import { declaredNames } from "./declarations.ts";
import { takesCode } from "./magic-names.ts";

/**
 * The lines of a cell that are not TypeScript. Such a line begins, in its first column and between two statements, with
 * `%name` (a magic) or with `!` (a command for the shell), and TypeScript cannot read it there: or only with a name that
 * nothing has. So `!done` and `a` with `%b` below it are expressions where `done` and `b` are variables; in strings,
 * templates, comments and brackets there are no magics. A cell whose first line begins with `%%name` is that magic's as
 * a whole.
 */
export type Magic = {
  /** `%cd data`, `%%sql` with its text, `!ls`. Misplaced is a `%%name` in another line than the first. */
  readonly kind: "line" | "cell" | "shell" | "misplaced";
  /** Without its signs; empty for a command. */
  readonly name: string;
  /** What stands behind the name; the command. */
  readonly argument: string;
  /** The text below the line of a cell magic; for one whose text is code, that is in `code` too. */
  readonly body: string;
  /** From its first sign to the end of its line, or of the last that `\` joins. UTF-16 offsets into the cell's text. */
  readonly start: number;
  readonly end: number;
  /** Where the code of a line magic that takes code (`%time`) begins: it is in `code` too. */
  readonly codeStart?: number;
};

export type MagicCell = {
  /** The TypeScript of the cell. It has its length and its lines: what is none is a `;` and spaces. */
  readonly code: string;
  readonly magics: readonly Magic[];
};

/** Whether a text may have magics: nearly no cell has. */
export const mayHaveMagics = (code: string): boolean => /^[%!]/m.test(code);

/** Takes a cell's text apart. `isName` tells of a name whether anything has it: variables, preloaded names, globals. */
export function readMagics(code: string, isName: (name: string) => boolean): MagicCell {
  if (!mayHaveMagics(code)) return { code, magics: [] };
  const first = cellMagic(code);
  if (first === undefined) return new Reader(code, 0, isName).read();
  if (!takesCode.has(first.name)) return { code: blanked(code, first.start, code.length), magics: [first] };
  const rest = new Reader(blanked(code, first.start, first.end), first.end, isName).read();
  return { code: rest.code, magics: [first, ...rest.magics] };
}

/** Before its line only empty lines may stand. */
function cellMagic(code: string): Magic | undefined {
  const match = /^(?:[ \t]*\r?\n)*%%([A-Za-z]\w*)(?![^\s?])([^\r\n]*)/.exec(code);
  if (match === null) return undefined;
  const [all, name = "", argument = ""] = match;
  const body = code.slice(all.length).replace(/^\r?\n/, "");
  return { kind: "cell", name, argument: argument.trim(), body, start: all.indexOf("%%"), end: all.length };
}

type Candidate = { readonly start: number; readonly end: number; readonly text: string };

class Reader {
  /** Of equal length as the cell's; each magic that is found is blanked in it. */
  #code: string;
  readonly #from: number;
  readonly #isName: (name: string) => boolean;
  #ownNames: ReadonlySet<string> | undefined;
  /** Where the statements begin that stand before the next line. */
  #statements: number;
  /** What closes the template or comment that the last line was in, and where that line ended. */
  #within: { readonly closer: string; readonly end: number } | undefined;

  constructor(code: string, from: number, isName: (name: string) => boolean) {
    this.#code = code;
    this.#from = from;
    this.#statements = from;
    this.#isName = isName;
  }

  read(): MagicCell {
    const magics: Magic[] = [];
    for (const candidate of candidates(this.#code, this.#from)) {
      if (candidate.start < this.#statements || !this.#isMagic(candidate)) continue;
      const magic = asMagic(candidate);
      magics.push(magic);
      this.#code = blanked(this.#code, magic.start, magic.codeStart ?? magic.end);
      // What a magic stands behind is whole; the code that it takes belongs to what comes.
      this.#statements = magic.codeStart ?? magic.end;
    }
    return { code: this.#code, magics };
  }

  #isMagic(candidate: Candidate): boolean {
    if (!this.#isBetweenStatements(candidate)) return false;
    const { text, start, end } = candidate;
    if (text.startsWith("%%")) return true;
    // An expression may go on with the sign % in the next line; `!` begins a statement.
    const from = text.startsWith("%") ? this.#statements : start;
    const mistake = firstMistake(this.#code.slice(from)).at;
    if (mistake !== undefined && from + mistake < end) return true;
    const name = /^[%!][!~+\-\s]*([\p{ID_Start}$_][\p{ID_Continue}$]*)?/u.exec(text)?.[1];
    return name !== undefined && !words.has(name) && !this.#hasName(name);
  }

  #isBetweenStatements({ start, end }: Candidate): boolean {
    const inside = this.#within;
    if (inside && !this.#code.slice(inside.end, start).includes(inside.closer)) return false;
    const before = this.#code.slice(this.#statements, start);
    const { at, isOpen } = firstMistake(before);
    const opened = at === undefined || !isOpen ? "" : before.slice(at, at + 2);
    this.#within = opened === "" ? undefined : { closer: opened === "/*" ? "*/" : "`", end };
    return at === undefined;
  }

  /** Names that the cell itself declares are names. */
  #hasName(name: string): boolean {
    this.#ownNames ??= namesOf(this.#code);
    return this.#ownNames.has(name) || this.#isName(name);
  }
}

/** Lines that begin as a magic or a command does. */
function candidates(code: string, from: number): Candidate[] {
  const lines = /^(?:%%?[A-Za-z]\w*(?![^\s?])[^\r\n]*|!(?:[^\r\n]*[ \t]\\\r?\n)*[^\r\n]*)/gm;
  lines.lastIndex = from;
  return [...code.matchAll(lines)]
    .filter(({ index }) => index >= from)
    .map(({ index, 0: text }) => ({ start: index, end: index + text.length, text }));
}

function asMagic({ start, end, text }: Candidate): Magic {
  if (text.startsWith("!")) return { kind: "shell", name: "", argument: text.slice(1).trim(), body: "", start, end };
  const [signs = "", name = ""] = /^(%+\w+)/.exec(text)?.[0].match(/%+|\w+/g) ?? [];
  const behind = text.slice(signs.length + name.length);
  const argument = behind.trim();
  const common = { name, argument, body: "", start, end };
  if (signs === "%%") return { kind: "misplaced", ...common };
  if (!takesCode.has(name) || argument === "" || argument === "?") return { kind: "line", ...common };
  return { kind: "line", ...common, codeStart: end - behind.trimStart().length };
}

/** Words of TypeScript's that may stand behind `!`, and are no names. */
const words = new Set("true false null this async await new typeof function class import void delete super".split(" "));

/** The names that the rest of the cell declares, with all that may be a magic left out. */
function namesOf(code: string): ReadonlySet<string> {
  let rest = code;
  for (const { start, end } of candidates(code, 0)) rest = blanked(rest, start, end);
  return new Set(declaredNames(parsed(rest).program).keys());
}

/** A `;`, which ends what stands before, and spaces; line ends stay. */
function blanked(code: string, start: number, end: number): string {
  const blank = code.slice(start, end).replace(/[^\r\n]/g, " ");
  return `${code.slice(0, start)};${blank.slice(1)}${code.slice(end)}`;
}

/** The place of the first mistake in a text, and whether it is a template or comment that has no end. */
function firstMistake(code: string): { readonly at: number | undefined; readonly isOpen: boolean } {
  const { errors } = parsed(code);
  const places = errors.map(({ labels }) => labels[0]?.start ?? 0);
  const at = places.length === 0 ? undefined : Math.min(...places);
  const isOpen = errors.some(({ message }) => message.startsWith("Unterminated")) && /^[`}]|^\/\*/.test(code.slice(at));
  return { at, isOpen };
}

const parsed = (code: string): { program: Program; errors: ReturnType<typeof parseSync>["errors"] } => {
  const { program, errors } = parseSync("cell.ts", code, { lang: "ts", sourceType: "module" });
  return { program, errors };
};

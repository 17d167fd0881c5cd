import { AnalysisError } from "../../errors.ts";
import type { Node } from "./tree.ts";

export type SqlDialect = "duckdb" | "spark";

/** What the user wrote, and where in it a place of the text is that the library reads. */
export type Source = { readonly text: string; readonly at: (place: number) => number };

type Sdk = typeof import("@polyglot-sql/sdk");
let loaded: Promise<Sdk> | undefined;
let emptySelect: readonly [{ readonly select: object }] | undefined;

/** What the translator needs of its library: 23 MB of WebAssembly, loaded where a text meets another engine. */
export class Library {
  readonly #sdk: Sdk;
  readonly from: SqlDialect;
  readonly to: SqlDialect;

  private constructor(sdk: Sdk, from: SqlDialect, to: SqlDialect) {
    this.#sdk = sdk;
    this.from = from;
    this.to = to;
  }

  static async load(from: SqlDialect, to: SqlDialect): Promise<Library> {
    loaded ??= import("@polyglot-sql/sdk");
    return new Library(await loaded, from, to);
  }

  /** The statements of a text, as trees. `offset` characters at its beginning are not the user's, who wrote `source`. */
  parse(
    text: string,
    offset = 0,
    source: Source = { text: text.slice(offset), at: (place) => place },
  ): readonly Node[] {
    const result = this.#sdk.parse(text, this.from as never);
    if (result.success) return result.ast as readonly Node[];
    const place = source.at((result.errorStart ?? offset) - offset);
    throw syntaxError(source.text, place, result.error ?? "", this.from);
  }

  /** An expression in the SQL of the engine. */
  expression(text: string): Node {
    const result = this.#sdk.parse(`SELECT ${text}`, this.to as never);
    const [first] = (result.ast ?? []) as { select: { expressions: Node[] } }[];
    const expression = first?.select.expressions[0];
    if (expression === undefined) throw new Error(`${result.error} in ${text}`);
    return expression;
  }

  /** The text of an expression. */
  expressionText(tree: Node): string {
    emptySelect ??= this.#sdk.parse("SELECT 1", this.to as never).ast as typeof emptySelect;
    const select = { ...emptySelect?.[0].select, expressions: [tree] };
    return this.generate({ select }).slice("SELECT ".length);
  }

  generate(tree: Node, dialect: SqlDialect = this.to): string {
    const result = this.#sdk.generate([tree], dialect as never);
    const [sql] = result.sql ?? [];
    if (sql === undefined) throw new Error(`${result.error}`);
    return sql;
  }
}

export const dialectName = (dialect: SqlDialect): string => (dialect === "duckdb" ? "DuckDB" : "Spark");

function syntaxError(text: string, at: number, reason: string, from: SqlDialect): AnalysisError {
  const place = Math.max(0, Math.min(at, text.length));
  const line = text.slice(0, place).split("\n").length;
  const start = text.lastIndexOf("\n", place - 1) + 1;
  const shown = (text.split("\n")[line - 1] ?? "").trim();
  const near = text
    .slice(Math.max(start, place - 1))
    .trimStart()
    .split(/[\s(),]/, 1)[0];
  const [, most] = /E_GUARD_\w*DEPTH\w*: value \d+ exceeds configured limit (\d+)/.exec(reason) ?? [];
  const what =
    most === undefined
      ? reason.replace(/^Parse error at line \d+, column \d+: /, "")
      : `it is nested more than ${most} levels deep: name its parts by WITH, or as frames`;
  return new AnalysisError(
    "SYNTAX",
    `SQL: This cannot be read as ${dialectName(from)}'s SQL near ${JSON.stringify(near)} (${what}) in line ${line}: ${shown.length > 120 ? `${shown.slice(0, 120)}…` : shown}`,
  );
}

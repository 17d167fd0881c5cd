import { AnalysisError } from "../../../errors.ts";
import type { Expression } from "../../../plan/expressions.ts";

/** The options of a call, by Spark's names in any case. */
export class TextOptions {
  readonly pairs: readonly (readonly [name: string, text: string])[];
  readonly #function: string;
  readonly #texts: ReadonlyMap<string, string>;

  constructor(name: string, pairs: readonly (readonly [name: string, text: string])[]) {
    this.#function = name;
    this.pairs = pairs;
    this.#texts = new Map(pairs.map(([key, text]) => [key.toLowerCase(), text]));
  }

  /** Of the map that stands in a call of the function. */
  static of(name: string, map: Expression | undefined): TextOptions {
    const given = map?.kind === "call" ? map.args : [];
    const texts = given.map((each) => (each.kind === "literal" ? String(each.value) : ""));
    return new TextOptions(
      name,
      texts.flatMap((key, i) => (i % 2 === 0 ? [[key, texts[i + 1] as string] as const] : [])),
    );
  }

  text(name: string): string | undefined {
    return this.#texts.get(name.toLowerCase());
  }

  isTrue(name: string, otherwise: boolean): boolean {
    const text = this.text(name);
    if (text === undefined) return otherwise;
    const lower = text.toLowerCase();
    if (lower !== "true" && lower !== "false")
      throw new AnalysisError("OPTION", `${this.#function}: the option ${name} is true or false, not "${text}"`);
    return lower === "true";
  }

  /** Only English names of months and days, and signs of numbers, are known here. */
  expectEnglish(): void {
    const locale = this.text("locale");
    if (locale === undefined || /^en([-_]US)?$/i.test(locale)) return;
    throw this.onSparkOnly("locale", "TypeScript reads the texts here, and knows the names of months in English alone");
  }

  /** "PERMISSIVE" for what is none, as in Spark. */
  mode(): "PERMISSIVE" | "FAILFAST" {
    const mode = (this.text("mode") ?? "PERMISSIVE").toUpperCase();
    if (mode === "DROPMALFORMED")
      throw new AnalysisError(
        "PARSE_MODE_UNSUPPORTED",
        `${this.#function} has no mode DROPMALFORMED: it gives a value for each row. The modes are PERMISSIVE and FAILFAST.`,
      );
    return mode === "FAILFAST" ? "FAILFAST" : "PERMISSIVE";
  }

  onSparkOnly(name: string, because: string): AnalysisError {
    return new AnalysisError(
      "SPARK_ONLY",
      `${this.#function} with the option ${name}: "${this.text(name)}" works on Spark only here, because ${because}. Run the frame there: await use("sc://…").`,
    );
  }
}

/**
 * How much of its output a cell may show. A browser that is given all that an endless loop prints stands still, and the
 * notebook can neither be saved nor opened again.
 */
export type OutputLimit = {
  /** In UTF-16 units; a line counts as at least {@link unitsPerLine}. */
  readonly units: number;
};

export const unlimited: OutputLimit = { units: Number.POSITIVE_INFINITY };

const unitsPerLine = 64;
const unitsPerDisplay = 1600;
const defaultText = "16M";
const factors: { readonly [suffix: string]: number } = { "": 1, k: 1 << 10, m: 1 << 20, g: 1 << 30 };

/** Reads `QUERN_OUTPUT_LIMIT`: a number of characters as `500k`, `16M` or `1G`, or `none`. */
export function outputLimitOf(text: string | undefined, log: (line: string) => void): OutputLimit {
  const wanted = text?.trim() ?? "";
  if (/^none$/i.test(wanted)) return unlimited;
  const units = unitsOf(wanted === "" ? defaultText : wanted);
  if (units !== undefined) return { units };
  log(
    `QUERN_OUTPUT_LIMIT is "${wanted}", which is no number of characters as 500k, 16M or 1G, nor none; it is ${defaultText} now`,
  );
  return outputLimitOf(undefined, log);
}

/** `16M` as a number; undefined if it is none. */
export function unitsOf(text: string): number | undefined {
  const [, digits, suffix = ""] = /^(\d+(?:\.\d+)?)\s*([kmg]?)b?$/i.exec(text) ?? [];
  return digits === undefined ? undefined : Number(digits) * (factors[suffix.toLowerCase()] as number);
}

/** What one cell has shown and what was left out of it. */
export type Allowance = {
  /** The part of the text that may be shown; whole lines, where it ends early. */
  take(text: string): string;
  /** Whether one more display may be shown. */
  takeDisplay(): boolean;
  /** The front end has removed what was shown. */
  reset(): void;
  /** Says what was left out; undefined if nothing was. */
  note(): string | undefined;
};

export const createAllowance = (limit: OutputLimit): Allowance => new CellAllowance(limit);

/** A class, since thousands of runs keep one each. */
class CellAllowance implements Allowance {
  readonly #limit: OutputLimit;
  #used = 0;
  #leftUnits = 0;
  #leftLines = 0;
  #leftDisplays = 0;

  constructor(limit: OutputLimit) {
    this.#limit = limit;
  }

  take(text: string): string {
    if (this.#isOver()) {
      this.#leaveOut(text);
      return "";
    }
    const cost = Math.max(text.length, unitsPerLine * linesIn(text));
    this.#used += cost;
    if (this.#used <= this.#limit.units) return text;
    const end = lengthWithin(text, this.#limit.units - (this.#used - cost));
    this.#leaveOut(text.slice(end));
    return text.slice(0, end);
  }

  takeDisplay(): boolean {
    if (this.#isOver()) this.#leftDisplays += 1;
    else this.#used += unitsPerDisplay;
    return this.#leftDisplays === 0;
  }

  reset(): void {
    this.#used = 0;
    this.#leftUnits = 0;
    this.#leftLines = 0;
    this.#leftDisplays = 0;
  }

  note(): string | undefined {
    const [units, lines, displays] = [this.#leftUnits, this.#leftLines, this.#leftDisplays];
    if (units + displays === 0) return undefined;
    const what = [
      ...(units > 0
        ? [lines > 0 ? `${count(lines, "line")} (${inUnits(units)} characters)` : `${inUnits(units)} characters`]
        : []),
      ...(displays > 0 ? [count(displays, "display")] : []),
    ];
    const most = this.#limit.units;
    return (
      `[… ${what.join(" and ")} more, not shown: a cell shows up to ${inUnits(most)} characters or ` +
      `${whole(most / unitsPerLine)} lines. To keep all, write to a file; to show more, start Jupyter with the ` +
      `environment variable QUERN_OUTPUT_LIMIT, as QUERN_OUTPUT_LIMIT=100M or =none.]`
    );
  }

  #isOver(): boolean {
    return this.#used >= this.#limit.units;
  }

  #leaveOut(text: string): void {
    this.#leftUnits += text.length;
    this.#leftLines += linesIn(text);
  }
}

function linesIn(text: string): number {
  let lines = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) lines += 1;
  return lines;
}

/** The end of the last line that fits; where none fits, the place in the first. */
function lengthWithin(text: string, units: number): number {
  let used = 0;
  let end = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", end)) {
    used += Math.max(at + 1 - end, unitsPerLine);
    if (used > units) break;
    end = at + 1;
  }
  return end > 0 ? end : beforeSurrogate(text, Math.floor(units));
}

/** Not between the halves of a character. */
const beforeSurrogate = (text: string, at: number): number =>
  /^[\udc00-\udfff]/.test(text.slice(at, at + 1)) ? at - 1 : at;

const whole = (value: number): string => Math.floor(value).toLocaleString("en-US");
const count = (value: number, noun: string): string => `${whole(value)} ${noun}${value === 1 ? "" : "s"}`;

function inUnits(units: number): string {
  const [suffix, factor] = Object.entries(factors).findLast(([, factor]) => units >= factor) ?? ["", 1];
  return `${(units / factor).toLocaleString("en-US", { maximumFractionDigits: 1 })}${suffix === "k" ? "k" : suffix.toUpperCase()}`;
}

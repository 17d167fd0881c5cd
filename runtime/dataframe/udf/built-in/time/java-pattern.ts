import { dateOf } from "./cast-text.ts";
import { instantIn, type Zone } from "./java-zone.ts";

/** What a pattern has read from a text. */
type Found = {
  year: number;
  month: number;
  day: number;
  hour: number | undefined;
  halfHour: number | undefined;
  afternoon: number;
  minute: number;
  second: number;
  nanos: number;
  offset: number | undefined;
};

/** Where the text goes on behind a part; -1 where it does not fit. */
type Part = (text: string, at: number, found: Found) => number;

export type JavaPattern = {
  readonly date: (text: string) => Temporal.PlainDate | undefined;
  readonly timestamp: (text: string, zone: Zone) => Temporal.Instant | undefined;
  /** A text that names its zone is none. */
  readonly timestampNtz: (text: string) => Temporal.PlainDateTime | undefined;
};

/** A pattern of DateTimeFormatter's, as Spark reads texts by it; a text where it says what only Java reads. */
export function javaPattern(pattern: string): JavaPattern | string {
  const parts: Part[] = [];
  const end = sequence(pattern, 0, parts);
  if (typeof end === "string") return end;
  const read = (text: string): Found | undefined => {
    const found = nothing();
    return through(parts, text, 0, found) === text.length ? found : undefined;
  };
  const local = (found: Found): Temporal.PlainDateTime | undefined => {
    const date = dateOf(found.year, found.month, found.day);
    const hour = found.hour ?? ((found.halfHour ?? 0) % 12) + found.afternoon;
    if (date === undefined || hour > 23 || found.minute > 59 || found.second > 59) return undefined;
    if (found.halfHour !== undefined && (found.halfHour < 1 || found.halfHour > 12)) return undefined;
    const [millis, micros] = [Math.floor(found.nanos / 1e6), Math.floor(found.nanos / 1e3) % 1000];
    return date.toPlainDateTime(new Temporal.PlainTime(hour, found.minute, found.second, millis, micros));
  };
  return {
    date: (text) => {
      const found = read(text);
      return found && local(found)?.toPlainDate();
    },
    timestamp: (text, zone) => {
      const found = read(text);
      const time = found && local(found);
      return time && instantIn(time, found.offset === undefined ? zone : { seconds: found.offset });
    },
    timestampNtz: (text) => {
      const found = read(text);
      return found?.offset === undefined ? found && local(found) : undefined;
    },
  };
}

const nothing = (): Found => ({
  year: 1970,
  month: 1,
  day: 1,
  hour: undefined,
  halfHour: undefined,
  afternoon: 0,
  minute: 0,
  second: 0,
  nanos: 0,
  offset: undefined,
});

function through(parts: readonly Part[], text: string, from: number, found: Found): number {
  let at = from;
  for (const part of parts) {
    at = part(text, at, found);
    if (at < 0) return -1;
  }
  return at;
}

/** Adds the parts up to the end of an optional section, or of the pattern, and tells where that is. */
function sequence(pattern: string, from: number, parts: Part[], isOptional = false): number | string {
  let at = from;
  while (at < pattern.length) {
    const sign = pattern[at] as string;
    if (sign === "]" && isOptional) return at + 1;
    if (sign === "[") {
      const inner: Part[] = [];
      const end = sequence(pattern, at + 1, inner, true);
      if (typeof end === "string") return end;
      parts.push(optional(inner));
      at = end;
    } else if (sign === "'") {
      const [quoted] = /^'(?:[^']|'')*'/.exec(pattern.slice(at)) ?? [];
      if (quoted === undefined) return "'";
      parts.push(literal(quoted === "''" ? "'" : quoted.slice(1, -1).replaceAll("''", "'")));
      at += quoted.length;
    } else if (/[A-Za-z]/.test(sign)) {
      const [letters] = /^(.)\1*/.exec(pattern.slice(at)) as unknown as [string];
      at += letters.length;
      const part = partOf(letters, digitsBehind(pattern.slice(at)));
      if (part === undefined) return letters;
      parts.push(part);
    } else if (/[\]{}#]/.test(sign)) return sign;
    else {
      parts.push(literal(sign));
      at += 1;
    }
  }
  return at;
}

const optional =
  (parts: readonly Part[]): Part =>
  (text, at, found) => {
    const own = { ...found };
    const end = through(parts, text, at, own);
    if (end < 0) return at;
    Object.assign(found, own);
    return end;
  };

const literal =
  (wanted: string): Part =>
  (text, at) =>
    text.slice(at, at + wanted.length).toLowerCase() === wanted.toLowerCase() ? at + wanted.length : -1;

/** How many digits of fixed places follow at once, which a number of any length leaves to them. */
function digitsBehind(rest: string): number {
  const [run] = /^(?:(?:MM(?!M)|dd(?!d)|HH(?!H)|hh(?!h)|mm(?!m)|ss(?!s))*)/.exec(rest) as unknown as [string];
  return run.length;
}

type NumberField = "year" | "month" | "day" | "hour" | "halfHour" | "minute" | "second";

const NUMBERS: { readonly [letter: string]: NumberField } = {
  M: "month",
  L: "month",
  d: "day",
  H: "hour",
  h: "halfHour",
  m: "minute",
  s: "second",
};

function partOf(letters: string, behind: number): Part | undefined {
  const [letter] = letters as unknown as [string];
  const count = letters.length;
  if (letter === "y") {
    if (count === 2) return digits(2, 2, 0, (value, found) => set(found, "year", 2000 + value));
    return count <= 6 ? year(count, behind) : undefined;
  }
  if (letter === "M" && (count === 3 || count === 4)) return month(count === 4);
  const field = NUMBERS[letter];
  if (field !== undefined) {
    if (count === 2) return digits(2, 2, 0, (value, found) => set(found, field, value));
    return count === 1 ? digits(1, 19, behind, (value, found) => set(found, field, value)) : undefined;
  }
  switch (letter) {
    case "S":
      return count <= 9 ? fraction(count) : undefined;
    case "a":
      return count === 1 ? half : undefined;
    case "X":
      return count <= 3 ? offset(count, "Z") : undefined;
    case "x":
      return count <= 3 ? offset(count, ["+00", "+0000", "+00:00"][count - 1] as string) : undefined;
    case "Z":
      return count <= 3 ? offset(2, "+0000") : undefined;
    default:
      return undefined;
  }
}

function set(found: Found, field: NumberField, value: number): void {
  found[field] = value;
}

function digits(least: number, most: number, behind: number, take: (value: number, found: Found) => void): Part {
  return (text, at, found) => {
    const end = endOfDigits(text, at, most + behind);
    const length = Math.max(least, end - at - behind);
    const own = Math.min(length, most);
    if (end - at < least || end - at < own) return -1;
    take(Number(text.slice(at, at + own)), found);
    return at + own;
  };
}

function endOfDigits(text: string, from: number, most: number): number {
  let at = from;
  while (at < text.length && at - from < most && text.charCodeAt(at) >= 0x30 && text.charCodeAt(at) <= 0x39) at += 1;
  return at;
}

/** More digits than the pattern has letters follow a plus, and a year before 0 a minus. */
function year(count: number, behind: number): Part {
  return (text, at, found) => {
    const sign = text[at] === "+" || text[at] === "-" ? (text[at] as string) : "";
    if (sign === "+" && count < 4) return -1;
    const from = at + sign.length;
    const read = digits(count, 19, behind, (value) => set(found, "year", sign === "-" ? -value : value));
    const end = read(text, from, found);
    if (end < 0) return -1;
    const length = end - from;
    if (count >= 4 && (sign === "+" ? length <= count : sign === "" && length > count)) return -1;
    return end;
  };
}

const MONTHS = "January February March April May June July August September October November December".split(" ");

function month(isLong: boolean): Part {
  return (text, at, found) => {
    const names = isLong ? MONTHS : MONTHS.map((name) => name.slice(0, 3));
    const index = names.findIndex((name) => text.slice(at, at + name.length).toLowerCase() === name.toLowerCase());
    if (index < 0) return -1;
    found.month = index + 1;
    return at + (names[index] as string).length;
  };
}

function fraction(most: number): Part {
  return (text, at, found) => {
    const end = endOfDigits(text, at, most);
    if (end === at) return -1;
    found.nanos = Number(text.slice(at, end).padEnd(9, "0"));
    return end;
  };
}

const half: Part = (text, at, found) => {
  const name = text.slice(at, at + 2).toUpperCase();
  if (name !== "AM" && name !== "PM") return -1;
  found.afternoon = name === "PM" ? 12 : 0;
  return at + 2;
};

/** "+hh" and minutes that may be there, "+hhmm", "+hh:mm". */
function offset(kind: number, none: string): Part {
  const pattern = [/^([+-])(\d\d)(\d\d)?/, /^([+-])(\d\d)(\d\d)/, /^([+-])(\d\d):(\d\d)/][kind - 1] as RegExp;
  return (text, at, found) => {
    if (text.slice(at, at + none.length).toUpperCase() === none) {
      found.offset = 0;
      return at + none.length;
    }
    const match = pattern.exec(text.slice(at, at + 6));
    if (match === null) return -1;
    const [whole, sign, hours, minutes = "0"] = match;
    const seconds = Number(hours) * 3600 + Number(minutes) * 60;
    if (Number(minutes) > 59 || seconds > 18 * 3600) return -1;
    found.offset = sign === "-" ? -seconds : seconds;
    return at + whole.length;
  };
}

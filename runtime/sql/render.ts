import { type Fragment, operandText } from "./fragment.ts";
import { type Columns, type From, isBare, isOrdered, type Select } from "./select.ts";

/** The text of a query, laid out for people. It does not recurse: a chain of steps may be of any length. */
export function render(root: Select): string {
  const output: string[] = [];
  const work: Work[] = [{ select: root, depth: 0 }];
  for (let next = work.pop(); next !== undefined; next = work.pop()) {
    if (typeof next === "string") output.push(next);
    else
      work.push(
        ...("select" in next ? selectParts(next.select, next.depth) : setParts(next.set, next.depth)).reverse(),
      );
  }
  return output.join("");
}

type Work =
  | string
  | { readonly select: Select; readonly depth: number }
  | { readonly set: SetOf; readonly depth: number };

type SetOf = Extract<From, { kind: "set" }>;

/** Deeper levels are not moved further to the right: the text of a long chain would be mostly spaces. */
const DEEPEST_INDENT = 24;
const LINE_WIDTH = 100;

const newLine = (depth: number) => `\n${"  ".repeat(Math.min(depth, DEEPEST_INDENT))}`;

function selectParts(select: Select, depth: number): Work[] {
  const { from, columns, hint, distinct, where, groupBy, orderBy, limit, offset } = select;
  if (from.kind === "set" && isBare(select)) return [{ set: from, depth }];
  const line = newLine(depth);
  const parts: Work[] = [
    `SELECT${hint ? ` /*+ ${hint} */` : ""}${distinct ? " DISTINCT" : ""}${columnList(columns, depth)}${line}FROM `,
  ];
  parts.push(...fromParts(from, depth));
  if (where) parts.push(`${line}WHERE ${conjunction(where)}`);
  if (groupBy) parts.push(`${line}GROUP BY ${groupBy}`);
  if (orderBy) parts.push(`${line}${select.sortsPartitions ? "SORT" : "ORDER"} BY ${orderBy.join(", ")}`);
  if (limit !== undefined) parts.push(`${line}LIMIT ${limit}`);
  if (offset !== undefined) parts.push(`${limit === undefined ? line : " "}OFFSET ${offset}`);
  return parts;
}

/** One condition alone needs no parentheses, nor does a chain of ANDs in a chain of ANDs. */
function conjunction(conditions: readonly Fragment[]): string {
  const [only] = conditions;
  if (only && conditions.length === 1) return only.text;
  return conditions.map((part) => (part.chain === "AND" ? part.text : operandText(part))).join(" AND ");
}

function columnList(given: Columns | undefined, depth: number): string {
  if (!given) return " *";
  const columns = typeof given === "function" ? given() : given;
  const short = columns.join(", ");
  const line = newLine(depth + 1);
  return short.length <= LINE_WIDTH || columns.length === 1 ? ` ${short}` : `${line}${columns.join(`,${line}`)}`;
}

function fromParts(from: From, depth: number): Work[] {
  switch (from.kind) {
    case "text":
      return [from.text];
    case "select":
      return [
        ...inParentheses([{ select: from.select, depth: depth + 1 }], depth),
        ...(from.sample === undefined ? [] : [` TABLESAMPLE ${from.sample}`]),
        ...(from.as === undefined ? [] : [` AS ${from.as}`]),
      ];
    case "set":
      return inParentheses([{ set: from, depth: depth + 1 }], depth);
    case "join": {
      const parts: Work[] = [...relationParts(from.left, depth), ` AS ${from.name}`];
      for (const { right, name, operator, on } of from.joined) {
        parts.push(`${newLine(depth)}${operator} `, ...relationParts(right, depth), ` AS ${name}`);
        if (on !== undefined) parts.push(`${newLine(depth)}  ON ${on}`);
      }
      return parts;
    }
    case "query": {
      const { text, inputs } = from;
      // A comment at the end of the text must not swallow the parenthesis.
      const query = (level: number) => `(${newLine(level + 1)}${text}${newLine(level)})`;
      if (inputs.length === 0) return [query(depth)];
      const named = inputs.flatMap(([name, select], index): Work[] => [
        `${index === 0 ? `${newLine(depth + 1)}WITH ` : ", "}${name} AS `,
        ...inParentheses([{ select, depth: depth + 2 }], depth + 1),
      ]);
      return inParentheses([...named, `${newLine(depth + 1)}SELECT * FROM ${query(depth + 1)}`], depth, "");
    }
  }
}

/** A side of a join: a name or table function as it is, all else in parentheses. */
function relationParts(select: Select, depth: number): Work[] {
  const bare = Object.keys(select).length === 1 && (select.from.kind === "text" || select.from.kind === "query");
  return bare ? fromParts(select.from, depth) : inParentheses([{ select, depth: depth + 1 }], depth);
}

const inParentheses = (inner: readonly Work[], depth: number, start = newLine(depth + 1)): Work[] => [
  `(${start}`,
  ...inner,
  `${newLine(depth)})`,
];

function setParts({ operator, parts }: SetOf, depth: number): Work[] {
  const line = newLine(depth);
  return parts.flatMap((select, index): Work[] => {
    const isWhole = isOrdered(select) || (select.from.kind === "set" && isBare(select));
    const part = isWhole ? inParentheses([{ select, depth: depth + 1 }], depth) : [{ select, depth }];
    return index === 0 ? part : [`${line}${operator}${line}`, ...part];
  });
}

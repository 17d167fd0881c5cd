import { AnalysisError } from "../../errors.ts";
import type { Expression } from "../expressions.ts";
import type { Named, Plan } from "../nodes.ts";
import { isFraction, isNumeric } from "../numeric.ts";
import { typeName } from "../type-names.ts";
import type { Field, SqlType } from "../types.ts";
import { fieldNamed, fieldsNamed } from "./fields.ts";
import { call, caseOf, column, type Deriving, intLiteral, type RuleOf } from "./rule.ts";

/** As Spark's: NaN counts as missing; a value is filled into columns of its kind, as their type. */
export function deriveFillna({ value, subset }: RuleOf<"fillna">, { input, schema, make }: Deriving): Plan {
  const columns: Named[] = [];
  if ("kind" in value) {
    const kind = value.kind === "literal" ? kindOf(value.type) : undefined;
    for (const field of fieldsNamed("fillna", schema, subset))
      if (kindOf(field.type) === kind) columns.push(filled(field, value));
  } else {
    for (const { name, expression } of value) columns.push(filled(fieldNamed("fillna", schema, name), expression));
  }
  return columns.length === 0 ? input : make({ kind: "withColumns", input, columns });
}

const filled = (field: Field, value: Expression): Named => {
  const { name, type } = field;
  if (value.kind === "literal" && isNumeric(type) && typeof value.value === "string" && !isNumber(value.value))
    throw new AnalysisError(
      "VALUE",
      `fillna: the text '${value.value}' is no value for the column "${name}", which is ${typeName(type)}.`,
    );
  const fitting: Expression = { kind: "cast", input: value, type, onError: "fail" };
  const own: Expression = isFraction(type)
    ? caseOf([[call("not", call("isNaN", column(name))), column(name)]])
    : column(name);
  return { name, expression: call("coalesce", own, fitting) };
};

const isNumber = (text: string) => text.trim() !== "" && !Number.isNaN(Number(text));

export function deriveDropna({ least, subset }: RuleOf<"dropna">, { input, schema, make }: Deriving): Plan {
  const fields = fieldsNamed("dropna", schema, subset);
  const has = fields.map(({ name, type }): Expression => {
    const isThere = call("isNotNull", column(name));
    return isFraction(type) ? call("and", isThere, call("not", call("isNaN", column(name)))) : isThere;
  });
  if (has.length === 0) return input;
  const condition =
    least === undefined
      ? has.reduce((all, one) => call("and", all, one))
      : call(
          "ge",
          has.map(asNumber).reduce((sum, one) => call("add", sum, one)),
          intLiteral(least),
        );
  return make({ kind: "filter", input, condition });
}

const asNumber = (condition: Expression): Expression => caseOf([[condition, intLiteral(1)]], intLiteral(0));

/** Values are compared in columns of their kind; null is replaced too where it is among the values. */
export function deriveReplace({ pairs, subset }: RuleOf<"replace">, { input, schema, make }: Deriving): Plan {
  const columns = fieldsNamed("replace", schema, subset).flatMap(({ name, type }): Named[] => {
    const branches = pairs
      .filter((pair) => kindOfPair(pair) === kindOf(type))
      .map(([from, to]): readonly [Expression, Expression] => [
        call("eqNullSafe", column(name), from),
        { kind: "cast", input: to, type, onError: "fail" },
      ]);
    return branches.length === 0 ? [] : [{ name, expression: caseOf(branches, column(name)) }];
  });
  return columns.length === 0 ? input : make({ kind: "withColumns", input, columns });
}

const kindOfPair = ([from, to]: readonly [Expression, Expression]): string | undefined =>
  kindOfLiteral(from) ?? kindOfLiteral(to);

/** None of null. */
export const kindOfLiteral = (value: Expression): string | undefined =>
  value.kind === "literal" && value.value !== null ? kindOf(value.type) : undefined;

const kindOf = (type: SqlType): string => (isNumeric(type) ? "number" : type.kind);

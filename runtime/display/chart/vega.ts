import * as vega from "vega";

/** Functions that Vega exports and its typings leave out. */
type Untyped = {
  /** The start, stop and step of bins: vega-statistics' `bin`. */
  bin(options: { readonly [option: string]: unknown; readonly extent: readonly [number, number] }): {
    readonly start: number;
    readonly stop: number;
    readonly step: number;
  };
  /** "a['b.c']" as ["a", "b.c"]. */
  splitAccessPath(field: string): string[];
  timeUnits(units: readonly string[]): string[];
  utcFloor(units: readonly string[], step: number): (date: Date) => Date;
  utcInterval(unit: string): { offset(date: Date, step: number): Date };
  parseExpression(text: string): VegaExpression;
};

/** Vega's syntax tree: the part of ESTree that its expressions have. */
export type VegaExpression =
  | { readonly type: "Literal"; readonly value: unknown }
  | { readonly type: "Identifier"; readonly name: string }
  | {
      readonly type: "MemberExpression";
      readonly computed: boolean;
      readonly object: VegaExpression;
      readonly property: VegaExpression;
    }
  | { readonly type: "ArrayExpression"; readonly elements: readonly VegaExpression[] }
  | { readonly type: "ObjectExpression" }
  | { readonly type: "UnaryExpression"; readonly operator: string; readonly argument: VegaExpression }
  | {
      readonly type: "BinaryExpression" | "LogicalExpression";
      readonly operator: string;
      readonly left: VegaExpression;
      readonly right: VegaExpression;
    }
  | {
      readonly type: "ConditionalExpression";
      readonly test: VegaExpression;
      readonly consequent: VegaExpression;
      readonly alternate: VegaExpression;
    }
  | { readonly type: "CallExpression"; readonly callee: VegaExpression; readonly arguments: readonly VegaExpression[] };

export const { bin, splitAccessPath, timeUnits, utcFloor, utcInterval, parseExpression } = vega as unknown as Untyped;
export const View = vega.View as unknown as new (...args: ConstructorParameters<typeof vega.View>) => View;
export const { parse, loader, Error: errorLevel } = vega;
export type View = vega.View & { scale(name: string): { domain(): readonly unknown[] } };
export type { Spec as VegaSpec } from "vega";

import * as vega from "vega";

/** What Vega has laid out: the part of its scenegraph that is drawn here. */
export type SceneMark = {
  readonly marktype: string;
  readonly role?: string;
  readonly name?: string;
  readonly clip?: unknown;
  readonly zindex?: number;
  readonly items: readonly SceneItem[];
  readonly bounds: { readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number };
};

export type SceneItem = {
  readonly x?: number;
  readonly y?: number;
  readonly x2?: number;
  readonly y2?: number;
  readonly width?: number;
  readonly height?: number;
  readonly fill?: unknown;
  readonly stroke?: unknown;
  readonly opacity?: number;
  readonly fillOpacity?: number;
  readonly strokeOpacity?: number;
  readonly strokeWidth?: number;
  readonly strokeDash?: readonly number[];
  readonly clip?: unknown;
  readonly size?: number;
  readonly shape?: unknown;
  readonly orient?: string;
  /** Of axes: their length. */
  readonly range?: number;
  readonly path?: string;
  readonly scaleX?: number;
  readonly scaleY?: number;
  readonly text?: unknown;
  readonly limit?: number;
  readonly align?: string;
  readonly baseline?: string;
  readonly angle?: number;
  readonly dx?: number;
  readonly dy?: number;
  readonly radius?: number;
  readonly theta?: number;
  readonly fontWeight?: unknown;
  readonly lineBreak?: unknown;
  readonly datum?: { readonly [field: string]: unknown };
  readonly mark: SceneMark;
  /** Of groups: the marks in it. */
  readonly items?: readonly SceneMark[];
};

type PathContext = { [method: string]: (...numbers: number[]) => void };

/** Functions that Vega exports and its typings leave out. */
type Untyped = {
  readonly Marks: {
    readonly [marktype: string]: { attr(emit: (name: string, value: string) => void, item: SceneItem): void };
  };
  pathParse(path: string): unknown;
  pathRender(context: PathContext, path: unknown, x: number, y: number, scaleX: number, scaleY: number): void;
  sceneVisit(mark: SceneMark, visit: (item: SceneItem) => void): void;
  expressionFunction(name: "rgb"): (color: string) => { r: number; g: number; b: number; opacity: number };
};

const { Marks, pathParse, pathRender, sceneVisit, expressionFunction } = vega as unknown as Untyped;

/** A mark's items in the order in which they are drawn. */
export function itemsOf(mark: SceneMark): SceneItem[] {
  const items: SceneItem[] = [];
  sceneVisit(mark, (item) => items.push(item));
  return items;
}

/** The outline that Vega draws for an item, or for all items of a line or an area, as SVG has it. */
export function outlineOf(item: SceneItem): string {
  let outline = "";
  Marks[item.mark.marktype]?.attr((name, value) => {
    if (name === "d") outline = value ?? "";
  }, item);
  return outline;
}

export function followPath(context: PathContext, path: string, x: number, y: number, scaleX = 1, scaleY = 1): void {
  if (path) pathRender(context, pathParse(path), x, y, scaleX, scaleY);
}

/** Red, green and blue to 255, or undefined for what nobody sees. */
export function rgbOf(color: unknown): readonly [number, number, number] | undefined {
  if (typeof color !== "string" || color === "" || color === "transparent" || color === "none") return undefined;
  const { r, g, b, opacity } = expressionFunction("rgb")(color);
  return Number.isNaN(r) || opacity < 0.05 ? undefined : [r, g, b];
}

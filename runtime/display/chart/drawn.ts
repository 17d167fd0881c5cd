import type { View } from "./vega.ts";

type Mark = {
  readonly role?: string;
  readonly from?: { readonly data?: string; readonly facet?: { readonly data?: string } };
  readonly marks?: readonly Mark[];
};

/** The number of rows that the marks of a Vega spec draw, without those of headers and of scales. */
export function drawnRows(spec: { readonly [property: string]: unknown }, view: View): number {
  const known = new Set(((spec.data ?? []) as readonly { name: string }[]).map(({ name }) => name));
  const drawn = new Set([...sourcesOf((spec.marks ?? []) as readonly Mark[])].filter((name) => known.has(name)));
  return [...drawn].reduce((sum, name) => sum + (view.data(name) as readonly object[]).length, 0);
}

function* sourcesOf(marks: readonly Mark[]): Generator<string> {
  for (const { role, from, marks: inner } of marks) {
    if (role && /header|footer|title/.test(role)) continue;
    const name = from?.data ?? from?.facet?.data;
    if (typeof name === "string") yield name;
    if (inner) yield* sourcesOf(inner);
  }
}

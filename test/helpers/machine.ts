/** A part of the machine that a test needs, or why the test is skipped: `test("…", { skip: chromium.skip }, …)`. */
export type Part = { readonly path: string; readonly skip: false } | { readonly path: ""; readonly skip: string };

export const found = (path: string): Part => ({ path, skip: false });

/** On a person's machine the test is skipped; in CI nothing may be missing. */
export function missing(reason: string): Part {
  if (process.env.CI) throw new Error(`Under CI nothing is skipped, and ${reason}`);
  return { path: "", skip: reason };
}

import { createRequire } from "node:module";

/** What tsconfig.json lets imports be called: its `paths` and `baseUrl`. */
export type Aliases = {
  /** Each pattern, with the absolute paths that it stands for. */
  readonly paths: { readonly [pattern: string]: readonly string[] };
  /** The absolute paths, with or without ending, that an import may mean. */
  of(specifier: string): readonly string[];
};

const none: Aliases = { paths: {}, of: () => [] };

/** Of the file that tsx takes: the nearest one, from the notebook's folder upwards. One that cannot be read has none; its import says why. */
export function readAliases(folder: string): Aliases {
  // Not with the kernel, which is to answer soon.
  const { createPathsMatcher, findTsconfig, parseTsconfig } = createRequire(import.meta.url)(
    "get-tsconfig",
  ) as typeof import("get-tsconfig");
  try {
    const path = process.env.TSX_TSCONFIG_PATH ?? findTsconfig(folder);
    if (path === undefined) return none;
    const config = parseTsconfig(path);
    const of = createPathsMatcher({ path, config });
    if (of === null) return none;
    const { baseUrl, paths = {} } = config.compilerOptions ?? {};
    const patterns = [...Object.keys(paths), ...(baseUrl === undefined ? [] : ["*"])];
    // A pattern fits itself.
    return { paths: Object.fromEntries(patterns.map((pattern) => [pattern, of(pattern)])), of };
  } catch {
    return none;
  }
}

import { join } from "node:path";
import { setHost } from "../dataframe/host.ts";
import { setDefaultOptions } from "../engine/duckdb/defaults.ts";
import * as preloaded from "../globals.ts";
import { isColumn, spark, warmUp } from "../index.ts";
import { setColumnTest } from "./column-test.ts";
import { engineMemory, kernelFolder } from "./given.ts";
import { inheritedVariables } from "./held-rows.ts";
import { hiddenName } from "./hidden-names.ts";
import { sessionHost } from "./host.ts";
import { tellInherited } from "./live-types.ts";
import { cellModules } from "./modules.ts";
import { declaredBy, removeName, storedName } from "./names.ts";
import { resultNames } from "./results.ts";

/** Sets the names that cells have from the start, and ties DataFrames to the cells that use them. */
export function preloadNames(): void {
  preloadMissing();
  setColumnTest(isColumn);
  setHost(sessionHost);
  setDefaultOptions({
    ...(engineMemory === undefined ? {} : { memoryLimit: engineMemory }),
    ...(kernelFolder === undefined ? {} : folders(kernelFolder)),
  });
}

/** Sets those that nothing of the user's has. */
export function preloadMissing(): void {
  const { require, meta } = cellModules();
  const cellOnly = { require, __dirname: meta.dirname, __filename: meta.filename };
  const hidden = Object.entries(cellOnly).map(([name, value]) => [hiddenName(name), value] as const);
  for (const [name, value] of [...hidden, ...Object.entries({ ...preloaded, ...resultNames() })]) {
    if (!Object.hasOwn(globalThis, name)) preload(name, value);
  }
}

/**
 * A cell that runs again, and was edited: what it declares no more, and had taken Quern's names, is Quern's again. Other
 * variables stay, as kernels keep them.
 */
export function giveBackNames(cellId: string, names: { has(name: string): boolean }): void {
  const left = declaredBy(cellId).filter((name) => !names.has(name) && Object.hasOwn(preloaded, name));
  for (const name of left) removeName(name);
  if (left.length > 0) preloadMissing();
}

const folders = (folder: string) => ({
  tempFolder: join(folder, `spill-${process.pid}`),
  keptFolder: join(folder, "kept"),
});

/** Opens the engine before a cell needs it. What fails now, the first action will tell. */
export const openEngine = (): Promise<void> =>
  warmUp().then(() => {
    const inherited = Object.entries(inheritedVariables());
    for (const [name, frame] of inherited) preload(storedName(name), frame);
    tellInherited(inherited.map(([name]) => name));
  }, ignore);

const ignore = () => {};

export const closeEngine = (): Promise<void> => spark.stop();

/** Not enumerable, and any declaration of the user's takes its place. */
function preload(name: string, value: unknown): void {
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true, enumerable: false });
}

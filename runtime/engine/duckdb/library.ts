import { createRequire } from "node:module";
import type * as api from "@duckdb/node-api";
import type bindings from "@duckdb/node-bindings";

export type Api = typeof api;
export type Bindings = typeof bindings;
export type { DataChunk, LogicalType, Vector } from "@duckdb/node-bindings";

export type Library = { readonly api: Api; readonly bindings: Bindings };

let loaded: Library | undefined;

/** Loads the native library (68 MB, 50-236 ms), so it happens when the first engine is opened and not at import. */
export async function loadLibrary(): Promise<Library> {
  if (loaded === undefined) {
    const module = await import("@duckdb/node-api");
    // Vectors are read and written below node-api, whose value classes cost a native call and an object a value.
    // The bindings are a dependency of node-api and not ours: they are looked up from there.
    const require = createRequire(createRequire(import.meta.url).resolve("@duckdb/node-api"));
    loaded = { api: module, bindings: require("@duckdb/node-bindings") as Bindings };
  }
  return loaded;
}

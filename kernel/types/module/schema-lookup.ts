import { statSync } from "node:fs";
import { resolve } from "node:path";
import type { LiteralSource } from "../../../runtime/session/protocol.ts";

/** The columns of literal sources: asked of the session where it is idle, else as they were last known. */
export type SchemaLookup = {
  /** As the text of the S in `DataFrame<S>`. `fresh` asks again for what is known. */
  find(sources: readonly LiteralSource[], fresh?: "fresh"): Promise<readonly (string | undefined)[]>;
  /** Tables and views may be others now. */
  forgetTables(): void;
};

type Describe = (sources: readonly LiteralSource[]) => Promise<readonly (string | null)[] | undefined>;

const remembered = 1000;

export function createSchemaLookup(folder: string, describe: Describe): SchemaLookup {
  const known = new Map<string, string>();

  return {
    async find(sources, fresh) {
      const keys = sources.map((source) => keyOf(source, folder));
      const asked = sources.filter((_, index) => fresh || !known.has(keys[index] as string));
      const found = asked.length === 0 ? [] : await describe(asked);
      for (const [index, source] of asked.entries()) {
        const key = keys[sources.indexOf(source)] as string;
        const schema = found?.[index];
        if (typeof schema === "string") known.set(key, schema);
        else if (found !== undefined) known.delete(key);
      }
      if (known.size > remembered) known.delete(known.keys().next().value as string);
      return keys.map((key) => known.get(key));
    },
    forgetTables() {
      for (const key of known.keys()) if (!key.startsWith(files)) known.delete(key);
    },
  };
}

const files = "files ";

/** Files are the same while their time and size are. */
function keyOf(source: LiteralSource, folder: string): string {
  const text = JSON.stringify(source);
  if (source.kind !== "read") return text;
  const times = source.paths.map((path) => {
    const found = statSync(resolve(folder, path), { throwIfNoEntry: false });
    return found && `${found.mtimeMs}/${found.size}`;
  });
  return `${files}${text} ${times.join(" ")}`;
}

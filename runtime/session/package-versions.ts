import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isPackage, packageFolder, packageName } from "./new-packages.ts";

/** By folder: the version whose code is loaded, and the one last told of. */
const loaded = new Map<string, { readonly version: string; told: string }>();

/**
 * A package stays as it was loaded first: what it holds (connections, registered things, classes that values are of)
 * would be there twice. Where another version has been installed since, an import says so, once.
 */
export function tellOfOtherVersion(specifier: string, from: string): void {
  if (!isPackage(specifier)) return;
  const folder = packageFolder(specifier, from);
  const version = folder && versionIn(folder);
  if (!folder || !version) return;
  const known = loaded.get(folder);
  if (known === undefined) {
    loaded.set(folder, { version, told: version });
  } else if (known.told !== version) {
    known.told = version;
    if (version === known.version) return;
    const name = packageName(specifier);
    process.stderr.write(
      `"${name}" ${known.version} stays loaded; ${version}, which is installed now, is there after a restart.\n`,
    );
  }
}

function versionIn(folder: string): string | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).version;
  } catch {
    return undefined;
  }
}

import type { LoadFnOutput, ResolveFnOutput } from "node:module";
import { pathToFileURL } from "node:url";
import { fileOf, versionOf } from "./module-addresses.ts";

/**
 * What is required goes by the path of its file alone. So for an ES module that is to be loaded anew Node gets the path
 * of a file that does not exist, in which stands an import of the new version: whoever imports it has the same one.
 */
export function requiredAnew(resolved: ResolveFnOutput): ResolveFnOutput {
  const file = fileOf(resolved.url);
  const version = file === undefined ? 0 : versionOf(file);
  if (file === undefined || version === 0 || !isEsModule(resolved)) return resolved;
  return { url: `${pathToFileURL(file).href}${mark}${version}`, format: "module", shortCircuit: true };
}

const mark = "%3Fquern-required=";

const isEsModule = ({ url, format }: ResolveFnOutput): boolean =>
  (format ?? "").startsWith("module") || /\.m[jt]s([?#]|$)/.test(url);

/** The text of such a file. */
export function loadAnew(url: string): LoadFnOutput | undefined {
  const [original, version] = url.split(mark);
  if (original === undefined || version === undefined) return undefined;
  const source = `import * as all from ${JSON.stringify(original)};
const exports = "module.exports" in all ? all["module.exports"] : all;
export { exports as "module.exports" };`;
  return { format: "module", source, shortCircuit: true };
}

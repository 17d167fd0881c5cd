import { readFileSync } from "node:fs";
import { findPackageJSON, type ResolveFnOutput } from "node:module";
import { basename } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseSync } from "oxc-parser";

/**
 * A file in a folder without a package.json, as a notebook's often is, would be a CommonJS module to tsx, and its
 * default export the object of all exports; so too where `npm init` has written "commonjs". One that is written as an ES
 * module is one.
 */
export function asWritten(resolved: ResolveFnOutput): ResolveFnOutput {
  const { url, format } = resolved;
  if (format?.startsWith("module") || !/^file:.*\.[jt]sx?$/.test(url) || url.includes("/node_modules/"))
    return resolved;
  const file = fileURLToPath(url);
  const type = typeFor(file);
  // Node and tsx go by that.
  if (type === "module") return resolved;
  return isEsModule(file, type) ? { ...resolved, format: "module" } : resolved;
}

function typeFor(file: string): string | undefined {
  const description = findPackageJSON(pathToFileURL(file).href);
  // Where there is none, Node 26 answers with the file itself.
  const isFound = description !== undefined && basename(description) === "package.json";
  return isFound ? JSON.parse(readFileSync(description, "utf8")).type : undefined;
}

function isEsModule(file: string, type: string | undefined): boolean {
  const text = readFileSync(file, "utf8");
  const isCommonJs = /\b(module\.exports|exports\.|require\s*\(|export\s*=|__dirname\b|__filename\b)/.test(text);
  if (type !== undefined && isCommonJs) return false;
  const { module, errors } = parseSync(file, text, { sourceType: "module" });
  // `export = value` and `import fs = require("fs")`, TypeScript's words for CommonJS, are not among them.
  if (module.staticImports.length + module.staticExports.length + module.importMetas.length > 0) return true;
  if (errors.length > 0) return /^\s*(import|export)\b/m.test(text);
  // TypeScript that neither imports nor exports may wait at its top level.
  return !/\.jsx?$/.test(file) && !isCommonJs;
}

/** CommonJS in TypeScript, which tsx would take for JavaScript where it is required. */
export function asRequired(resolved: ResolveFnOutput): ResolveFnOutput {
  const isTypeScript = resolved.format === "commonjs" && /^file:.*\.c?tsx?$/.test(resolved.url);
  return isTypeScript ? { ...resolved, format: "commonjs-typescript" } : resolved;
}

/** JSON needs no attribute, as TypeScript and bundlers have it, and is the same module with one. */
export function withType(resolved: ResolveFnOutput): ResolveFnOutput {
  if (!/\.json([?#]|$)/.test(resolved.url)) return resolved;
  return { ...resolved, importAttributes: { type: "json", ...resolved.importAttributes } };
}

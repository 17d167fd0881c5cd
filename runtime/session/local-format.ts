import { readFileSync } from "node:fs";
import { findPackageJSON, type ResolveFnOutput } from "node:module";
import { basename } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/**
 * A TypeScript file in a folder without a package.json, as a notebook's often is, would be a CommonJS module to tsx,
 * and its default export the object of all exports. One that is written as an ES module is one.
 */
export function asWritten(resolved: ResolveFnOutput): ResolveFnOutput {
  const { url, format } = resolved;
  if (format === "module" || !/^file:.*\.tsx?$/.test(url) || url.includes("/node_modules/")) return resolved;
  return isEsModule(fileURLToPath(url)) ? { ...resolved, format: "module" } : resolved;
}

function isEsModule(file: string): boolean {
  const description = findPackageJSON(pathToFileURL(file).href);
  // Where there is none, Node 26 answers with the file itself.
  const isFound = description !== undefined && basename(description) === "package.json";
  const { type } = isFound ? JSON.parse(readFileSync(description, "utf8")) : {};
  if (type !== undefined) return false;
  const text = readFileSync(file, "utf8");
  // `export = value` and `import fs = require("fs")` are TypeScript's words for CommonJS.
  return /(^|[;}])\s*(import|export)\b/m.test(text) && !/^\s*(export\s*=|import\s+\w+\s*=\s*require)/m.test(text);
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

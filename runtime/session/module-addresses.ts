import type { ResolveFnOutput } from "node:module";
import { fileURLToPath } from "node:url";

/**
 * Node and V8 keep a module for ever under its address. To load a file again, its address gets a number:
 * `file:///folder/local.ts?quern-version=1`. What was loaded before stays what it was for whoever holds it.
 */

/** By file: a query that the user wrote is another module of the same file. */
const versions = new Map<string, number>();

/** Has files loaded under a new address from now on. */
export function renew(files: Iterable<string>): void {
  for (const file of files) versions.set(file, versionOf(file) + 1);
}

export const versionOf = (file: string): number => versions.get(file) ?? 0;

/** The address to load a module from. */
export function addressed(resolved: ResolveFnOutput): ResolveFnOutput {
  const file = fileOf(resolved.url);
  const version = file === undefined ? 0 : versionOf(file);
  if (version === 0 || resolved.url.includes(mark)) return resolved;
  return { ...resolved, url: `${resolved.url}${resolved.url.includes("?") ? "&" : "?"}${mark}${version}` };
}

/** The file that a module is in, whatever its version; undefined for what is in none. */
export function fileOf(url: string): string | undefined {
  return url.startsWith("file:") ? fileURLToPath(url.replace(/[?#].*$/s, "")) : undefined;
}

const mark = "quern-version=";

/** Text of Node's or a module's, with the addresses as the user knows them. */
export const withoutVersions = (text: string): string =>
  text.replace(/(?:[?&]quern-version|(?:%3F|\?)quern-required)=\d+/g, "");

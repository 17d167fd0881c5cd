import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { pythonEnv } from "../helpers/python-env.ts";

const root = resolve(import.meta.dirname, "../..");
const cache = join(root, "node_modules/.cache/quern-bench");

/** What a peer is started with, or why it cannot take part. */
export type Peer<T> = { readonly found: T } | { readonly missing: string };

/** The python of the tests, with these packages besides. */
export function pythonWith(...packages: string[]): Peer<string> {
  const { path, skip } = pythonEnv();
  if (skip !== false) return { missing: skip };
  return attempt(() => {
    if (packages.length > 0) execFileSync(path, ["-m", "pip", "install", "--quiet", ...packages], { stdio: "pipe" });
    return path;
  });
}

/** An npm package with a program of its own, kept for the next time. */
export function deno(version: string): Peer<string> {
  return attempt(() => {
    const folder = join(cache, `deno-${version}`);
    if (!existsSync(join(folder, "node_modules/deno"))) {
      mkdirSync(folder, { recursive: true });
      execFileSync("npm", ["install", "--no-save", "--prefix", folder, `deno@${version}`], {
        stdio: "pipe",
        shell: process.platform === "win32",
      });
    }
    const platforms = join(folder, "node_modules/@deno");
    const program = readdirSync(platforms)
      .flatMap((name) => ["deno", "deno.exe"].map((file) => join(platforms, name, file)))
      .find(existsSync);
    if (!program) throw new Error("the npm package deno has no program for this platform");
    return program;
  });
}

function attempt<T>(find: () => T): Peer<T> {
  try {
    return { found: find() };
  } catch (error) {
    return { missing: (error as Error).message.split("\n")[0] ?? "" };
  }
}

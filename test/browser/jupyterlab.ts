import { cpSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Locator, Page } from "playwright-core";
import { start } from "../helpers/program.ts";
import { tempFolder } from "../helpers/temp-folder.ts";
import { jupyterFolders, openBrowser } from "./browser.ts";

const root = resolve(import.meta.dirname, "../..");
const firstStartMs = 300_000;
const runMs = 180_000;

export type OpenNotebook = AsyncDisposable & {
  readonly page: Page;
  /** Runs every cell as the menu does, and waits until all have ended. */
  readonly runAll: () => Promise<void>;
  /** The code cell with this id. */
  readonly cell: (id: string) => Locator;
};

type Options = {
  readonly browserPath: string;
  /** Where the copy of the notebook lies; must be new or empty. A temporary folder, if not given. */
  readonly folder?: string;
  readonly size?: { readonly width: number; readonly height: number };
};

/** `quern lab` on a copy of a notebook of ours, in a real browser; `await using` ends both. */
export async function openNotebook(name: string, { browserPath, folder: given, size }: Options): Promise<OpenNotebook> {
  await using stack = new AsyncDisposableStack();
  const folder = given ?? stack.use(tempFolder()).path;
  const notebook = copyNotebook(name, folder);
  const env = { ...process.env, ...jupyterFolders(folder) };
  const entry = join(root, "kernel/cli/quern.js");
  // The first start may install JupyterLab.
  const lab = stack.use(start([process.execPath, entry, "lab", "--no-browser", notebook], { env }));
  const [, url] = await within(firstStartMs, "quern lab to print its address", lab.printed(/JupyterLab is at (\S+)\n/));

  const { page } = stack.use(await openBrowser(browserPath, folder, size));
  await page.goto(url as string);
  const ids = codeCellIds(notebook);
  const cells = page.locator(".jp-Notebook .jp-CodeCell");
  await cells.first().waitFor({ timeout: runMs });
  // Whoever runs a cell before the kernel is there is asked which one to start.
  await page.getByText("TypeScript (Quern) | Idle").waitFor({ timeout: runMs });

  const kept = stack.move();
  return {
    page,
    runAll: async () => {
      await page.getByRole("menuitem", { name: "Run", exact: true }).click();
      await page.getByRole("menuitem", { name: "Run All Cells", exact: true }).click();
      // A number stands where the star was: the cell has ended.
      const done = cells.locator(".jp-InputPrompt").filter({ hasText: /^\[\d+\]:$/ });
      await done.nth(ids.length - 1).waitFor({ timeout: runMs });
    },
    cell: (id) => cells.nth(ids.indexOf(id)),
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

/** Running a notebook writes into it and beside it. Its data lies where it does in the repository. */
function copyNotebook(name: string, folder: string): string {
  const copy = join(folder, "notebooks", name);
  mkdirSync(join(folder, "notebooks"), { recursive: true });
  cpSync(join(root, "notebooks", name), copy);
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  return copy;
}

function codeCellIds(notebook: string): string[] {
  const cells: { id: string; cell_type: string }[] = JSON.parse(readFileSync(notebook, "utf8")).cells;
  return cells.filter(({ cell_type }) => cell_type === "code").map(({ id }) => id);
}

async function within<T>(ms: number, what: string, work: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`Waited ${ms / 1000} s for ${what}`)), ms);
  return Promise.race([work, late.promise]).finally(() => clearTimeout(timer));
}

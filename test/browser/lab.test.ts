import assert from "node:assert/strict";
import test from "node:test";
import type { Locator } from "playwright-core";
import { chromium } from "../helpers/chromium.ts";
import { pythonEnv } from "../helpers/python-env.ts";
import { isDrawn } from "./browser.ts";
import { type OpenNotebook, openNotebook } from "./jupyterlab.ts";

const browser = chromium();
// `quern lab` needs a Python as well.
const skip = browser.skip || pythonEnv().skip;

test("the tour runs in JupyterLab, its table, plan and charts are drawn, columns are completed, a loop is stopped and the kernel restarted", {
  skip,
  timeout: 480_000,
}, async () => {
  await using notebook = await openNotebook("tour.ipynb", { browserPath: browser.path });
  await notebook.runAll();
  const { cell } = notebook;

  const found = notebook.page.locator(
    '.jp-OutputArea-output[data-mime-type="application/vnd.jupyter.error"], .jp-RenderedText[data-mime-type="application/vnd.jupyter.stderr"]',
  );
  await found.first().waitFor();
  const errors = await found.allTextContents();
  // The one that the tour shows.
  assert.match(errors.join("\n"), /^TypeCheckError: Property 'dealy' [^\n]* Did you mean 'delay'\?/);
  assert.equal(errors.length, 1);

  await cell("read").locator(".jp-RenderedHTMLCommon table").waitFor();
  const hasText = (id: string, text: RegExp) =>
    cell(id).locator(".jp-OutputArea").filter({ hasText: text }).first().waitFor();
  await hasText("read", /destination[\s\S]*of 3,000,000 rows/);
  await cell("analyze").locator(".jp-RenderedHTMLCommon").filter({ hasText: /ms/ }).first().waitFor();

  for (const chart of ["bar", "histogram", "line"]) {
    await isDrawn(cell(chart).locator(".vega-embed canvas, .vega-embed svg.marks").first());
  }

  // TypeScript is highlighted.
  await cell("enum").locator(".cm-content .tok-keyword, .cm-content span[class]").first().waitFor();

  const { page } = notebook;
  // Running all has left a new cell at the end, or the last one, in command mode.
  await page.keyboard.press("b");
  const last = page.locator(".jp-Notebook .jp-CodeCell.jp-mod-active");
  const runLast = async (code: string, shows: string) => {
    await last.locator(".cm-content").click();
    await page.keyboard.press("Control+a");
    await page.keyboard.insertText(code);
    await page.keyboard.press("Control+Enter");
    await last.locator(".jp-OutputArea-output").getByText(shows).waitFor();
  };
  await runLast('console.log("loops")\nfor (;;) {}', "loops");
  await page.getByRole("button", { name: "Interrupt the kernel" }).click();
  await last.getByText("KeyboardInterrupt").first().waitFor();
  await runLast("'flights' in globalThis", "true");

  await completesColumns(notebook, last);

  await page.getByRole("button", { name: "Restart the kernel", exact: true }).click();
  await page.getByRole("button", { name: "Confirm Kernel Restart" }).click();
  await runLast("'flights' in globalThis", "false");
});

/** The completer and the tooltip know the columns of the tour's first frame. */
async function completesColumns({ page }: OpenNotebook, cell: Locator): Promise<void> {
  const write = async (text: string) => {
    await cell.locator(".cm-content").click();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.insertText(text);
  };
  const offered = page.locator(".jp-Completer-item .jp-Completer-match");
  const columns = ["date", "delay", "destination", "distance", "origin"];
  const tab = async () => {
    await page.keyboard.press("Tab");
    await offered
      .first()
      .waitFor({ timeout: 5000 })
      .catch(() => {});
    const names = await offered.allTextContents();
    await page.keyboard.press("Escape");
    return names;
  };
  for (const text of ["flights.filter((f) => f.", 'flights.select("']) {
    await write(text);
    let names = await tab();
    // JupyterLab takes no answer after a second, which a busy machine may need: then a person asks again.
    for (let again = 0; again < 10 && names.length < columns.length; again++) names = await tab();
    assert.deepEqual(names, columns);
  }
  const tooltip = page.locator(".jp-Tooltip");
  await write("flights");
  await page.keyboard.press("Shift+Tab");
  await tooltip.filter({ hasText: /DataFrame, 5 columns[\s\S]*delay\s+long/ }).waitFor();
  await page.keyboard.press("Escape");
  await write("flights.filter((f) => f.delay");
  await page.keyboard.press("Shift+Tab");
  await tooltip.getByText("(property) delay: Column<").waitFor();
  await page.keyboard.press("Escape");
}

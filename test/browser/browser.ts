import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { chromium, type Locator, type Page } from "playwright-core";
import { patienceMs } from "../helpers/patience.ts";

export type Browser = AsyncDisposable & { readonly page: Page };

/** Starts a browser that keeps what it writes in `folder`; `await using` ends it. */
export async function openBrowser(
  executablePath: string,
  folder: string,
  size: { readonly width: number; readonly height: number } = { width: 1280, height: 1000 },
): Promise<Browser> {
  const args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"];
  const context = await chromium.launchPersistentContext(join(folder, "browser"), {
    executablePath,
    args: [...args, "--disable-component-update", "--disable-sync"],
    viewport: size,
    deviceScaleFactor: 1,
  });
  context.setDefaultTimeout(3 * patienceMs);
  const page = context.pages()[0] ?? (await context.newPage());
  return { page, [Symbol.asyncDispose]: () => context.close() };
}

/** Waits until a chart has a size and shows something: its canvas is there before it is drawn on. */
export async function isDrawn(drawing: Locator): Promise<void> {
  await drawing.waitFor();
  const limitMs = performance.now() + 3 * patienceMs;
  for (;;) {
    const { width = 0, height = 0 } = (await drawing.boundingBox()) ?? {};
    // An empty picture of this size has some hundred bytes.
    const isWhole = width > 150 && height > 100 && (await drawing.screenshot()).length > 2000;
    if (isWhole) return;
    if (performance.now() > limitMs) throw new Error(`the chart stays empty, of ${width} × ${height}`);
    await drawing.page().waitForTimeout(50);
  }
}

/** Nothing of the user's is read or written; and JupyterLab does not ask whether it may fetch news. */
export function jupyterFolders(folder: string) {
  const settings = join(folder, "config/lab/user-settings/@jupyterlab/apputils-extension");
  mkdirSync(settings, { recursive: true });
  writeFileSync(
    join(settings, "notification.jupyterlab-settings"),
    JSON.stringify({ fetchNews: "false", checkForUpdates: false }),
  );
  return {
    JUPYTER_CONFIG_DIR: join(folder, "config"),
    JUPYTER_DATA_DIR: join(folder, "data"),
    JUPYTER_RUNTIME_DIR: join(folder, "runtime"),
    IPYTHONDIR: join(folder, "ipython"),
  };
}

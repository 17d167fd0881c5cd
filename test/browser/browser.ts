import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { chromium, type Page } from "playwright-core";

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
  const page = context.pages()[0] ?? (await context.newPage());
  return { page, [Symbol.asyncDispose]: () => context.close() };
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

/** Takes the README's picture: `node test/browser/screenshot.ts`. */
import { join, resolve } from "node:path";
import { chromium } from "../helpers/chromium.ts";
import { openNotebook } from "./jupyterlab.ts";

const target = resolve(import.meta.dirname, "../../docs/tour.png");
const browser = chromium();
if (browser.skip) throw new Error(browser.skip);

await using notebook = await openNotebook("tour.ipynb", browser.path, { width: 1100, height: 860 });
await notebook.runAll();

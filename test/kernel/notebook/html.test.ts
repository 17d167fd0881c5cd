import assert from "node:assert/strict";
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import test from "node:test";
import { pathToFileURL } from "node:url";
import { chromium as launcher, type Page } from "playwright-core";
import { install } from "../../../install.ts";
import { renderHtml } from "../../../kernel/notebook/html/render.ts";
import type { Cell, Notebook, Output, TextCell } from "../../../kernel/notebook/nbformat.ts";
import type { MimeBundle } from "../../../runtime/session/protocol.ts";
import { chromium } from "../../helpers/chromium.ts";
import { runNotebook } from "../../helpers/notebook.ts";
import { pythonEnv } from "../../helpers/python-env.ts";
import { tempFolder } from "../../helpers/temp-folder.ts";

const root = resolve(import.meta.dirname, "../../..");
const browser = chromium();
const python = pythonEnv();

const code = (source: string, ...outputs: Output[]): Cell => ({
  cell_type: "code",
  id: "c",
  metadata: {},
  source,
  execution_count: 7,
  outputs,
});

const text = (source: string, attachments?: TextCell["attachments"]): Cell => ({
  cell_type: "markdown",
  id: "m",
  metadata: {},
  source,
  ...(attachments && { attachments }),
});

const stream = (text: string, name: "stdout" | "stderr" = "stdout"): Output => ({ output_type: "stream", name, text });

const display = (data: MimeBundle, metadata: MimeBundle = {}): Output => ({
  output_type: "display_data",
  data,
  metadata,
});

const notebook = (cells: readonly Cell[], metadata = {}): Notebook => ({
  metadata,
  nbformat: 4,
  nbformat_minor: 5,
  cells,
});

/** What the page has in its main part. */
function page(...cells: Cell[]): string {
  const html = renderHtml(notebook(cells), { title: "t" });
  return /<main>([\s\S]*)<\/main>/.exec(html)?.[1] ?? assert.fail("there is no main part");
}

const pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

test("code is escaped and its tokens are marked; words of the language are names elsewhere", () => {
  const html = page(
    code('const a: string = "</script>]]>\0\ud800😀" // <b>\no.from(type); import x from "y"; ' + `\`a\${1}b\`; /<i>/`),
  );
  assert.match(html, /<span class="count">\[7\]<\/span>/);
  assert.match(html, /<span class="k">const<\/span> a: <span class="k">string<\/span> = /);
  assert.match(
    html,
    /<span class="s">&quot;&lt;\/script&gt;\]\]&gt;\ufffd\ufffd😀&quot;<\/span> <span class="c">\/\/ &lt;b&gt;<\/span>/,
  );
  assert.match(html, /o\.from\(type\); <span class="k">import<\/span> x <span class="k">from<\/span>/);
  assert.match(html, /<span class="s">`a\$\{<\/span><span class="n">1<\/span><span class="s">\}b`<\/span>/);
  assert.match(html, /<span class="s">\/&lt;i&gt;\/<\/span>/);
});

test("the code of another language has no colours", () => {
  const html = renderHtml(notebook([code("const = 1 # <b>")], { language_info: { name: "python" } }), { title: "t" });
  assert.match(html, /<code>const = 1 # &lt;b&gt;<\/code>/);
});

test("the title is escaped", () => {
  assert.match(renderHtml(notebook([]), { title: "<a> & b" }), /<title>&lt;a&gt; &amp; b<\/title>/);
});

test("a cell of nothing leaves nothing, and a raw cell shows its text", () => {
  assert.equal(page({ ...code(""), execution_count: null } as Cell).trim(), "");
  assert.match(page({ cell_type: "raw", id: "r", metadata: {}, source: "\\a <b>" }), /<pre>\\a &lt;b&gt;<\/pre>/);
});

test("what is printed keeps its colours, and loses what only terminals understand", () => {
  const html = page(
    code("", stream("\n<b> \x1b[31mred\x1b[0m \x1b[2K\x1b]8;;http://x\x07link\x1b]8;;\x07 \x1b(B\x1b]0;open\nnext\0")),
  );
  assert.match(
    html,
    /<pre class="output stdout">\n\n&lt;b&gt; <span class="ansi-red-fg">red<\/span> link 0;open\nnext\ufffd<\/pre>/,
  );
  assert.match(page(code("", stream("x", "stderr"))), /<pre class="output stderr">x<\/pre>/);
});

test("progress that was written over is shown as it ended", () => {
  assert.match(page(code("", stream("10%\r50%\r100%\r\nend\r"))), />100%\nend<\/pre>/);
});

test("text printed in pieces is one text, and another stream begins another", () => {
  const html = page(code("", stream("\x1b[32mgr"), stream("een\x1b[0m"), stream("e", "stderr"), stream("o")));
  assert.deepEqual(
    [...html.matchAll(/<pre class="output (\w+)">(.*?)<\/pre>/g)].map(([, name, inner]) => [name, inner]),
    [
      ["stdout", '<span class="ansi-green-fg">green</span>'],
      ["stderr", "e"],
      ["stdout", "o"],
    ],
  );
});

test("an error shows its traceback, or else its message", () => {
  const error = { output_type: "error", ename: "TypeError", evalue: "no <x>" } as const;
  assert.match(
    page(code("", { ...error, traceback: ["\x1b[31mTypeError\x1b[39m: a", "  at <b>"] })),
    /<pre class="output error"><span class="ansi-red-fg">TypeError<\/span>: a\n {2}at &lt;b&gt;<\/pre>/,
  );
  assert.match(page(code("", { ...error, traceback: [] })), /<pre class="output error">TypeError: no &lt;x&gt;<\/pre>/);
});

test("of several forms the best is shown, and of a chart its picture", () => {
  const shown = (data: MimeBundle, metadata?: MimeBundle) => page(code("", display(data, metadata)));
  assert.match(shown({ "text/html": "<i>x</i>", "image/png": pixel, "text/plain": "p" }), /html"><i>x<\/i><\/div>/);
  assert.match(shown({ "text/markdown": "**x**", "text/plain": "p" }), /<strong>x<\/strong>/);
  const chart = shown(
    { "application/vnd.vega.v5+json": {}, "image/png": `${pixel}\n`, "text/plain": 'a "chart"' },
    { "image/png": { width: 80, height: 40 } },
  );
  assert.ok(
    chart.includes(
      `<img src="data:image/png;base64,${pixel}" width="80" height="40" style="aspect-ratio:80/40" alt="a &quot;chart&quot;">`,
    ),
  );
  assert.match(shown({ "text/latex": "$x<y$", "text/plain": "p" }), /\$x&lt;y\$/);
  assert.match(shown({ "application/json": { a: ["<"] } }), /\{\n {2}"?(&quot;)?a/);
  assert.match(shown({ "text/plain": "\x1b[33m1\x1b[39m" }), /<span class="ansi-yellow-fg">1<\/span>/);
  assert.match(shown({ "application/x-y": 1 }), /An output of application\/x-y is not shown here/);
  const svg = /base64,([^"]+)"/.exec(shown({ "image/svg+xml": "<svg width='4'/>" }))?.[1] ?? "";
  assert.equal(Buffer.from(svg, "base64").toString(), "<svg xmlns=\"http://www.w3.org/2000/svg\" width='4'/>");
});

test("markdown has tables, tasks, HTML, formulas as written, and the pictures that the cell holds", () => {
  const html = page(
    text(
      "| a |\n|---|\n| 1 |\n\n- [x] done *so*\n- [ ] to do\n\n<u>u</u> $a_1 * b_2 * c$, $5 or $6, main.ts https://a.b",
    ),
    text("![p](attachment:my%20p.png)", { "my p.png": { "image/png": pixel } }),
    text("![p](attachment:none.png)"),
    text("```ts\nconst a = 1\n```"),
  );
  assert.match(html, /<td>1<\/td>/);
  assert.match(html, /<li class="task"><input type="checkbox" disabled checked> done <em>so<\/em>/);
  assert.match(html, /<input type="checkbox" disabled> to do/);
  assert.match(
    html,
    /<u>u<\/u> <span class="math">\$a_1 \* b_2 \* c\$<\/span>, \$5 or \$6, main\.ts <a href="https:\/\/a\.b">/,
  );
  assert.ok(html.includes(`<img src="data:image/png;base64,${pixel}" alt="p">`));
  assert.match(html, /<img src="attachment:none.png"/);
  assert.match(html, /<code class="language-ts"><span class="k">const<\/span>/);
});

test("headings have the anchors that Jupyter gives them, each its own, and a list of contents", () => {
  const html = renderHtml(notebook([text("# A *b* `c` <i>d</i>\n## Ü & 😀\n## Ü & 😀"), code("1")]), { title: "t" });
  assert.deepEqual(
    [...html.matchAll(/<h\d id="([^"]+)"/g)].map(([, id]) => id),
    ["A-b-c-d", "Ü-&amp;-😀", "Ü-&amp;-😀-2"],
  );
  assert.match(html, /<li class="level-0"><a href="#A-b-c-d">A b c d<\/a>/);
  assert.match(html, /<li class="level-1"><a href="#%C3%9C-%26-%F0%9F%98%80-2">Ü &amp; 😀<\/a>/);
  assert.doesNotMatch(renderHtml(notebook([text("# One")]), { title: "t" }), /<nav/);
});

const skip = browser.skip || python.skip;

test("the tour opens without a network and without scripts, and shows its tables, plans and charts", {
  skip,
}, async () => {
  using folder = tempFolder();
  const work = join(folder.path, "notebooks");
  mkdirSync(work);
  cpSync(join(root, "notebooks/tour.ipynb"), join(work, "tour.ipynb"));
  symlinkSync(join(root, "node_modules"), join(folder.path, "node_modules"));
  const data = join(folder.path, "data");
  install(data);
  const env = { ...process.env, JUPYTER_DATA_DIR: data };
  const cells = (await runNotebook(python.path, join(work, "tour.ipynb"), work, env)) as readonly object[];
  const file = join(folder.path, "tour ü.html");
  writeFileSync(file, renderHtml(notebook(cells as Cell[]), { title: "A tour" }));

  await withPage(file, async (page, asked) => {
    assert.equal(await page.title(), "A tour");
    const bundles = (cells as Cell[]).flatMap((cell) =>
      cell.cell_type === "code" ? cell.outputs.flatMap((output) => ("data" in output ? [output.data] : [])) : [],
    );
    const charts = bundles.filter((bundle) => bundle["image/png"]);
    const pages = bundles.filter((bundle) => bundle["text/html"]);
    assert.ok(charts.length >= 3 && pages.length >= 8);

    const pictures = await page.locator(".picture img").all();
    assert.equal(pictures.length, charts.length);
    for (const picture of pictures) {
      const box = await picture.boundingBox();
      assert.ok(box && box.width > 150 && box.height > 100);
      assert.ok((await picture.screenshot()).length > 2000);
    }
    const shown = await page.locator(".output.html").all();
    assert.equal(shown.length, pages.length);
    for (const output of shown) assert.ok(await output.isVisible());
    assert.match(
      (await page.locator(".output.html").allTextContents()).join(),
      /3,000,000 rows[\s\S]*Query plan[\s\S]*slowest/,
    );

    const [width, inner] = await page.evaluate<[number, number]>("[document.documentElement.scrollWidth, innerWidth]");
    assert.equal(width, inner);
    await page.locator("nav a", { hasText: "Errors" }).click();
    assert.ok(await page.locator("h2", { hasText: "Errors" }).evaluate((heading) => heading.matches(":target")));
    assert.deepEqual(
      asked.filter((url) => !/^(file|data):/.test(url)),
      [],
    );
  });
});

test("a wide table and a long line scroll within the page", { skip: browser.skip }, async () => {
  using folder = tempFolder();
  const file = join(folder.path, "wide.html");
  const row = (tag: string) =>
    `<tr>${Array.from({ length: 1000 }, (_, n) => `<${tag}>column_${n}</${tag}>`).join("")}</tr>`;
  const outputs = [
    display({ "text/html": `<table>${row("th")}${row("td")}</table>` }),
    display({ "text/plain": "x".repeat(10_000) }),
    stream("y".repeat(10_000)),
    stream("z\n".repeat(10_000), "stderr"),
  ];
  const wide = `| ${"a | ".repeat(200)}\n|${"---|".repeat(200)}\n\n${"w".repeat(500)}`;
  writeFileSync(file, renderHtml(notebook([text(wide), code("v".repeat(1000), ...outputs)]), { title: "t" }));
  await withPage(file, async (page) => {
    for (const width of [1280, 400]) {
      await page.setViewportSize({ width, height: 800 });
      const [content, height] = await page.evaluate<[number, number]>(
        "[document.documentElement.scrollWidth, document.documentElement.scrollHeight]",
      );
      assert.equal(content, width);
      assert.ok(height < 10_000);
    }
  });
});

async function withPage(file: string, use: (page: Page, asked: readonly string[]) => Promise<void>): Promise<void> {
  const running = await launcher.launch({ executablePath: browser.path, args: ["--no-sandbox"] });
  try {
    const context = await running.newContext({ offline: true, javaScriptEnabled: false });
    const page = await context.newPage();
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    await page.goto(pathToFileURL(file).href);
    await use(page, asked);
  } finally {
    await running.close();
  }
}

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { resolve } from "node:path";
import test from "node:test";
import { cycles, importsOf } from "./tidy/imports.ts";
import { objection, roomOf } from "./tidy/rooms.ts";

const root = resolve(import.meta.dirname, "..");
process.chdir(root);

const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], { encoding: "utf8" })
  .split("\n")
  .filter((file) => file !== "" && existsSync(file));
const sources = files.filter((file) => /\.(ts|js|mjs)$/.test(file) && !file.startsWith("test/fixtures/"));
const tests = sources.filter((file) => file.endsWith(".test.ts"));
const house = sources.filter((file) => !file.startsWith("test/"));
const imports = house.flatMap(importsOf);
const read = (file: string) => readFileSync(file, "utf8");
const isGenerated = (file: string) => /(^|\/)(gen|generated)\/|\.gen\.ts$/.test(file);

test("every source file has a room, whose imports are known", () => {
  assert.deepEqual(
    house.filter((file) => roomOf(file) === undefined),
    [],
  );
});

test("imports go only in the directions that the house allows", () => {
  const ours = imports.filter(({ to }) => house.includes(to));
  const wrong = ours.flatMap(({ from, to, typeOnly }) => {
    const why = objection(from, to, typeOnly);
    return why ? [`${from} imports ${to}: ${why}`] : [];
  });
  assert.deepEqual(wrong, []);
});

test("an import against the directions is refused, with the rule", () => {
  assert.match(
    objection("runtime/dataframe/a.ts", "runtime/display/b.ts", true) ?? "",
    /runtime.dataframe may import: runtime.plan/,
  );
  assert.match(objection("kernel/outbox.ts", "kernel/session/b.ts", false) ?? "", /only types/);
  assert.match(objection("kernel/session/a.ts", "runtime/session/cell.ts", true) ?? "", /runtime.session.protocol\.ts/);
  assert.equal(objection("kernel/outbox.ts", "kernel/session/b.ts", true), undefined);
});

test("install.ts imports nothing but Node's own modules", () => {
  assert.deepEqual(
    imports.filter(({ from, to }) => from === "install.ts" && !isBuiltin(to)),
    [],
  );
});

test("no file imports itself by way of others", () => {
  assert.deepEqual(cycles(imports.filter(({ typeOnly }) => !typeOnly)), []);
});

test("no test is switched off or on by itself", () => {
  const marks = /\b(?:test|it|describe|suite|t)\.(?:only|skip|todo)\b|\b(?:only|todo): |\bskip: true/;
  const marked = tests.flatMap((file) =>
    read(file)
      .split("\n")
      .flatMap((line, index) => (marks.test(line) ? [`${file}:${index + 1} ${line.trim()}`] : [])),
  );
  assert.deepEqual(marked, []);
});

test("no source file is longer than 400 lines", () => {
  const long = sources.filter((file) => !isGenerated(file) && read(file).trimEnd().split("\n").length > 400);
  assert.deepEqual(long, []);
});

for (const document of ["README.md", "ARCHITECTURE.md"].filter(existsSync)) {
  test(`${document} names only paths and scripts that exist`, () => {
    const text = read(document);
    const named = [...text.matchAll(/`([^`\n]+)`|\]\(([^)\s]+)\)/g)].map(([, code, link]) => code ?? link ?? "");
    const paths = named.filter((name) =>
      /^(\.ci|docs|kernel|notebooks|runtime|test)\/[\w./-]*$|^[\w-]+\.(md|ts|json)$/.test(name),
    );
    assert.deepEqual(
      paths.filter((path) => !existsSync(path)),
      [],
    );

    const { scripts } = JSON.parse(read("package.json"));
    const called = [...text.matchAll(/npm (?:run ([\w:-]+)|(start|test)\b)/g)].map(
      ([, script, short]) => script ?? short ?? "",
    );
    assert.deepEqual(
      called.filter((script) => !Object.hasOwn(scripts, script)),
      [],
    );
  });
}

test("the lock file names no registry", () => {
  assert.doesNotMatch(read("package-lock.json"), /"resolved":|https?:\/\/registry/);
});

test("the lock file knows the packages of every platform, not only of the one that wrote it", () => {
  const { packages } = JSON.parse(read("package-lock.json"));
  const optional = Object.values(packages).flatMap((entry) =>
    Object.keys((entry as { optionalDependencies?: object }).optionalDependencies ?? {}),
  );
  // `npm ci` refuses a lock file without them.
  const lost = optional.filter((name) => !Object.hasOwn(packages, `node_modules/${name}`));
  assert.deepEqual(lost, []);
});

for (const notebook of files.filter((file) => file.endsWith(".ipynb"))) {
  test(`${notebook} holds no outputs, and its cells have names of their own`, () => {
    const { cells, metadata } = JSON.parse(read(notebook));
    assert.equal(metadata.kernelspec.name, "quern");
    assert.equal(new Set(cells.map(({ id }: { id: string }) => id)).size, cells.length);
    for (const cell of cells.filter(({ cell_type }: { cell_type: string }) => cell_type === "code")) {
      assert.deepEqual(cell.outputs, []);
      assert.equal(cell.execution_count, null);
    }
  });
}

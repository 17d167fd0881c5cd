import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, globSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "../../../runtime/syntax/parse.ts";
import { executable } from "./server.ts";

const project = fileURLToPath(new URL("../../../", import.meta.url));
const runtime = join(project, "runtime");

/**
 * The file that has the types of "quern". The language server reads declarations in a quarter of the time that the
 * sources take, and again with every new module; they are made once for each state of the sources. Where they cannot be
 * made, the sources serve.
 */
export async function typesOfQuern(log: (line: string) => void): Promise<string> {
  const built = join(runtime, "index.d.ts");
  if (existsSync(built)) return built;
  const cache = join(project, "node_modules/.cache/quern");
  const folder = join(cache, `types-${stateOfSources()}`);
  const made = join(folder, "index.d.ts");
  if (existsSync(made)) return made;
  try {
    await emit(folder);
    removeOlder(cache, folder);
    return made;
  } catch (error) {
    log(`the declarations of Quern cannot be made, types are read from its sources: ${(error as Error).message}`);
    return join(runtime, "index.ts");
  }
}

/** Changes with any change of a file. */
function stateOfSources(): string {
  const files = globSync("**/*.ts", { cwd: runtime });
  const newestMs = Math.max(...files.map((file) => statSync(join(runtime, file)).mtimeMs));
  return `${files.length}-${Math.round(newestMs).toString(36)}`;
}

async function emit(folder: string): Promise<void> {
  // Two kernels may start at the same time: each makes its own, and the first to be ready gives its to all.
  const own = `${folder}-${process.pid}`;
  const options = ["--declaration", "--emitDeclarationOnly", "--noEmit", "false", "--noCheck", "--outDir", own];
  const args = ["--ignoreConfig", ...options, ...compilerOptions, join(runtime, "index.ts")];
  const compiler = spawn(await executable(), args, {
    cwd: project,
    stdio: ["ignore", "pipe", "ignore"],
    windowsHide: true,
  });
  let said = "";
  compiler.stdout.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  const [code] = await once(compiler, "close");
  try {
    const index = join(own, "index.d.ts");
    if (!existsSync(index)) throw new Error(`tsc ended with ${code}: ${said.trim().slice(0, 300)}`);
    writeFileSync(index, withNames(readFileSync(index, "utf8"), own));
    renameSync(own, folder);
  } catch (error) {
    // Another has given its own meanwhile.
    if (!existsSync(join(folder, "index.d.ts"))) throw error;
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
}

/**
 * With the names that each `export * from "./…"` stands for: the language server would collect them anew with each key that is
 * typed.
 */
export function withNames(text: string, folder: string): string {
  const known = new Set(namesExportedBy(text));
  return text.replaceAll(/^export \* from "(.*)";$/gm, (line, specifier: string) => {
    const module = readFileSync(join(folder, specifier.replace(/\.ts$/, ".d.ts")), "utf8");
    if (/^export (?:type )?\*/m.test(module)) return line;
    const names = namesExportedBy(module).filter((name) => !known.has(name));
    for (const name of names) known.add(name);
    return `export { ${names.join(", ")} } from "${specifier}";`;
  });
}

function namesExportedBy(declarations: string): string[] {
  return parse(declarations, "ts").body.flatMap((statement) => {
    if (statement.type !== "ExportNamedDeclaration") return [];
    const { declaration, specifiers } = statement;
    const declared = declaration?.type === "VariableDeclaration" ? declaration.declarations : [declaration];
    const ids = declared.map((one) => (one && "id" in one ? one.id : undefined));
    return [...ids, ...specifiers.map(({ exported }) => exported)].flatMap((id) =>
      id?.type === "Identifier" ? [id.name] : [],
    );
  });
}

/** As in tsconfig.json, as far as declarations depend on it. */
const compilerOptions = [
  ...["--target", "esnext", "--lib", "esnext", "--module", "nodenext", "--types", "node", "--strict", "--skipLibCheck"],
  ...["--allowImportingTsExtensions", "--rootDir", runtime],
];

/** A kernel that is making its own takes seconds. */
const madeWithinMs = 600_000;

function removeOlder(cache: string, folder: string): void {
  for (const name of readdirSync(cache)) {
    const path = join(cache, name);
    // Others remove them, too.
    const mtimeMs = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    const isOld = name.startsWith("types-") && path !== folder && mtimeMs < Date.now() - madeWithinMs;
    if (isOld) rmSync(path, { recursive: true, force: true });
  }
}

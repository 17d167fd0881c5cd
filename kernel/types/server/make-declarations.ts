import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { findPackageJSON } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { packed, type Root } from "./packed.ts";
import { executable } from "./server.ts";

const project = fileURLToPath(new URL("../../../", import.meta.url));
const runtime = join(project, "runtime");

/** Packages that the declarations rest on. */
export const packages = ["typescript", "@types/node", "apache-arrow"] as const;

/** Where a folder of packed declarations has them. */
export const places = {
  quern: "quern.d.ts",
  /** Apart, for a notebook may have its own. */
  arrow: "arrow.d.ts",
  library: "lib.d.ts",
  /** Stands for those parts of the library that are in its one file. */
  nothing: "nothing.d.ts",
  typeRoots: "types",
  node: "types/node/index.d.ts",
};

/** Makes the folder, with the declarations of Quern, and with those that it and cells rest on. */
export async function makeDeclarations(folder: string): Promise<void> {
  const emitted = join(folder, "emitted");
  await emit(emitted);
  const quern = { folder: emitted, entry: join(emitted, "index.d.ts"), name: "quern", packedAs: "quern" };
  const here = fileURLToPath(import.meta.url);
  const arrow = packageRoot("apache-arrow", here);
  const flatbuffers = packageRoot("flatbuffers", arrow.entry);
  const node = packageRoot("@types/node", here);
  const undici = packageRoot("undici-types", node.entry);
  const ofCompiler = dirname(await executable());
  const library = { folder: ofCompiler, entry: join(ofCompiler, "lib.esnext.d.ts"), name: "lib" };

  mkdirSync(dirname(join(folder, places.node)), { recursive: true });
  writeFileSync(join(folder, places.quern), await packed([quern], [arrow]));
  writeFileSync(join(folder, places.arrow), await packed([arrow, flatbuffers]));
  writeFileSync(join(folder, places.library), await packed([library]));
  writeFileSync(join(folder, places.node), await packed([node, undici]));
  writeFileSync(join(folder, places.nothing), "");
  rmSync(emitted, { recursive: true });
}

/** A package as a file finds it. */
function packageRoot(name: string, file: string): Root {
  const manifest = findPackageJSON(name, pathToFileURL(file));
  if (manifest === undefined) throw new Error(`the package ${name} is missing`);
  const { types, main } = JSON.parse(readFileSync(manifest, "utf8")) as { types?: string; main: string };
  const folder = dirname(manifest);
  return { folder, entry: join(folder, types ?? main.replace(/\.js$/, ".d.ts")), name };
}

async function emit(folder: string): Promise<void> {
  const options = ["--declaration", "--emitDeclarationOnly", "--noEmit", "false", "--noCheck", "--outDir", folder];
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
  const index = join(folder, "index.d.ts");
  if (!existsSync(index)) throw new Error(`tsc ended with ${code}: ${said.trim().slice(0, 300)}`);
  // Otherwise a module that a script declares is taken for one of CommonJS, with a default.
  appendFileSync(index, "export declare const __esModule: true;\n");
}

/** As in tsconfig.json, as far as declarations depend on it. */
const compilerOptions = [
  ...["--target", "esnext", "--lib", "esnext", "--module", "nodenext", "--types", "node", "--strict", "--skipLibCheck"],
  ...["--allowImportingTsExtensions", "--rootDir", runtime],
];

import { capture } from "../capture.ts";
import type { Check } from "./check.ts";

/** Each does a little of its work: that a native part is there does not say that it runs on this processor and libc. */
const parts = {
  zeromq: `import { Reply, version } from "zeromq"; const s = new Reply(); await s.bind("tcp://127.0.0.1:*"); s.close(); console.log(version)`,
  DuckDB: `import duckdb from "@duckdb/node-api";
    const c = await (await duckdb.DuckDBInstance.create()).connect(); console.log((await c.runAndReadAll("select version()")).getRows()[0][0])`,
  "oxc-parser": `import { parseSync } from "oxc-parser"; if (parseSync("a.ts", "let a = 1").errors.length) throw 1`,
  esbuild: `import { transformSync, version } from "esbuild"; transformSync("enum A { b }", { loader: "ts" }); console.log(version)`,
  resvg: `import { Resvg } from "@resvg/resvg-js"; new Resvg("<svg xmlns='http://www.w3.org/2000/svg' width='1' height='1'/>").render()`,
};

/** Apart from each other and from us, since a native part may bring its process down. */
export function checkNativeParts(): Promise<Check[]> {
  return Promise.all(Object.entries(parts).map(([name, program]) => check(name, program)));
}

async function check(name: string, program: string): Promise<Check> {
  const script = ["--input-type=module", "--eval", program];
  const { ok, stdout, stderr } = await capture([process.execPath, ...script], { cwd: import.meta.dirname });
  if (ok) return { name, status: "ok", found: stdout.trim() || "works" };
  const reason = /^\w*Error.*$/m.exec(stderr)?.[0] ?? (stderr.trim().split("\n")[0] || "it crashed");
  return { name, status: "broken", found: reason, mend: "npm ci in Quern's folder, on this very machine" };
}

import { type ChildProcess, spawn } from "node:child_process";
import { availableParallelism } from "node:os";
import type {
  CompletionItem,
  CompletionList,
  Diagnostic,
  DocumentDiagnosticReport,
  Hover,
  InitializeParams,
  SignatureHelp,
} from "vscode-languageserver-protocol";
import type { FileChange } from "./imported-files.ts";
import type { Position } from "./lines.ts";

/** TypeScript's language server, as far as Quern asks it. Requests reject when it has ended. */
export type LanguageServer = {
  /** Opens a document, or gives it another text. */
  put(uri: string, text: string): void;
  close(uri: string): void;
  diagnostics(uri: string): Promise<readonly Diagnostic[]>;
  completions(uri: string, position: Position): Promise<readonly CompletionItem[]>;
  /** The item with its documentation and signature. */
  resolve(item: CompletionItem): Promise<CompletionItem>;
  hover(uri: string, position: Position): Promise<Hover | undefined>;
  signature(uri: string, position: Position): Promise<SignatureHelp | undefined>;
  /** Files on disk have changed. */
  changed(files: readonly { readonly uri: string; readonly kind: FileChange["kind"] }[]): void;
  kill(): void;
  /** Resolves with what it wrote last. */
  readonly ended: Promise<string>;
};

/** FileChangeType of the protocol. */
const changeTypes = { created: 1, changed: 2, deleted: 3 };

const rememberedStderr = 4096;

/**
 * The server is written in Go, whose collector slows down the completions that it works beside. In percent of what is in use,
 * garbage is let grow: Go's own value is 100; this takes some 100 to 160 MB more. The collector works on a quarter of the
 * threads, and where that is less than one it takes turns with the answers: with four, the server's own slowest answers to the
 * same requests take a fifth less on two cores.
 */
const goSettings = { GOGC: "300", ...(availableParallelism() < 4 && { GOMAXPROCS: "4" }) };

/** Starts it in a folder; it ends with this process, and when it is stopped while it starts. */
export async function startLanguageServer(
  folder: string,
  folderUri: string,
  stopped?: AbortSignal,
): Promise<LanguageServer> {
  const { createMessageConnection, StreamMessageReader, StreamMessageWriter } = await import("vscode-jsonrpc/node");
  const child = spawn(await executable(), ["--lsp", "--stdio"], {
    cwd: folder,
    env: { ...goSettings, ...process.env },
    stdio: ["pipe", "pipe", "pipe"],
    windowsHide: true,
    ...(stopped && { signal: stopped, killSignal: "SIGKILL" }),
  });
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const ended = endOf(child);
  let isEnded = false;
  ended.then(() => {
    isEnded = true;
    connection.dispose();
  });
  child.stdin.on("error", () => {});
  connection.onError(() => child.kill());
  connection.onRequest("workspace/configuration", ({ items }: { items: readonly unknown[] }) =>
    items.map(() => settings),
  );
  connection.onRequest("client/registerCapability", () => null);
  connection.listen();
  const notify = (method: string, params: object) => {
    // What it is told after its end, the next one is told at its start. The pipe may be closed before the end is told: then
    // it throws at once.
    if (!isEnded) (async () => connection.sendNotification(method, params))().catch(() => {});
  };
  await connection.sendRequest("initialize", initialisation(folderUri));
  notify("initialized", {});

  const versions = new Map<string, number>();
  return {
    put(uri, text) {
      const version = (versions.get(uri) ?? 0) + 1;
      versions.set(uri, version);
      if (version > 1) {
        notify("textDocument/didChange", { textDocument: { uri, version }, contentChanges: [{ text }] });
      } else {
        const languageId = uri.endsWith(".json") ? "jsonc" : "typescript";
        notify("textDocument/didOpen", { textDocument: { uri, languageId, version, text } });
      }
    },
    close(uri) {
      if (versions.delete(uri)) notify("textDocument/didClose", { textDocument: { uri } });
    },
    async diagnostics(uri) {
      const report: DocumentDiagnosticReport = await connection.sendRequest("textDocument/diagnostic", {
        textDocument: { uri },
      });
      return report.kind === "full" ? report.items : [];
    },
    async completions(uri, position) {
      const params = { textDocument: { uri }, position };
      const found: CompletionList | CompletionItem[] | null = await connection.sendRequest(
        "textDocument/completion",
        params,
      );
      return Array.isArray(found) ? found : (found?.items ?? []);
    },
    resolve: (item) => connection.sendRequest("completionItem/resolve", item),
    async hover(uri, position) {
      return (
        (await connection.sendRequest<Hover | null>("textDocument/hover", { textDocument: { uri }, position })) ??
        undefined
      );
    },
    async signature(uri, position) {
      const params = { textDocument: { uri }, position };
      return (await connection.sendRequest<SignatureHelp | null>("textDocument/signatureHelp", params)) ?? undefined;
    },
    changed(files) {
      const changes = files.map(({ uri, kind }) => ({ uri, type: changeTypes[kind] }));
      notify("workspace/didChangeWatchedFiles", { changes });
    },
    kill: () => void child.kill("SIGKILL"),
    ended,
  };
}

/** It would have npm install types of packages into a cache of its own. */
const settings = {
  suggest: { autoImports: false },
  tsserver: { automaticTypeAcquisition: { enabled: false } },
  disableAutomaticTypeAcquisition: true,
};

/** The compiler of this platform; the package has a module that finds it, and does not export that. */
export async function executable(): Promise<string> {
  const module: { default: () => string } = await import(
    new URL("lib/getExePath.js", import.meta.resolve("typescript/package.json")).href
  );
  return module.default();
}

function endOf(child: ChildProcess): Promise<string> {
  let stderr = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    stderr = (stderr + text).slice(-rememberedStderr);
  });
  return new Promise((resolve) => {
    child.on("error", (error) => resolve(error.message));
    child.on("exit", (code, signal) => resolve(stderr.trim() || `exit ${signal ?? code}`));
  });
}

const initialisation = (folderUri: string): InitializeParams => ({
  // It ends when this process is gone.
  processId: process.pid,
  rootUri: folderUri,
  workspaceFolders: [{ uri: folderUri, name: "notebook" }],
  capabilities: {
    textDocument: {
      diagnostic: {},
      completion: { completionItem: { documentationFormat: ["markdown"], labelDetailsSupport: true } },
      hover: { contentFormat: ["markdown"] },
      signatureHelp: {},
    },
    workspace: { configuration: true },
  },
});

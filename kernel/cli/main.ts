import type { HeldSignals } from "./early-signals.ts";

/** What a file with a subcommand exports. */
export type Subcommand = {
  readonly help: string;
  /** Does the work. Throws `CommandError` (install.ts) for what the user can mend. */
  readonly run: (args: string[], signals?: HeldSignals) => Promise<void>;
};

type Entry = {
  readonly summary: string;
  readonly load: () => Promise<Subcommand>;
  /** Signals that come while it is loaded are kept for it. */
  readonly holdsSignals?: true;
};

// Loaded when asked for: `quern kernel` is on the way to every first prompt.
const subcommands: { readonly [name: string]: Entry } = {
  repl: { summary: "run TypeScript at the terminal, from a file or a pipe", load: () => import("./repl.ts") },
  lab: { summary: "register the kernel and open JupyterLab", load: () => import("./lab.ts") },
  run: {
    summary: "run a notebook as a job: headless, with parameters",
    load: () => import("./run.ts"),
    holdsSignals: true,
  },
  install: {
    summary: "register the kernel with Jupyter and VS Code, or remove it",
    load: () => import("../../install.ts"),
  },
  doctor: { summary: "what is found, what is missing, and how to mend it", load: () => import("./doctor.ts") },
  convert: { summary: "convert a notebook to a script (// %%), or back", load: () => import("./convert.ts") },
  kernel: { summary: "run the kernel; Jupyter calls this", load: () => import("./kernel.ts") },
};

// Node would open its inspector, through which anyone on this machine could run code as the user.
process.on("SIGUSR1", () => {});
await main(process.argv.slice(2));

async function main([name, ...args]: string[]): Promise<void> {
  try {
    if (name === undefined || name === "--help" || name === "-h" || name === "help") return await printHelp(args[0]);
    if (name === "--version" || name === "-v") return console.log((await manifest()).version);
    const entry = Object.hasOwn(subcommands, name) ? subcommands[name] : undefined;
    if (!entry) return await refuse(name);
    if (asksForHelp(args)) return await printHelp(name);
    const signals = await beforeLoading(entry);
    await (await entry.load()).run(args, signals);
  } catch (error) {
    await report(name ?? "", error);
  }
}

async function beforeLoading(entry: Entry): Promise<HeldSignals | undefined> {
  const signals = entry.holdsSignals ? (await import("./early-signals.ts")).holdSignals() : undefined;
  if (process.env.QUERN_LAUNCHER !== undefined) (await import("./launched.ts")).followLauncher();
  return signals;
}

async function printHelp(name: string | undefined): Promise<void> {
  if (name !== undefined) {
    const entry = Object.hasOwn(subcommands, name) ? subcommands[name] : undefined;
    return entry ? console.log((await entry.load()).help) : await refuse(name);
  }
  const lines = Object.entries(subcommands).map(([name, { summary }]) => `  ${name.padEnd(10)}${summary}`);
  console.log(
    `quern ${(await manifest()).version}: a Jupyter kernel for TypeScript\n\nUsage: quern <command> [options]\n\n${lines.join("\n")}` +
      "\n\n  quern <command> --help   its options\n  quern --version          the version",
  );
}

/** Only what stands before `--` is ours; the rest belongs to the program that the subcommand starts. */
function asksForHelp(args: string[]): boolean {
  const end = args.indexOf("--");
  return (end < 0 ? args : args.slice(0, end)).some((arg) => arg === "--help" || arg === "-h");
}

async function refuse(name: string): Promise<void> {
  const { closest, distance } = await import("fastest-levenshtein");
  const nearest = closest(name, Object.keys(subcommands));
  const suggestion =
    distance(name, nearest) <= Math.min(3, Math.ceil(name.length / 2)) ? ` Did you mean "${nearest}"?` : "";
  console.error(`quern: there is no command "${name}".${suggestion} \`quern --help\` lists them.`);
  process.exitCode = 2;
}

async function report(name: string, error: unknown): Promise<void> {
  process.exitCode = 1;
  if (!(error instanceof Error)) return console.error(error);
  const { CommandError } = await import("../../install.ts");
  const code = (error as NodeJS.ErrnoException).code ?? "";
  if (error instanceof CommandError) {
    process.exitCode = error.exitCode;
    console.error(`quern ${name}: ${error.message}`);
  } else if (code.startsWith("ERR_PARSE_ARGS")) {
    process.exitCode = 2;
    console.error(
      `quern ${name}: ${error.message.replace(/[^.!?]$/, "$&.")} \`quern ${name} --help\` lists the options.`,
    );
  } else if (code === "ERR_MODULE_NOT_FOUND" && !error.message.includes("file:")) {
    console.error(
      `quern ${name}: ${error.message}\nQuern's packages are not all installed: run \`npm ci\` in its folder.`,
    );
  } else {
    console.error(error);
  }
}

async function manifest(): Promise<{ version: string }> {
  const { default: json } = await import("../../package.json", { with: { type: "json" } });
  return json;
}

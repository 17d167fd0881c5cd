/** What one session may take of the machine's memory. */
export type MemoryLimits = { readonly heapBytes: number; readonly engineBytes: number };

const MiB = 2 ** 20;
/** The rest is for the system, for the kernel, and for what a session takes beside heap and engine. */
const share = 0.85;
const heapShare = 0.3;
/** Beyond this, V8's collections are felt as pauses; large data belongs into the engine. */
const heapAtMost = 4096 * MiB;
const leastHeap = 256 * MiB;
const leastEngine = 256 * MiB;

type Machine = { readonly availableBytes: number };

/**
 * Divides the memory between JavaScript's heap and the engine, so that both at their limits leave the machine, or its
 * container, alive. QUERN_MEMORY sets the whole, QUERN_HEAP the heap's part.
 */
export function memoryLimits(
  env: NodeJS.ProcessEnv,
  log: (line: string) => void,
  { availableBytes }: Machine = machine(),
): MemoryLimits {
  const sizeOf = (name: string): number | undefined => {
    const text = env[name];
    if (text === undefined || text === "") return undefined;
    const size = parseSize(text);
    if (size === undefined) log(`${name}=${text} is no size: write 4GB or 512MB. It is ignored.`);
    return size;
  };
  const whole = sizeOf("QUERN_MEMORY") ?? availableBytes * share;
  const usual = Math.min(heapAtMost, whole * heapShare);
  const heap = Math.max(leastHeap, Math.floor(usual));
  const heapBytes = sizeOf("QUERN_HEAP") ?? nodesOwn(env) ?? heap;
  return { heapBytes, engineBytes: Math.max(leastEngine, Math.floor(whole - heapBytes)) };
}

/** "4GB", "4 GiB", "4g", "512m", or a number of bytes. A GB is 1024 MB, as it is to Node and to Spark. */
export function parseSize(text: string): number | undefined {
  const [, number, unit = ""] = /^\s*(\d+(?:\.\d+)?)\s*([kmgt]?)(?:i?b)?\s*$/i.exec(text) ?? [];
  const bytes = Math.floor(Number(number) * 1024 ** " kmgt".indexOf(unit.toLowerCase() || " "));
  return bytes > 0 ? bytes : undefined;
}

/** "4 GB", "512 MB", "3 KB". */
export function sizeText(bytes: number): string {
  const units = [
    [1024 * MiB, "GB"],
    [MiB, "MB"],
    [1024, "KB"],
  ] as const;
  const [size, unit] = units.find(([least]) => bytes >= least) ?? [1, "bytes"];
  const number = bytes / size;
  return `${Number(number.toFixed(number < 10 ? 1 : 0))} ${unit}`;
}

/** Who has told Node already need not tell Quern. */
function nodesOwn({ NODE_OPTIONS = "" }: NodeJS.ProcessEnv): number | undefined {
  const [, megabytes] = /--max[-_]old[-_]space[-_]size=(\d+)/.exec(NODE_OPTIONS) ?? [];
  return megabytes === undefined ? undefined : Number(megabytes) * MiB;
}

/** A container's limit counts whole: what its page cache holds of it now is given back when it is needed. */
function machine(): Machine {
  const { freemem } = process.getBuiltinModule("node:os");
  const constrained = process.constrainedMemory();
  return { availableBytes: constrained > 0 ? Math.min(constrained, freemem()) : freemem() };
}

/** Where memory runs out all the same, Linux ends a session before anything else of the user's. */
export function offerToOutOfMemoryKiller(pid: number | undefined): void {
  if (process.platform !== "linux" || pid === undefined) return;
  try {
    process.getBuiltinModule("node:fs").writeFileSync(`/proc/${pid}/oom_score_adj`, "800");
  } catch {
    // It has ended already, or a container does not allow it.
  }
}

/** How many processes the system has ended for want of memory; undefined where it does not tell. */
export function outOfMemoryKills(): number | undefined {
  if (process.platform !== "linux") return undefined;
  try {
    const counters = process.getBuiltinModule("node:fs").readFileSync("/proc/vmstat", "utf8");
    const [, count] = /^oom_kill (\d+)$/m.exec(counters) ?? [];
    return count === undefined ? undefined : Number(count);
  } catch {
    return undefined;
  }
}

/**
 * What the kernel gives to its session in the environment. It is taken out of there: programs that cells start are not
 * meant.
 */
function take(name: string): string | undefined {
  const value = process.env[name];
  delete process.env[name];
  return value === "" ? undefined : value;
}

/** A folder that outlives the session. */
export const kernelFolder: string | undefined = take("QUERN_FOLDER");

/** What the engine may hold in memory, as DuckDB writes it. */
export const engineMemory: string | undefined = take("QUERN_ENGINE_MEMORY");

/** Where imports of cells start, if that is not the working folder: the folder of a file that is run from elsewhere. */
export const importsFrom: string | undefined = take("QUERN_IMPORTS_FROM");

/** How many times longer than usual the kernel and its session wait for each other's parts; the user's own setting. */
export const patience: number = Number(process.env.QUERN_PATIENCE) > 0 ? Number(process.env.QUERN_PATIENCE) : 1;

/** Another process takes the place of a parent that has died. */
export const kernelPid: number = process.ppid;

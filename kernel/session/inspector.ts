/**
 * The environment without what would have Node open its inspector: it listens without any key, and whoever connects
 * runs code as the user. NODE_OPTIONS of a Jupyter server is inherited by all that it starts; it was meant for one.
 */
export function withoutInspector(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  if (!env.NODE_OPTIONS?.includes("--inspect")) return env;
  return { ...env, NODE_OPTIONS: env.NODE_OPTIONS.replace(inspectFlag, "") };
}

const inspectFlag =
  /(?<=^|\s)"?--inspect(?:[-_](?:port|publish[-_]uid)[= ][^\s"]+|[-_](?:brk|wait))?(?:=[^\s"]*)?"?(?=\s|$)/g;

/** The signal would open it, too. */
export const ignoreInspectorSignal = "--disable-sigusr1";

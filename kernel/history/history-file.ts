import { homedir } from "node:os";
import { join } from "node:path";

/** Where the history of this user lies: in the platform's folder for data of programs. */
export function historyFile(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  return join(dataFolder(env, platform), "quern", "history.sqlite");
}

function dataFolder(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  if (env.XDG_DATA_HOME) return env.XDG_DATA_HOME;
  if (platform === "win32") return env.LOCALAPPDATA ?? join(homedir(), "AppData", "Local");
  if (platform === "darwin") return join(homedir(), "Library", "Application Support");
  return join(homedir(), ".local", "share");
}

// Node keeps compiled code between starts, and TypeScript without its types: half of the kernel's start-up otherwise.
// Plain JavaScript, to be imported before the first TypeScript file, which is kept too then.
import module from "node:module";
import { homedir } from "node:os";
import { join } from "node:path";
import "../runtime/own-modules.js";

const { LOCALAPPDATA, XDG_CACHE_HOME } = process.env;
const folder =
  process.platform === "win32"
    ? join(LOCALAPPDATA ?? homedir(), "quern", "cache", "compiled")
    : join(XDG_CACHE_HOME || join(homedir(), ".cache"), "quern", "compiled");

// Where the folder cannot be written nothing is kept, and all else is the same.
module.enableCompileCache?.(folder);

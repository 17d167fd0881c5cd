import "../own-modules.js";
import { keepCompiledCode } from "./compile-cache.ts";

// The session process; started by the kernel process with the channels that protocol.ts describes. This file imports
// no more than this, so that all that follows is loaded from the cache.
keepCompiledCode();
await import("./channels.ts");

#!/usr/bin/env node
// The start of `quern`: plain JavaScript without newer syntax, since the machine's own Node may be too old for anything
// else in this folder. Node 24 is the first that runs TypeScript as it is and survives an interrupted cell.
if (Number(process.versions.node.split(".")[0]) >= 24) {
  import("../compile-cache.js").then(() => import("./main.ts"));
} else {
  import("./bundled-node.js").then((bundled) => bundled.runAgain());
}

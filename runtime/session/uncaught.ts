import { reportUncaught } from "./lifecycle.ts";
import { runOfCaller } from "./run.ts";

/** Errors that nobody catches belong to the run that caused them, and do not end the session. */
export function catchUncaught(): void {
  process.on("uncaughtException", (error) => reportUncaught(runOfCaller(), error));
  process.on("unhandledRejection", (error) => reportUncaught(runOfCaller(), error));
}

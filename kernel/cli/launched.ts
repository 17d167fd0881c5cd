/** The other end of bundled-node.js: for a process that was started by a Node too old for this one. */

/** Ends this process as SIGTERM does when its launcher ends, in whatever way; of that, cells and packages see nothing. */
export function followLauncher(): void {
  delete process.env.QUERN_LAUNCHER;
  const end = () => process.kill(process.pid, "SIGTERM");
  if (!process.connected) return void end();
  process.once("disconnect", end);
  // Whoever listens is kept alive by it.
  process.channel?.unref();
  process.send?.("listening");
}

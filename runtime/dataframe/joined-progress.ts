import type { Progress } from "../engine/engine.ts";

/** Progress of which one side knows how much there is, and the other how much it has. */
export function joined(onProgress: ((progress: Progress) => void) | undefined): (progress: Progress) => void {
  let last: Progress = {};
  return (progress) => {
    const known = Object.entries(progress).filter(([, value]) => value !== undefined);
    last = { ...last, ...Object.fromEntries(known) };
    onProgress?.(last);
  };
}

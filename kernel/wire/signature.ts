import type { Frames, Parts } from "./frames.ts";

// Not imported: that would read every getter of the module, and load what it defers; milliseconds before the first answer.
const { createHmac, timingSafeEqual } = process.getBuiltinModule("node:crypto");

declare const verified: unique symbol;
/** Frames whose signature has been checked; only {@link createSigner} makes them. */
export type VerifiedFrames = Frames & { readonly [verified]: true };

export type Verdict = VerifiedFrames | { readonly refused: string };

export type Signer = {
  /** In hexadecimal digits. */
  sign(parts: Parts): string;
  /** Each signature is accepted once: a second message with it is a replay, for every header holds an id of its own. */
  verify(frames: Frames): Verdict;
};

/** As many as a day of Tab presses; the oldest half goes when there are more. */
const rememberedSignatures = 65_536;

/** HMAC-SHA256 over the bytes as they were received. An empty key means unsigned messages. */
export function createSigner(key: string): Signer {
  if (key === "") {
    return { sign: () => "", verify: (frames) => frames as VerifiedFrames };
  }
  const sign = (parts: Parts | Frames["parts"]): string => {
    const hmac = createHmac("sha256", key);
    for (const part of parts) hmac.update(part);
    return hmac.digest("hex");
  };
  const seen = new Set<string>();
  return {
    sign,
    verify(frames) {
      const expected = Buffer.from(sign(frames.parts));
      const { signature } = frames;
      if (signature.length !== expected.length || !timingSafeEqual(signature, expected)) {
        return { refused: signature.length === 0 ? "it is not signed" : "its signature is wrong" };
      }
      const digest = signature.toString("latin1");
      if (seen.has(digest)) return { refused: "it was received before (a replay)" };
      seen.add(digest);
      if (seen.size > rememberedSignatures) forgetOldest(seen, rememberedSignatures / 2);
      return frames as VerifiedFrames;
    },
  };
}

function forgetOldest(seen: Set<string>, count: number): void {
  let left = count;
  for (const digest of seen) {
    if (left-- === 0) return;
    seen.delete(digest);
  }
}

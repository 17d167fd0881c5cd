import type { MimeBundle } from "./protocol.ts";

/** How a value looks, in every form that a front end may choose from. */
export type Bundle = { readonly data: MimeBundle; readonly metadata: MimeBundle };

export const bundle = (data: MimeBundle): Bundle => ({ data, metadata: {} });
export const text = (plain: string): Bundle => bundle({ "text/plain": plain });

/** A text without the spaces and control characters around it, as Spark's casts read it. */
export const trimmed = (text: string): string => text.replace(/^[\0-\x20\x7f]+|[\0-\x20\x7f]+$/g, "");

export type Image = {
  readonly mime: "image/png" | "image/jpeg" | "image/gif" | "image/webp";
  readonly bytes: Uint8Array;
};

/** The picture that bytes are, if they begin as one. */
export function imageOfBytes(value: unknown): Image | undefined {
  if (!(value instanceof Uint8Array)) return undefined;
  const starts = (at: number, ...codes: readonly number[]) => codes.every((code, index) => value[at + index] === code);
  if (starts(0, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return { mime: "image/png", bytes: value };
  if (starts(0, 0xff, 0xd8, 0xff)) return { mime: "image/jpeg", bytes: value };
  if (starts(0, 0x47, 0x49, 0x46, 0x38)) return { mime: "image/gif", bytes: value };
  if (starts(0, 0x52, 0x49, 0x46, 0x46) && starts(8, 0x57, 0x45, 0x42, 0x50))
    return { mime: "image/webp", bytes: value };
  return undefined;
}

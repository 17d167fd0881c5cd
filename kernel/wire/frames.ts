/** One message as it travels: `identities… <IDS|MSG> signature header parent metadata content buffers…`. */
export type Frames = {
  readonly identities: readonly Buffer[];
  /** Hexadecimal digits; empty where messages are not signed. */
  readonly signature: Buffer;
  /** The JSON of header, parent header, metadata and content. */
  readonly parts: readonly [Buffer, Buffer, Buffer, Buffer];
  readonly buffers: readonly Buffer[];
};

/** Proxies add one each. */
const mostIdentities = 32;

const delimiter = "<IDS|MSG>";
const delimiterBytes = Buffer.from(delimiter);

/** `undefined` where the frames are no Jupyter message. */
export function splitFrames(frames: readonly Buffer[]): Frames | undefined {
  const at = frames.findIndex((frame) => frame.equals(delimiterBytes));
  if (at < 0 || at > mostIdentities) return undefined;
  const [signature, header, parent, metadata, content, ...buffers] = frames.slice(at + 1);
  if (!signature || !header || !parent || !metadata || !content) return undefined;
  return { identities: frames.slice(0, at), signature, parts: [header, parent, metadata, content], buffers };
}

/** One of ours. Texts stay texts: ZeroMQ copies them, while it would lend itself bytes and have to give each back. */
export type OutgoingFrames = {
  readonly identities: readonly (Buffer | string)[];
  readonly signature: string;
  readonly parts: Parts;
  readonly buffers: readonly Buffer[];
};

/** The JSON of header, parent header, metadata and content. */
export type Parts = readonly [string, string, string, string];

export function joinFrames({ identities, signature, parts, buffers }: OutgoingFrames): (Buffer | string)[] {
  return [...identities, delimiter, signature, ...parts, ...buffers];
}

import { QuernError } from "../../errors.ts";

/** Refusals of a server for work that it had begun and knows no more. */
const midway = new WeakSet<object>();

export const noteMidway = (error: unknown): void => void midway.add(error as object);
export const isMidway = (error: unknown): boolean => midway.has(error as object);

/** A server's word for a session or operation that it does not know (any more). */
export const isUnknownHandle = (error: unknown): boolean =>
  error instanceof Error && /INVALID_HANDLE\.(?:OPERATION_NOT_FOUND|OPERATION_ABANDONED|SESSION_)/.test(error.message);

export const isUnknownOperation = (error: unknown): boolean =>
  error instanceof Error && error.message.includes("INVALID_HANDLE.OPERATION_NOT_FOUND");

/** Work that was on its way when the server lost it: a query can be run again, of a command nobody knows how far it came. */
export const LOST_MIDWAY = "LOST_MIDWAY";

/** The server refused the call since it does not know the session; nothing has been done. */
export const wasRefused = (error: unknown): boolean =>
  error instanceof QuernError && error.code.startsWith("INVALID_HANDLE.SESSION_");

export const wasLost = (error: unknown): boolean =>
  wasRefused(error) || (error instanceof QuernError && error.code === LOST_MIDWAY);

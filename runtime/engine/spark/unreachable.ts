import { Code, ConnectError } from "@connectrpc/connect";

/** UNREACHABLE may be there in a while; all else stays as it is. */
export type Reason = "UNREACHABLE" | "NO_SUCH_HOST" | "TLS" | "NOT_SPARK";

const reasons = new WeakMap<object, Reason>();

/** Why there is no connection, in words that follow "cannot be reached: ". */
export function noConnection(reason: Reason, message: string, cause?: unknown): ConnectError {
  const code = reason === "UNREACHABLE" ? Code.Unavailable : Code.FailedPrecondition;
  const error = new ConnectError(message, code, undefined, undefined, cause);
  reasons.set(error, reason);
  return error;
}

/** Of an error that `noConnection` has made. */
export const reasonOf = (error: unknown): Reason | undefined => reasons.get(error as object);

type Target = { readonly authority: string; readonly host: string; readonly isConnected: boolean };

/** Nothing was heard: of the connection, or over it. */
export const silence = (isConnected: boolean, ms: number): ConnectError =>
  isConnected
    ? noConnection("UNREACHABLE", `it takes connections, and has not said a word in ${ms / 1000} s: ${OTHER_PORT}`)
    : noConnection(
        "UNREACHABLE",
        `there was no answer in ${ms / 1000} s: a firewall, a host that is not there, or a port that does not speak TLS`,
      );

/** What Node says of a connection that failed, in words that tell the way out. */
export function unreachable(error: unknown, { authority, host, isConnected }: Target): ConnectError {
  if (reasonOf(error) !== undefined) return error as ConnectError;
  const { code = "", message = "" } = (error ?? {}) as { code?: string; message?: string };
  const isTls = authority.startsWith("https:");
  const made = (reason: Reason, text: string) => noConnection(reason, text, error);
  if (code === "ENOTFOUND") return made("NO_SUCH_HOST", `no host has the name "${host}"`);
  if (code === "EAI_AGAIN") return made("UNREACHABLE", `the name "${host}" could not be looked up`);
  if (code === "ECONNREFUSED") return made("UNREACHABLE", "nothing listens on this port");
  if (isUnknownAuthority(code))
    return made("TLS", `this machine does not know who signed its certificate (${code}). ${OWN_AUTHORITY}`);
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID")
    return made("TLS", `its certificate is for other names. ${firstLine(message)}`);
  if (code === "CERT_HAS_EXPIRED") return made("TLS", "its certificate has expired");
  if (/^CERT_|^ERR_TLS/.test(code)) return made("TLS", `its certificate is refused (${code})`);
  if (code === "ERR_SSL_WRONG_VERSION_NUMBER" || /wrong version number|packet length too long/.test(message)) {
    return made(
      "TLS",
      "it does not speak TLS, which use_ssl=true asks for, and so does a token: write use_ssl=false if the network may read along",
    );
  }
  if (/^ERR_SSL|^EPROTO/.test(code)) return made("TLS", `TLS failed: ${firstLine(message)}`);
  if (code.startsWith("ERR_HTTP2")) return made("NOT_SPARK", `what listens there speaks no HTTP/2: ${OTHER_PORT}`);
  if (isConnected || code === "ECONNRESET") {
    return made("UNREACHABLE", isTls ? "it hangs up" : `it hangs up: if it expects TLS, write use_ssl=true`);
  }
  return made("UNREACHABLE", firstLine(message) || "no reason was given");
}

const OTHER_PORT = "is this the port of Spark Connect, by default 15002?";

const OWN_AUTHORITY =
  "If you trust it, name a file with the authority's certificate in GRPC_DEFAULT_SSL_ROOTS_FILE_PATH, or in NODE_EXTRA_CA_CERTS before the start.";

const isUnknownAuthority = (code: string): boolean =>
  /^(?:SELF_SIGNED_CERT_IN_CHAIN|DEPTH_ZERO_SELF_SIGNED_CERT|UNABLE_TO_)/.test(code);

const firstLine = (message: string): string => message.split("\n")[0]?.replace(/[.\s]+$/, "") ?? "";

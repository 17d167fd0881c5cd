import { AnalysisError } from "../../errors.ts";

/** Where a Spark Connect server is, and as whom to speak to it. */
export type Connection = {
  readonly host: string;
  readonly port: number;
  readonly isTls: boolean;
  readonly token: string | undefined;
  readonly userId: string | undefined;
  readonly sessionId: string | undefined;
  readonly userAgent: string | undefined;
  /** Parameters that are none of the protocol's go as headers with every request. */
  readonly headers: { readonly [name: string]: string };
};

/**
 * Reads Spark's own format: `sc://host:15002/;token=…;user_id=…;use_ssl=true;x-header=…`. A token, or a header that looks
 * like one, means TLS, unless the server is on this machine or `use_ssl=false` asks for plain text.
 */
export function parseConnectionString(text: string): Connection {
  const match = /^sc:\/\/(\[[0-9a-fA-F:.]+\]|[^/:;@?#\s]+)(?::([^/;]*))?(?:\/?|\/;(.*))$/s.exec(text.trim());
  if (match === null) throw invalid(reasonOf(text));
  const [, host = "", port, parameters = ""] = match;
  const given = parametersOf(parameters);
  const { token, user_id, session_id, user_agent, use_ssl, grpc_max_message_size, ...headers } = given;
  if (grpc_max_message_size !== undefined && !/^\d+$/.test(grpc_max_message_size)) {
    throw invalid(`grpc_max_message_size=${grpc_max_message_size} is no number of bytes`);
  }
  if (session_id !== undefined && !UUID.test(session_id)) throw invalid(`session_id=${session_id} is no UUID`);
  if (token === "") throw invalid("the token is empty");
  return {
    host,
    port: portOf(port),
    isTls: flagOf(use_ssl) ?? (hasSecret(token, headers) && !isThisMachine(host)),
    token,
    userId: user_id,
    sessionId: session_id,
    userAgent: user_agent,
    headers: headersOf(headers),
  };
}

/** As it may be shown: without parameters. */
export const shownAddress = ({ host, port }: Connection): string => `${host}:${port}`;

export const isThisMachine = (host: string): boolean => /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/i.test(host);

const DEFAULT_PORT = 15002;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const hasSecret = (token: string | undefined, headers: object): boolean =>
  token !== undefined || Object.keys(headers).some((name) => /auth|token|secret|key|cookie/i.test(name));

function parametersOf(text: string): { [name: string]: string } {
  const found: { [name: string]: string } = {};
  for (const part of text.split(";").filter((each) => each !== "")) {
    const [, name, value] = /^([^=]+)=(.*)$/s.exec(part) ?? [];
    // The part is not shown, since it may be a piece of a token.
    if (name === undefined || value === undefined) throw invalid("a parameter has no value: write name=value");
    if (Object.hasOwn(found, name)) throw invalid(`${name} is given twice`);
    found[name] = decoded(name, value);
  }
  return found;
}

function decoded(name: string, value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    throw invalid(`${name} has a % that is no escape: write %25`);
  }
}

function portOf(text: string | undefined): number {
  if (text === undefined) return DEFAULT_PORT;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port < 1 || port > 65535) throw invalid(`"${text}" is no port`);
  return port;
}

function flagOf(text: string | undefined): boolean | undefined {
  if (text === undefined) return undefined;
  if (/^true$/i.test(text)) return true;
  if (/^false$/i.test(text)) return false;
  throw invalid(`use_ssl is true or false, not ${text}`);
}

/** Names that HTTP/2 cannot send would fail at the first request, with a message that names nothing. */
function headersOf(headers: { readonly [name: string]: string }): { readonly [name: string]: string } {
  for (const [name, value] of Object.entries(headers)) {
    if (!/^[\w.-]+$/.test(name)) throw invalid(`${JSON.stringify(name)} is neither a parameter nor a header's name`);
    if (!/^[\x20-\x7e]*$/.test(value)) throw invalid(`the header ${name} has characters that headers cannot have`);
  }
  return headers;
}

function reasonOf(text: string): string {
  const rest = text.trim();
  if (!/^sc:\/\//i.test(rest)) return 'it begins with "sc://"';
  if (/^sc:\/\/[^/]*@/i.test(rest)) return "there is no user before the host: write ;user_id=…";
  if (/^sc:\/\/[^/;]*;/.test(rest)) return 'parameters stand behind "/;"';
  if (/^sc:\/\/[^/]+\/[^;]/.test(rest)) return "there is no path behind the host: parameters begin with /;";
  return "there is no host";
}

/** The text itself is not repeated: it may hold a token. */
const invalid = (why: string) =>
  new AnalysisError(
    "CONNECTION_STRING",
    `This is no address of a Spark Connect server: ${why}. Such as: sc://host:15002/;user_id=ann;use_ssl=true`,
  );

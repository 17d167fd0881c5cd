import { readFileSync } from "node:fs";
import { type ConnectionOptions, getCACertificates } from "node:tls";
import { EngineError } from "../../errors.ts";

/** By this name Spark's other clients, which speak gRPC's library, are told of authorities. */
const VARIABLE = "GRPC_DEFAULT_SSL_ROOTS_FILE_PATH";

/** Whom to trust beside those whom Node trusts (NODE_EXTRA_CA_CERTS is among them). */
export function trust(env: NodeJS.ProcessEnv = process.env): ConnectionOptions {
  const path = env[VARIABLE];
  if (!path) return {};
  try {
    return { ca: [...getCACertificates("default"), readFileSync(path, "utf8")] };
  } catch (cause) {
    throw new EngineError("TLS", `${VARIABLE} names ${path}, which cannot be read: ${(cause as Error).message}`, {
      cause,
    });
  }
}

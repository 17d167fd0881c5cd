import { hideSecrets } from "../../runtime/secrets.ts";
import type { OutputEvent } from "./supervisor.ts";

/**
 * What people are shown, and notebooks keep: without passwords in URLs, tokens and keys, whoever has printed them. What
 * goes to a pipe, or out as JSON, is data and stays as it is.
 */
export function withoutSecrets<E extends OutputEvent>(event: E): E {
  switch (event.type) {
    case "stream":
      return { ...event, text: hideSecrets(event.text) };
    case "display":
    case "result":
      return { ...event, data: Object.fromEntries(Object.entries(event.data).map(hiddenText)) };
    default:
      return event;
  }
}

const hiddenText = ([mime, value]: [string, unknown]): [string, unknown] => [
  mime,
  mime.startsWith("text/") && typeof value === "string" ? hideSecrets(value) : value,
];

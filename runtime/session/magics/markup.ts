import { Markup } from "../../display/tags.ts";
import { display } from "../display-api.ts";
import type { MagicCall } from "./magic.ts";

/** `%%html`, `%%md`: the text below is shown as it is. */
export const showMarkup =
  (mime: Markup["mime"]) =>
  async ({ body }: MagicCall): Promise<void> => {
    await display(new Markup(mime, body));
  };

import { languageInfo } from "../language/language-info.ts";
import type { Reply, Request } from "../protocol/request.ts";
import type { Context } from "./context.ts";

export function handleKernelInfo(_request: Request, { version }: Pick<Context, "version">): Reply {
  return {
    content: {
      status: "ok",
      protocol_version: "5.5",
      implementation: "quern",
      implementation_version: version,
      language_info: languageInfo,
      banner: `Quern ${version}: TypeScript on DataFrames`,
      debugger: false,
      supported_features: ["kernel subshells"],
      help_links: [],
    },
  };
}

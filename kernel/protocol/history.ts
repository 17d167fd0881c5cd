import { fieldsOf, MalformedRequest } from "./fields.ts";

export type HistoryRequest = { readonly output: boolean } & (
  | { readonly access: "tail"; readonly count: number }
  /** `session` 0 is the running one, -1 the one before; `stop` is exclusive and undefined means to the end. */
  | {
      readonly access: "range";
      readonly session: number;
      readonly start: number;
      readonly stop: number | undefined;
    }
  /** `pattern` has the wildcards * and ?. */
  | {
      readonly access: "search";
      readonly pattern: string;
      readonly count: number | undefined;
      readonly unique: boolean;
    }
);

export function parseHistoryRequest(content: unknown): HistoryRequest {
  const fields = fieldsOf("history_request", content);
  const output = fields.flag("output", false);
  const access = fields.text("hist_access_type");
  const countOrAll = () => {
    const count = fields.integer("n", -1);
    return count < 0 ? undefined : count;
  };
  switch (access) {
    case "tail":
      return { access, output, count: fields.integer("n", 1000) };
    case "range": {
      const stop = fields.integer("stop", -1);
      return {
        access,
        output,
        session: fields.integer("session", 0),
        start: fields.integer("start", 1),
        stop: stop < 0 ? undefined : stop,
      };
    }
    case "search":
      return {
        access,
        output,
        pattern: fields.text("pattern", "*"),
        count: countOrAll(),
        unique: fields.flag("unique", false),
      };
    default:
      throw new MalformedRequest(`history_request has the access type "${access}"; there are tail, range and search`);
  }
}

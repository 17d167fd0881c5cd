import type { Templates } from "../dialect.ts";

/** A VARIANT that is null itself is one byte. */
export const variantTemplates: Templates = {
  is_variant_null: ([value]) => `coalesce(struct_extract(${value.text}, 'value') = '\\x00'::BLOB, false)`,
};

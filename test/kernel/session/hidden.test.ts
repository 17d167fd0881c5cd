import assert from "node:assert/strict";
import { test } from "node:test";
import { withoutSecrets } from "../../../kernel/session/hidden.ts";

const shown = (text: string) => ({ "text/plain": text, "text/html": `<b>${text}</b>`, "image/png": text });

test("a password in a URL is not shown, whether it was printed, displayed or is the result", () => {
  const url = "postgres://ann:hunter2@db.example.org/sales";
  const hidden = "postgres://ann:***@db.example.org/sales";
  assert.deepEqual(withoutSecrets({ type: "stream", run: 1, name: "stdout", text: `to ${url}\n` }), {
    type: "stream",
    run: 1,
    name: "stdout",
    text: `to ${hidden}\n`,
  });
  for (const type of ["display", "result"] as const) {
    const event = { type, run: 1, data: shown(url), metadata: {}, update: false };
    assert.deepEqual(withoutSecrets(event).data, { ...shown(hidden), "image/png": url });
  }
});

test("what holds no secret is shown as it is", () => {
  const text = 'price: 5, key: "a", https://example.org/a?b=c&d=e, mail@example.org, 12:30@noon';
  assert.equal(withoutSecrets({ type: "stream", run: 1, name: "stderr", text }).text, text);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { didYouMean, nearest } from "../../../runtime/plan/nearest.ts";

test("a name that is near is offered as it is written, another is not", () => {
  assert.equal(nearest("AMOUT", ["id", "Amount"]), "Amount");
  assert.equal(didYouMean("amout", ["id", "Amount"]), ' Did you mean "Amount"?');
  assert.equal(nearest("customer", ["id", "amount"]), undefined);
  assert.equal(didYouMean("customer", ["id", "amount"]), "");
  assert.equal(didYouMean("x", []), "");
});

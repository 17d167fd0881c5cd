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

test("the shorter a name is, the nearer another has to be", () => {
  const columns = ["id", "m", "yy", "name", "amount", "customer_name"];
  for (const far of ["z", "xy", "ix", "game1", "nameless", "mount_x", "customer"])
    assert.equal(nearest(far, columns), undefined, far);
  assert.equal(nearest("ID", columns), "id");
  assert.equal(nearest("idd", columns), "id");
  assert.equal(nearest("nmae", columns), "name");
  assert.equal(nearest("amonut", columns), "amount");
  assert.equal(nearest("amuont_", columns), "amount");
  assert.equal(nearest("custmer_nmae", columns), "customer_name");
});

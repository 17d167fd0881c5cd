import assert from "node:assert/strict";
import test from "node:test";
import { inspect } from "node:util";
import { parseConnectionString, shownAddress } from "../../../../runtime/engine/spark/connection-string.ts";
import { hideSecrets } from "../../../../runtime/secrets.ts";

test("an address names a host, a port and parameters, as Spark writes them", () => {
  assert.deepEqual(parseConnectionString("sc://cluster"), {
    host: "cluster",
    port: 15002,
    isTls: false,
    token: undefined,
    userId: undefined,
    sessionId: undefined,
    userAgent: undefined,
    headers: {},
  });
  const full = parseConnectionString("sc://10.0.0.7:7077/;user_id=ann;use_ssl=true;x-tenant=a%3Bb;user_agent=nightly");
  assert.equal(shownAddress(full), "10.0.0.7:7077");
  assert.equal(full.isTls, true);
  assert.equal(full.userId, "ann");
  assert.equal(full.userAgent, "nightly");
  assert.deepEqual(full.headers, { "x-tenant": "a;b" });
  assert.equal(parseConnectionString("sc://[::1]:15003/").host, "[::1]");
});

test("a token goes out over TLS, unless the server is on this machine or plain text is asked for", () => {
  const isTls = (text: string) => parseConnectionString(text).isTls;
  assert.equal(isTls("sc://cluster/;token=abc"), true);
  assert.equal(isTls("sc://cluster/;x-api-key=abc"), true);
  assert.equal(isTls("sc://localhost/;token=abc"), false);
  assert.equal(isTls("sc://localhost/;token=abc;use_ssl=true"), true);
  assert.equal(isTls("sc://cluster/;token=abc;use_ssl=false"), false);
  assert.equal(isTls("sc://localhost.example.org/;token=abc"), true);
});

test("what is no address is refused with the reason, and no error shows a token", () => {
  const refused: [string, RegExp][] = [
    ["spark://cluster:7077", /begins with "sc:\/\/"/],
    ["sc://", /there is no host/],
    ["sc://ann@cluster", /user_id/],
    ["sc://cluster;token=s3cret9", /parameters stand behind "\/;"/],
    ["sc://cluster/path;token=s3cret9", /no path/],
    ["sc://cluster:99999", /"99999" is no port/],
    ["sc://cluster:/", /is no port/],
    ["sc://cluster/;token=", /token is empty/],
    ["sc://cluster/;s3cret9", /name=value/],
    ["sc://cluster/;use_ssl=yes", /true or false/],
    ["sc://cluster/;session_id=7", /no UUID/],
    ["sc://cluster/;token=s3cret9%", /%25/],
    ["sc://cluster/;token=s3cret9;token=b", /given twice/],
  ];
  for (const [text, reason] of refused) {
    assert.throws(
      () => parseConnectionString(text),
      (error: Error) => reason.test(error.message) && !inspect(error).includes("s3cret9"),
      text,
    );
  }
});

test("an address is shown without its token", () => {
  assert.equal(
    hideSecrets("sc://cluster:15002/;token=s3cret9;user_id=ann"),
    "sc://cluster:15002/;token=***;user_id=ann",
  );
});

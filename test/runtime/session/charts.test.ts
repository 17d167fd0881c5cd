import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { stripVTControlCharacters } from "node:util";
import { SessionProcess } from "../../helpers/session-process.ts";

let session: SessionProcess;
before(() => {
  session = new SessionProcess();
});
after(() => session[Symbol.asyncDispose]());

test("what is wrong with a chart is told with the line that made the chart", async () => {
  const frame = 'const weather = createDataFrame([{ weather: "sun", n: 1 }]);\n';
  for (const [chart, message] of [
    ['weather.plot.bar({ x: "weathr" })', /The chart's field "weathr" .* Did you mean "weather"/],
    ['vega({ mark: "barr", encoding: {} }, weather)', /"barr" is no mark of Vega-Lite/],
  ] as const) {
    const { error, traceback } = await session.run(`${frame}\nvar chart = ${chart};\n1;\nchart`);
    assert.match(error?.evalue ?? "no error", message);
    assert.match(stripVTControlCharacters(traceback), /cell \[\d+\]:3:/);
  }
});

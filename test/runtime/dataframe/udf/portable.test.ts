import assert from "node:assert/strict";
import { test } from "node:test";
import { freeNames } from "../../../../runtime/dataframe/udf/free-names.ts";
import { portableSource } from "../../../../runtime/dataframe/udf/portable.ts";

type Fn = (...args: any[]) => unknown;

const k = 1;

/** Mean the same in any thread. */
const anywhere: { readonly [what: string]: Fn } = {
  "its parameters": (x) => x * 2,
  "parameters in patterns": ({ a, b: [c = a] }, ...rest) => [a, c, rest],
  "a name of its own": (x) => {
    const k = 2;
    return x * k;
  },
  "JavaScript's own": (x) => Math.abs(Number.parseFloat(JSON.stringify(x))),
  itself: function factorial(n): number {
    return n < 2 ? 1 : n * (factorial(n - 1) as number);
  },
  "an error that it catches": (x) => {
    try {
      return JSON.parse(x);
    } catch (error) {
      return String(error);
    }
  },
  "a class of its own": (x) => {
    class A {
      v = x;
      get() {
        return this.v;
      }
    }
    return new A().get();
  },
  loops: (x) => {
    let s = 0;
    for (const y of x) s += y;
    for (let i = 0; i < 3; i++) s += i;
    return s;
  },
  "properties called like names outside": (x) => ({ k: x.k }).k,
};

/** Need the thread of their variables. */
const here: { readonly [what: string]: Fn } = {
  "a name outside": (x) => x * k,
  "a name outside that a block of it declares too": (x) => {
    {
      const k = 2;
      void k;
    }
    return x * k;
  },
  "a name outside behind a loop over the same": (x) => {
    for (const k of x) void k;
    return k;
  },
  "a name outside as a default": (x, y = k) => x + y,
  "a name outside as a property": (x) => ({ x, k }),
  "a name outside as a key": (x) => x[k],
  "what Node has": () => process.pid,
  "the global object": () => (globalThis as any).x,
  "what surrounds it": (() => {
    const outer = { f: () => outer };
    return outer.f;
  })(),
  "a method": {
    m: (x: any) => x,
    n(x: any) {
      return x;
    },
  }.n,
  "a bound function": ((x: any) => x).bind(null),
  "native code": Math.abs,
};

for (const [what, fn] of Object.entries(anywhere))
  test(`a function goes to other threads that uses ${what}`, () => {
    assert.equal(portableSource(fn), String(fn));
  });

for (const [what, fn] of Object.entries(here))
  test(`a function stays that uses ${what}`, () => {
    assert.equal(portableSource(fn), undefined);
  });

test("`this` of an arrow function is from outside, of another function it is not", () => {
  assert.equal(freeNames("() => this"), undefined);
  assert.deepEqual(freeNames("function () { return this }"), new Set());
  assert.equal(freeNames("(x) => import(x)"), undefined);
  assert.equal(freeNames("m(x) { return x }"), undefined);
});

test("names of labels, and of what is hoisted, are not from outside", () => {
  assert.deepEqual(freeNames("(x) => { a: for (;;) { if (x) break a } if (x) { var q = 1 } return q }"), new Set());
});

import { createHmac } from "node:crypto";
import type { Random } from "./random.ts";

type Part = Buffer | string;

/** Frames of bad messages: unsigned ones of every kind, and signed ones whose JSON is not what the protocol wants. */
export function badMessages(random: Random, key: string) {
  let count = 0;
  const sent: Part[][] = [];
  const header = (type: string, more: object = {}) => ({
    msg_id: `fuzz-${count++}`,
    msg_type: type,
    session: "fuzz",
    username: "fuzz",
    date: "2026-01-01T00:00:00Z",
    version: "5.5",
    ...more,
  });
  const signed = (parts: readonly Part[]): Part[] => {
    const hmac = createHmac("sha256", key);
    for (const part of parts) hmac.update(part);
    return ["<IDS|MSG>", hmac.digest("hex"), ...parts];
  };
  const json = (...parts: readonly unknown[]): string[] => parts.map((part) => JSON.stringify(part));
  const good = () => json(header("kernel_info_request"), {}, {}, {});

  const unsigned: readonly (() => Part[])[] = [
    () => ["<IDS|MSG>", "", ...good()],
    () => ["<IDS|MSG>", "0".repeat(64), ...good()],
    () => ["<IDS|MSG>", random.bytes(64), ...good()],
    () => ["<IDS|MSG>", random.bytes(1 + random.below(300)), ...json(header("execute_request"), {}, {}, { code: "1" })],
    () => signed(good()).slice(0, random.below(6)),
    () => signed(good()).map((part, at) => (at === 2 ? `${part} ` : part)),
    () => signed(good()).map(() => ""),
    () => Array.from({ length: random.below(8) + 1 }, () => random.bytes(random.below(200))),
    () => Array.from({ length: 150 }, () => "x"),
    () => [...Array.from({ length: 150 }, () => "identity"), ...signed(good())],
    () => ["<IDS|MSG>", "<IDS|MSG>", "<IDS|MSG>", "<IDS|MSG>", "<IDS|MSG>", "<IDS|MSG>"],
    () => [random.bytes(2000)],
    () => (sent.length === 0 ? [""] : random.pick(sent)),
  ];

  const deep = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
  const headers: readonly (() => Part)[] = [
    () => "null",
    () => "[]",
    () => "{}",
    () => "{",
    () => "",
    () => '"text"',
    () => "1e999",
    () => random.bytes(40),
    () => deep(20_000),
    () => JSON.stringify({ ...header("kernel_info_request"), msg_id: odd(random) }),
    () => JSON.stringify({ ...header("kernel_info_request"), msg_type: odd(random) }),
    () =>
      JSON.stringify(header("kernel_info_request", { session: odd(random), date: odd(random), username: odd(random) })),
    () => `{"__proto__":{"polluted":true},"constructor":1,"msg_id":"p${count++}","msg_type":"kernel_info_request"}`,
    () => `{"msg_id":"d${count++}","msg_type":"kernel_info_request","date":${deep(20_000)}}`,
    () => `{"msg_id":"d${count++}","msg_type":"kernel_info_request","date":${deep(1500)}}`,
    () => `{"msg_id":"\\ud800${count++}","msg_type":"kernel_info_request\\udfff"}`,
    () =>
      Buffer.concat([
        Buffer.from(`{"msg_id":"u${count++}","msg_type":"`),
        Buffer.from([0xff, 0xc0, 0x80]),
        Buffer.from('"}'),
      ]),
    () => JSON.stringify(header(`a\nquern: forged line\n${"x".repeat(5000)}`)),
    () => JSON.stringify(header(random.pick(["__proto__", "constructor", "toString", "hasOwnProperty", ""]))),
  ];
  const malformed: readonly (() => Part[])[] = [
    () => signed([random.pick(headers)(), "{}", "{}", "{}"]),
    () => signed([JSON.stringify(header("kernel_info_request")), ...shuffled(random, [badPart(random), "{}", "{}"])]),
    () => signed([JSON.stringify(header("is_complete_request")), deep(50_000), "{}", "{}"]),
    () => {
      const type = random.pick(Object.keys(contents));
      const content = Object.entries(contents[type] as object);
      // One that is right would do what it says: a shutdown ends the kernel.
      const at = random.below(content.length);
      const changed = content.map(([name, value], index) => [
        name,
        index === at || random.below(3) === 0 ? odd(random) : value,
      ]);
      if (type === "shutdown_request") changed[0] = ["restart", random.pick(["yes", 1, {}, []])];
      const extra = random.below(4) === 0 ? `,"__proto__":{"silent":true}` : "";
      const text = JSON.stringify(Object.fromEntries(changed)).replace(/\}$/, `${extra}}`);
      return signed([
        JSON.stringify(header(type)),
        JSON.stringify({ msg_id: odd(random) }),
        `{"cellId":${JSON.stringify(odd(random))}}`,
        text,
      ]);
    },
  ];
  return {
    /** Refused before its JSON is read. */
    unsigned: (): Part[] => random.pick(unsigned)(),
    /** Signed, but not what the protocol asks for. */
    malformed(): Part[] {
      const frames = random.pick(malformed)();
      if (sent.length < 50) sent.push(frames);
      return frames;
    },
  };
}

/** Requests that are right; the fuzzer changes a field or several. */
const contents: { readonly [type: string]: object } = {
  execute_request: {
    code: "1",
    silent: true,
    store_history: false,
    user_expressions: {},
    allow_stdin: false,
    stop_on_error: false,
  },
  complete_request: { code: "😀.a", cursor_pos: 2 },
  inspect_request: { code: "😀.a", cursor_pos: 2, detail_level: 0 },
  is_complete_request: { code: "if (" },
  history_request: {
    hist_access_type: "tail",
    output: false,
    raw: true,
    n: 3,
    session: 0,
    start: 0,
    stop: 1,
    pattern: "*",
    unique: false,
  },
  comm_info_request: { target_name: "x" },
  comm_open: { comm_id: "c", target_name: "t", data: {} },
  comm_msg: { comm_id: "c", data: {} },
  comm_close: { comm_id: "c", data: {} },
  input_reply: { value: "x", status: "ok" },
  shutdown_request: { restart: false },
  create_subshell_request: { none: 0 },
  delete_subshell_request: { subshell_id: "x" },
  list_subshell_request: { none: 0 },
  debug_request: { seq: 1, type: "request", command: "initialize", arguments: {} },
  unheard_of_request: { a: 1 },
};

/** Of another type than anything expects, or beyond its bounds. */
const odd = (random: Random): unknown =>
  random.pick<unknown>([
    null,
    true,
    -1,
    -1e9,
    1.5,
    1e308,
    2 ** 53,
    -(2 ** 53),
    "",
    "\ud800",
    "\0\u001b[2J\n",
    "x".repeat(3000),
    [],
    [[[[]]]],
    {},
    { a: { b: 1 } },
    { "": "\udc00" },
    JSON.parse('{"__proto__":{"polluted":true}}'),
  ]);

const badPart = (random: Random): Part =>
  random.pick<Part>(["", "[]", "1", '"x"', "{", "nul", random.bytes(30), "[".repeat(90_000)]);

function shuffled<T>(random: Random, items: readonly T[]): T[] {
  const left = [...items];
  return items.map(() => left.splice(random.below(left.length), 1)[0] as T);
}

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { describe, test } from "node:test";
import { PNG } from "pngjs";
import { decode as decodeSixel } from "sixel";
import { tmux } from "../../helpers/tmux.ts";
import { seen } from "./replay.ts";
import { display, result, stream, update, watched } from "./watched.ts";

const part = tmux();
const size = { columns: 80, rows: 24 };

type Color = readonly [red: number, green: number, blue: number, alpha?: number];

/** The left half in one colour, the right in another. */
function png(width: number, height: number, left: Color = [255, 0, 0], right: Color = [0, 0, 255]): string {
  const image = new PNG({ width, height });
  for (let i = 0; i < width * height; i++) {
    const [red, green, blue, alpha = 255] = i % width < width / 2 ? left : right;
    image.data.set([red, green, blue, alpha], i * 4);
  }
  return PNG.sync.write(image).toString("base64");
}

/** Pixels that no compression makes small. */
function noise(width: number, height: number): string {
  const image = new PNG({ width, height });
  randomBytes(width * height * 4).copy(image.data);
  return PNG.sync.write(image).toString("base64");
}

/** More colours than Sixel has. */
function gradient(width: number, height: number): string {
  const image = new PNG({ width, height });
  for (let i = 0; i < width * height; i++) {
    const [x, y] = [i % width, Math.floor(i / width)];
    image.data.set([x * 2, y * 2, (x * y) % 256, 255], i * 4);
  }
  return PNG.sync.write(image).toString("base64");
}

const chart = (data: string) => ({ "image/png": data, "text/plain": "a chart" });

describe("kitty", () => {
  /** https://sw.kovidgoyal.net/kitty/graphics-protocol/#control-data-reference */
  function commands(text: string) {
    return text
      .split("\u001b_G")
      .slice(1)
      .map((rest) => {
        const [keys = "", payload = ""] = (rest.split("\u001b\\")[0] as string).split(";");
        return { keys: Object.fromEntries(keys.split(",").map((key) => key.split("="))), payload };
      });
  }

  test("the file comes in pieces of at most 4096 characters, the last of which says that it is the last", () => {
    const { screen, out } = watched({ ...size, images: "kitty" });
    const data = noise(60, 60);
    screen.show(result(chart(data)));
    const sent = commands(out());
    assert.ok(sent.length > 3);
    const [first] = sent;
    const { i, r, ...keys } = first?.keys ?? {};
    assert.deepEqual(keys, { a: "T", f: "100", C: "1", q: "2", m: "1" });
    assert.ok(Number(i) > 0 && Number(i) < 2 ** 32);
    assert.equal(r, "4");
    for (const piece of sent.slice(1, -1)) assert.deepEqual(piece.keys, { q: "2", m: "1" });
    assert.deepEqual(sent.at(-1)?.keys, { q: "2", m: "0" });
    for (const { payload } of sent.slice(0, -1)) assert.equal(payload.length, 4096);
    assert.equal(sent.map(({ payload }) => payload).join(""), data);
  });

  test("a picture that is replaced is deleted, since erasing text leaves it", () => {
    const { screen, out } = watched({ ...size, images: "kitty" });
    screen.show(display(chart(png(20, 20)), "a"));
    const [first] = commands(out());
    screen.show(update(chart(png(30, 30)), "a"));
    const [deleted, second] = commands(out());
    assert.deepEqual(deleted?.keys, { a: "d", d: "I", i: first?.keys.i, q: "2" });
    assert.notEqual(second?.keys.i, first?.keys.i);
  });

  test("what comes before, behind and below a picture stays clear of it, in the middle and at the end of the screen", {
    skip: part.skip,
  }, async () => {
    for (const above of [1, 20, 40]) {
      const { screen, both } = watched({ ...size, images: "kitty" });
      screen.show(stream(Array.from({ length: above }, (_, index) => `line ${index}\n`).join("")));
      screen.show(display(chart(png(300, 90)), "a"));
      screen.show(stream("below\n"));
      screen.show(update(chart(png(300, 54)), "a"));
      screen.show(result("1"));
      const { all } = await seen(both(), size);
      assert.match(all, new RegExp(`line ${above - 1}\n{4}below\n1$`));
    }
  });
});

describe("iTerm2", () => {
  const osc = /\]1337;File=([^:]*):([\w+/=]*)/;

  test("the file comes with its size in bytes and the cells that it may take", () => {
    const { screen, out } = watched({ ...size, images: "iterm2" });
    const data = png(450, 180);
    screen.show(result(chart(data)));
    const [, keys, payload] = osc.exec(out()) ?? [];
    const bytes = Buffer.from(data, "base64").length;
    assert.equal(keys, `inline=1;size=${bytes};width=50;height=10;preserveAspectRatio=1`);
    assert.equal(payload, data);
  });

  test("a file too long for iTerm2 is sent with fewer pixels", () => {
    const { screen, out } = watched({ columns: 20, rows: 24, images: "iterm2" });
    screen.show(result(chart(noise(600, 400))));
    const [sequence = "", keys = "", payload = ""] = osc.exec(out()) ?? [];
    assert.ok(sequence.length < 1_048_576);
    const sent = Buffer.from(payload, "base64");
    assert.match(keys, new RegExp(`;size=${sent.length};`));
    assert.ok(PNG.sync.read(sent).width <= 400);
  });
});

describe("Sixel", () => {
  /** What is within the device control string, and what is behind it. */
  const dcs = /^.P[\d;]*q(.*).\\(.*)$/s;

  test("the picture has the pixels of the file, and the next line is below it", () => {
    const { screen, out } = watched({ ...size, images: "sixel" });
    screen.show(result(chart(png(40, 12))));
    const [, data = "", behind] = dcs.exec(out()) ?? [];
    assert.equal(behind, "\r\n");
    const { width, height, data32 } = decodeSixel(data);
    assert.deepEqual([width, height], [40, 12]);
    const at = (x: number, y: number) => [...new Uint8Array(Uint32Array.of(data32[y * width + x] as number).buffer)];
    assert.deepEqual(at(3, 3), [255, 0, 0, 255]);
    assert.deepEqual(at(30, 11), [0, 0, 255, 255]);
  });

  test("a photograph has its pixels in mixed colours, and what is transparent stays so", () => {
    const { screen, out } = watched({ ...size, images: "sixel" });
    screen.show(result(chart(gradient(120, 90))));
    const photograph = decodeSixel(dcs.exec(out())?.[1] ?? "");
    assert.deepEqual([photograph.width, photograph.height], [120, 90]);
    assert.ok(new Set(photograph.data32).size > 100);
    const redAt = (x: number) => (photograph.data32[45 * 120 + x] as number) & 255;
    for (const x of [10, 60, 110]) assert.ok(Math.abs(redAt(x) - x * 2) < 40, `${redAt(x)} at ${x}`);
    screen.show(result(chart(png(40, 12, [255, 0, 0], [0, 0, 0, 0]))));
    const { data32 } = decodeSixel(dcs.exec(out())?.[1] ?? "", { fillColor: 0 });
    assert.equal(data32[39], 0);
    assert.notEqual(data32[0], 0);
  });

  test("a picture is as wide as the terminal at most, in the mean colours of what it leaves out", () => {
    const { screen, out } = watched({ columns: 10, rows: 24, images: "sixel" });
    screen.show(result(chart(png(800, 400, [200, 100, 0], [200, 100, 0]))));
    const { width, height, data32 } = decodeSixel(dcs.exec(out())?.[1] ?? "");
    assert.deepEqual([width, height], [80, 40]);
    const [red, green, blue] = new Uint8Array(Uint32Array.of(data32[20 * 80 + 40] as number).buffer);
    for (const [is, was] of [
      [red, 200],
      [green, 100],
      [blue, 0],
    ] as const)
      assert.ok(Math.abs((is ?? 0) - was) <= 4);
  });
});

describe("the size of a picture", () => {
  const cells = (data: string, room: { columns: number; rows: number }, metadata = {}) => {
    const { screen, out } = watched({ ...room, images: "iterm2" });
    screen.show(result(chart(data), { "image/png": metadata }));
    const [, width, height] = /width=(\d+);height=(\d+)/.exec(out()) ?? [];
    return [Number(width), Number(height)];
  };

  test("is its own where there is room, or that of its metadata", () => {
    assert.deepEqual(cells(png(90, 90), size), [10, 5]);
    assert.deepEqual(cells(png(180, 180), size, { width: 90, height: 90 }), [10, 5]);
  });

  test("is not more than the terminal's width and height", () => {
    const [wide = 0] = cells(png(4000, 90), size);
    assert.ok(wide > 60 && wide <= 80);
    const [, tall] = cells(png(90, 4000), size);
    assert.equal(tall, 22);
    assert.deepEqual(cells(png(1, 4000), { columns: 5, rows: 3 }), [1, 1]);
  });
});

test("what is no picture is shown as text, and pictures are not for pipes", () => {
  for (const images of ["kitty", "iterm2", "sixel"] as const) {
    const { screen, out } = watched({ ...size, images });
    for (const broken of ["", "AAAA", "not base64 at all", Buffer.alloc(100).toString("base64")]) {
      screen.show(result(chart(broken)));
      assert.equal(out(), "a chart\n");
    }
    screen.show(result("no picture"));
    assert.equal(out(), "no picture\n");
    const pipe = watched({ images });
    pipe.screen.show(result(chart(png(20, 20))));
    assert.equal(pipe.out(), "a chart\n");
  }
});

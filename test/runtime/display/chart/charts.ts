export const data = (values: readonly object[]) => ({ data: { values } });
export const nominal = (field: string) => ({ field, type: "nominal" });
export const quantitative = (field: string) => ({ field, type: "quantitative" });
export const temporal = (field: string) => ({ field, type: "temporal" });

export const letters = data([
  { name: "A", size: 3 },
  { name: "B", size: 5 },
  { name: "C", size: 1.5 },
  { name: "D", size: 4 },
]);

const points = data(
  Array.from({ length: 1000 }, (_, index) => ({
    x: Math.sin(index) * index,
    y: Math.cos(index * 1.7) * index,
    kind: index % 2 ? "odd" : "even",
    size: index % 97,
  })),
);
const days = data(
  Array.from({ length: 120 }, (_, index) => ({
    day: new Date(Date.UTC(2024, 0, 1 + Math.floor(index / 2))).toISOString().slice(0, 10),
    kind: index % 2 ? "high" : "low",
    size: 10 + (index % 2) * 20 + 5 * Math.sin(index / 10),
  })),
);
const regions = data(
  ["North", "South", "East", "West"].flatMap((region, row) =>
    ["Q1", "Q2", "Q3"].map((quarter, column) => ({ region, quarter, size: 5 + row * 3 + column })),
  ),
);
const [x, y] = [quantitative("x"), quantitative("y")];
const [region, quarter, size] = [nominal("region"), nominal("quarter"), quantitative("size")];
const count = { aggregate: "count" };
const bars = { mark: "bar", encoding: { x: quarter, y: size } };

/** One of each kind of chart. */
export const charts: { readonly [name: string]: object } = {
  bars: { ...letters, mark: "bar", encoding: { x: nominal("name"), y: size } },
  "lying bars": { ...letters, mark: "bar", title: "A title", encoding: { y: nominal("name"), x: size } },
  "bars of a given width": { ...letters, width: 500, mark: "bar", encoding: { x: nominal("name"), y: size } },
  "two lines": { ...days, mark: "line", encoding: { x: temporal("day"), y: size, color: nominal("kind") } },
  area: { ...days, mark: "area", encoding: { x: temporal("day"), y: { ...size, aggregate: "sum" } } },
  "a stack of areas": { ...days, mark: "area", encoding: { x: temporal("day"), y: size, color: nominal("kind") } },
  "a band around a line": { ...days, mark: "errorband", encoding: { x: temporal("day"), y: size } },
  "many points": { ...points, mark: "point", encoding: { x, y, color: nominal("kind") } },
  bubbles: { ...points, mark: "circle", encoding: { x, y, size, color: nominal("kind") } },
  ticks: { ...points, mark: "tick", encoding: { x, y: nominal("kind") } },
  histogram: { ...points, mark: "bar", encoding: { x: { ...x, bin: true }, y: count } },
  "a heat map of bins": {
    ...points,
    mark: "rect",
    encoding: { x: { ...x, bin: { maxbins: 40 } }, y: { ...y, bin: { maxbins: 20 } }, color: count },
  },
  "stacked bars": { ...regions, mark: "bar", encoding: { x: quarter, y: size, color: region } },
  "grouped bars": { ...regions, mark: "bar", encoding: { x: quarter, xOffset: region, y: size, color: region } },
  pie: { ...regions, mark: "arc", encoding: { theta: size, color: region } },
  "columns of charts": { ...regions, mark: "bar", encoding: { x: quarter, y: size, column: region } },
  "rows of charts": { ...regions, mark: "bar", encoding: { x: quarter, y: size, row: region } },
  "wrapped charts": { ...regions, facet: region, columns: 2, spec: bars },
  "charts side by side": { ...regions, hconcat: [bars, { mark: "point", encoding: { x: size, y: region } }] },
  "charts on top of each other": { ...regions, vconcat: [bars, { mark: "line", encoding: { x: quarter, y: size } }] },
  boxplot: { ...points, mark: "boxplot", encoding: { x: nominal("kind"), y } },
  "a lying boxplot": { ...points, mark: "boxplot", encoding: { y: nominal("kind"), x } },
  "bars with a rule": {
    ...letters,
    layer: [
      { mark: "bar", encoding: { x: nominal("name"), y: size } },
      { mark: { type: "rule", color: "red" }, encoding: { y: { ...size, aggregate: "mean" } } },
    ],
  },
  "two axes": {
    ...letters,
    layer: [
      { mark: "bar", encoding: { x: nominal("name"), y: size } },
      { mark: { type: "line", color: "red" }, encoding: { x: nominal("name"), y: { ...size, title: "again" } } },
    ],
    resolve: { scale: { y: "independent" } },
  },
  "a log scale": {
    ...data(Array.from({ length: 20 }, (_, index) => ({ x: index, y: Math.exp(index) }))),
    mark: "line",
    encoding: { x, y: { ...y, scale: { type: "log" } } },
  },
  "one point": { ...data([{ x: 1, y: 1 }]), mark: "point", encoding: { x, y } },
  "one bar": { ...data([{ name: "only", size: 3 }]), mark: "bar", encoding: { x: nominal("name"), y: size } },
  "text on colours": {
    ...regions,
    encoding: { x: quarter, y: region },
    layer: [
      { mark: "rect", encoding: { color: size } },
      { mark: "text", encoding: { text: size } },
    ],
  },
  "shapes of a map": {
    data: {
      values: [
        {
          type: "Feature",
          geometry: {
            type: "Polygon",
            coordinates: [
              [
                [0, 0],
                [0, 9],
                [9, 9],
                [9, 0],
                [0, 0],
              ],
            ],
          },
        },
      ],
    },
    mark: { type: "geoshape", fill: null, stroke: "steelblue" },
    projection: { type: "mercator" },
  },
};

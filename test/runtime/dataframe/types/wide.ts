/** A frame as wide as they come, and long chains over it. */
export const columns = 300;

const kinds = ["Sql.Long", "Sql.Double | null", "Sql.String | null", "Sql.Timestamp | null", "Sql.Decimal"];
/** Declares the frame df0, and other, which can be joined by c0. */
export const wideFrame = `const df0: DataFrame<{ ${Array.from({ length: columns }, (_, i) => `c${i}: ${kinds[i % kinds.length]}`).join("; ")} }> = null as any;
const other: DataFrame<{ c0: Sql.Long; name: Sql.String; rate: Sql.Double | null }> = null as any;`;

/** A step of each kind in turn, for chains of up to 200; the frame stays wide. */
export function stepCode(step: number): string {
  switch (step % 8) {
    case 0:
      return `.withColumns((f) => ({ u${step}: F.upper(f.c2), v${step}: f.c0.plus(f.c1) }))`;
    case 1:
      return `.withColumn("x${step}", (f) => f.c0.plus(${step}))`;
    case 2:
      return `.filter((f) => f.c1.gt(${step}).and(f.c2.like("a%")))`;
    case 3:
      return `.join(other.withColumnsRenamed({ name: "name${step}", rate: "rate${step}" }), "c0", "left")`;
    case 4:
      return `.drop("c${250 - step}")`;
    case 5:
      return `.withColumnRenamed("c${200 - step}", "r${step}")`;
    case 6:
      return `.withColumn("c1", (f) => when(f.c1.gt(0), f.c1).otherwise(f.c0))`;
    default:
      return `.join(other.groupBy("c0").agg((f) => ({ n${step}: count(), m${step}: avg(f.rate) })), (a, b) => a.c0.eq(b.c0), "inner", { suffix: "_${step}" })`;
  }
}

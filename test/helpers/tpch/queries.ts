/** The 22 queries of TPC-H 3.0.1 with their validation parameters, in the DataFrame API. https://www.tpc.org/tpch/ */
import { Decimal } from "decimal.js";
import { type DataFrame, F } from "../../../runtime/index.ts";
import type { Tables } from "./tables.ts";

const { avg, col, count, countDistinct, lit, max, min, sum, when, year } = F;

type Query = (tables: Tables) => DataFrame<any>;

const date = (text: string) => lit(Temporal.PlainDate.from(text));
const revenue = (f: any) => f.l_extendedprice.times(lit(1).minus(f.l_discount));
/** From a day, for so many months. */
const within = (column: any, start: string, months: number) =>
  column.ge(date(start)).and(column.lt(lit(Temporal.PlainDate.from(start).add({ months }))));

const q1: Query = ({ lineitem }) =>
  lineitem
    .filter((f) => f.l_shipdate.le(date("1998-09-02")))
    .groupBy("l_returnflag", "l_linestatus")
    .agg((f) => ({
      sum_qty: sum(f.l_quantity),
      sum_base_price: sum(f.l_extendedprice),
      sum_disc_price: sum(revenue(f)),
      sum_charge: sum(revenue(f).times(lit(1).plus(f.l_tax))),
      avg_qty: avg(f.l_quantity),
      avg_price: avg(f.l_extendedprice),
      avg_disc: avg(f.l_discount),
      count_order: count(),
    }))
    .orderBy("l_returnflag", "l_linestatus");

const q2: Query = ({ part, partsupp, supplier, nation, region }) => {
  const offers = region
    .filter((f) => f.r_name.eq("EUROPE"))
    .join(nation, (r, n) => r.r_regionkey.eq(n.n_regionkey))
    .join(supplier, (n, s) => n.n_nationkey.eq(s.s_nationkey))
    .join(partsupp, (s, ps) => s.s_suppkey.eq(ps.ps_suppkey));
  const lowest = offers.groupBy((f) => ({ partkey: f.ps_partkey })).agg((f) => ({ lowest: min(f.ps_supplycost) }));
  return part
    .filter((f) => f.p_size.eq(15).and(f.p_type.like("%BRASS")))
    .join(offers, (p, o) => p.p_partkey.eq(o.ps_partkey))
    .join(lowest, (o, l) => o.p_partkey.eq(l.partkey).and(o.ps_supplycost.eq(l.lowest)))
    .select("s_acctbal", "s_name", "n_name", "p_partkey", "p_mfgr", "s_address", "s_phone", "s_comment")
    .orderBy((f) => [f.s_acctbal.desc(), f.n_name, f.s_name, f.p_partkey])
    .limit(100);
};

const q3: Query = ({ customer, orders, lineitem }) =>
  customer
    .filter((f) => f.c_mktsegment.eq("BUILDING"))
    .join(
      orders.filter((f) => f.o_orderdate.lt(date("1995-03-15"))),
      (c, o) => c.c_custkey.eq(o.o_custkey),
    )
    .join(
      lineitem.filter((f) => f.l_shipdate.gt(date("1995-03-15"))),
      (o, l) => o.o_orderkey.eq(l.l_orderkey),
    )
    .groupBy("l_orderkey", "o_orderdate", "o_shippriority")
    .agg((f) => ({ revenue: sum(revenue(f)) }))
    .select("l_orderkey", "revenue", "o_orderdate", "o_shippriority")
    .orderBy((f) => [f.revenue.desc(), f.o_orderdate])
    .limit(10);

const q4: Query = ({ orders, lineitem }) =>
  orders
    .filter((f) => within(f.o_orderdate, "1993-07-01", 3))
    .join(
      lineitem.filter((f) => f.l_commitdate.lt(f.l_receiptdate)),
      (o, l) => o.o_orderkey.eq(l.l_orderkey),
      "semi",
    )
    .groupBy("o_orderpriority")
    .agg(() => ({ order_count: count() }))
    .orderBy("o_orderpriority");

const q5: Query = ({ customer, orders, lineitem, supplier, nation, region }) =>
  region
    .filter((f) => f.r_name.eq("ASIA"))
    .join(nation, (r, n) => r.r_regionkey.eq(n.n_regionkey))
    .join(supplier, (n, s) => n.n_nationkey.eq(s.s_nationkey))
    .join(lineitem, (s, l) => s.s_suppkey.eq(l.l_suppkey))
    .join(
      orders.filter((f) => within(f.o_orderdate, "1994-01-01", 12)),
      (l, o) => l.l_orderkey.eq(o.o_orderkey),
    )
    .join(customer, (o, c) => o.o_custkey.eq(c.c_custkey).and(o.s_nationkey.eq(c.c_nationkey)))
    .groupBy("n_name")
    .agg((f) => ({ revenue: sum(revenue(f)) }))
    .orderBy((f) => f.revenue.desc());

const q6: Query = ({ lineitem }) =>
  lineitem
    .filter((f) => within(f.l_shipdate, "1994-01-01", 12))
    .filter((f) => f.l_discount.between(0.05, 0.07).and(f.l_quantity.lt(24)))
    .agg((f) => ({ revenue: sum(f.l_extendedprice.times(f.l_discount)) }));

const q7: Query = ({ supplier, lineitem, orders, customer, nation }) => {
  const named = (prefix: string) =>
    nation.select((f) => ({ [`${prefix}_key`]: f.n_nationkey, [`${prefix}_nation`]: f.n_name }));
  const pair = (f: any, one: string, other: string) => f.supp_nation.eq(one).and(f.cust_nation.eq(other));
  return supplier
    .join(lineitem, (s, l) => s.s_suppkey.eq(l.l_suppkey))
    .filter((f) => f.l_shipdate.between(date("1995-01-01"), date("1996-12-31")))
    .join(orders, (l, o) => l.l_orderkey.eq(o.o_orderkey))
    .join(customer, (o, c) => o.o_custkey.eq(c.c_custkey))
    .join(named("supp"), (s, n) => s.s_nationkey.eq(n.supp_key))
    .join(named("cust"), (c, n) => c.c_nationkey.eq(n.cust_key))
    .filter((f) => pair(f, "FRANCE", "GERMANY").or(pair(f, "GERMANY", "FRANCE")))
    .groupBy((f) => ({ supp_nation: f.supp_nation, cust_nation: f.cust_nation, l_year: year(f.l_shipdate) }))
    .agg((f) => ({ revenue: sum(revenue(f)) }))
    .orderBy("supp_nation", "cust_nation", "l_year");
};

const q8: Query = ({ part, supplier, lineitem, orders, customer, nation, region }) =>
  part
    .filter((f) => f.p_type.eq("ECONOMY ANODIZED STEEL"))
    .join(lineitem, (p, l) => p.p_partkey.eq(l.l_partkey))
    .join(supplier, (l, s) => l.l_suppkey.eq(s.s_suppkey))
    .join(
      orders.filter((f) => f.o_orderdate.between(date("1995-01-01"), date("1996-12-31"))),
      (l, o) => l.l_orderkey.eq(o.o_orderkey),
    )
    .join(customer, (o, c) => o.o_custkey.eq(c.c_custkey))
    .join(
      nation
        .join(
          region.filter((f) => f.r_name.eq("AMERICA")),
          (n, r) => n.n_regionkey.eq(r.r_regionkey),
        )
        .select("n_nationkey"),
      (c, n) => c.c_nationkey.eq(n.n_nationkey),
    )
    .join(
      nation.select((f) => ({ supp_key: f.n_nationkey, nation: f.n_name })),
      (s, n) => s.s_nationkey.eq(n.supp_key),
    )
    .select((f) => ({ o_year: year(f.o_orderdate), volume: revenue(f), nation: f.nation }))
    .groupBy("o_year")
    .agg((f) => ({ mkt_share: sum(when(f.nation.eq("BRAZIL"), f.volume).otherwise(0)).div(sum(f.volume)) }))
    .orderBy("o_year");

const q9: Query = ({ part, supplier, lineitem, partsupp, orders, nation }) =>
  part
    .filter((f) => f.p_name.like("%green%"))
    .join(lineitem, (p, l) => p.p_partkey.eq(l.l_partkey))
    .join(supplier, (l, s) => l.l_suppkey.eq(s.s_suppkey))
    .join(partsupp, (l, ps) => l.l_suppkey.eq(ps.ps_suppkey).and(l.l_partkey.eq(ps.ps_partkey)))
    .join(orders, (l, o) => l.l_orderkey.eq(o.o_orderkey))
    .join(nation, (s, n) => s.s_nationkey.eq(n.n_nationkey))
    .select((f) => ({
      nation: f.n_name,
      o_year: year(f.o_orderdate),
      amount: revenue(f).minus(f.ps_supplycost.times(f.l_quantity)),
    }))
    .groupBy("nation", "o_year")
    .agg((f) => ({ sum_profit: sum(f.amount) }))
    .orderBy((f) => [f.nation, f.o_year.desc()]);

const q10: Query = ({ customer, orders, lineitem, nation }) =>
  customer
    .join(
      orders.filter((f) => within(f.o_orderdate, "1993-10-01", 3)),
      (c, o) => c.c_custkey.eq(o.o_custkey),
    )
    .join(
      lineitem.filter((f) => f.l_returnflag.eq("R")),
      (o, l) => o.o_orderkey.eq(l.l_orderkey),
    )
    .join(nation, (c, n) => c.c_nationkey.eq(n.n_nationkey))
    .groupBy("c_custkey", "c_name", "c_acctbal", "c_phone", "n_name", "c_address", "c_comment")
    .agg((f) => ({ revenue: sum(revenue(f)) }))
    .select("c_custkey", "c_name", "revenue", "c_acctbal", "n_name", "c_address", "c_phone", "c_comment")
    .orderBy((f) => f.revenue.desc())
    .limit(20);

const q11: Query = ({ partsupp, supplier, nation }) => {
  const stock = nation
    .filter((f) => f.n_name.eq("GERMANY"))
    .join(supplier, (n, s) => n.n_nationkey.eq(s.s_nationkey))
    .join(partsupp, (s, ps) => s.s_suppkey.eq(ps.ps_suppkey))
    .select((f) => ({ ps_partkey: f.ps_partkey, worth: f.ps_supplycost.times(f.ps_availqty) }));
  return stock
    .groupBy("ps_partkey")
    .agg((f) => ({ value: sum(f.worth) }))
    .crossJoin(stock.agg((f) => ({ least: sum(f.worth).times(lit(new Decimal("0.0001"))) })))
    .filter((f) => f.value.gt(f.least))
    .select("ps_partkey", "value")
    .orderBy((f) => f.value.desc());
};

const q12: Query = ({ orders, lineitem }) => {
  const urgent = (f: any) => f.o_orderpriority.isin("1-URGENT", "2-HIGH");
  return lineitem
    .filter((f) => f.l_shipmode.isin("MAIL", "SHIP").and(within(f.l_receiptdate, "1994-01-01", 12)))
    .filter((f) => f.l_commitdate.lt(f.l_receiptdate).and(f.l_shipdate.lt(f.l_commitdate)))
    .join(orders, (l, o) => l.l_orderkey.eq(o.o_orderkey))
    .groupBy("l_shipmode")
    .agg((f) => ({
      high_line_count: sum(when(urgent(f), 1).otherwise(0)),
      low_line_count: sum(when(urgent(f), 0).otherwise(1)),
    }))
    .orderBy("l_shipmode");
};

const q13: Query = ({ customer, orders }) =>
  customer
    .join(
      orders.filter((f) => f.o_comment.like("%special%requests%").not()),
      (c, o) => c.c_custkey.eq(o.o_custkey),
      "left",
    )
    .groupBy("c_custkey")
    .agg((f) => ({ c_count: count(f.o_orderkey) }))
    .groupBy("c_count")
    .agg(() => ({ custdist: count() }))
    .orderBy(col("custdist").desc(), col("c_count").desc());

const q14: Query = ({ lineitem, part }) =>
  lineitem
    .filter((f) => within(f.l_shipdate, "1995-09-01", 1))
    .join(part, (l, p) => l.l_partkey.eq(p.p_partkey))
    .agg((f) => ({
      promo_revenue: lit(100)
        .times(sum(when(f.p_type.like("PROMO%"), revenue(f)).otherwise(0)))
        .div(sum(revenue(f))),
    }));

const q15: Query = ({ lineitem, supplier }) => {
  const revenues = lineitem
    .filter((f) => within(f.l_shipdate, "1996-01-01", 3))
    .groupBy((f) => ({ supplier_no: f.l_suppkey }))
    .agg((f) => ({ total_revenue: sum(revenue(f)) }));
  return supplier
    .join(revenues, (s, r) => s.s_suppkey.eq(r.supplier_no))
    .join(
      revenues.agg((f) => ({ best: max(f.total_revenue) })),
      (r, b) => r.total_revenue.eq(b.best),
    )
    .select("s_suppkey", "s_name", "s_address", "s_phone", "total_revenue")
    .orderBy("s_suppkey");
};

const q16: Query = ({ partsupp, part, supplier }) =>
  part
    .filter((f) => f.p_brand.ne("Brand#45").and(f.p_type.like("MEDIUM POLISHED%").not()))
    .filter((f) => f.p_size.isin(49, 14, 23, 45, 19, 3, 36, 9))
    .join(partsupp, (p, ps) => p.p_partkey.eq(ps.ps_partkey))
    .join(
      supplier.filter((f) => f.s_comment.like("%Customer%Complaints%")),
      (ps, s) => ps.ps_suppkey.eq(s.s_suppkey),
      "anti",
    )
    .groupBy("p_brand", "p_type", "p_size")
    .agg((f) => ({ supplier_cnt: countDistinct(f.ps_suppkey) }))
    .orderBy((f) => [f.supplier_cnt.desc(), f.p_brand, f.p_type, f.p_size]);

const q17: Query = ({ lineitem, part }) => {
  const ofPart = lineitem.filter((f) => f.l_partkey.eq(col("p_partkey").outer()));
  const few = ofPart.agg((f) => ({ few: avg(f.l_quantity).times(lit(new Decimal("0.2"))) }));
  return part
    .filter((f) => f.p_brand.eq("Brand#23").and(f.p_container.eq("MED BOX")))
    .join(lineitem, (p, l) => p.p_partkey.eq(l.l_partkey))
    .filter((f) => f.l_quantity.lt(few.scalar()))
    .agg((f) => ({ avg_yearly: sum(f.l_extendedprice).div(lit(new Decimal("7.0"))) }));
};

const q18: Query = ({ customer, orders, lineitem }) => {
  const large = lineitem
    .groupBy((f) => ({ orderkey: f.l_orderkey }))
    .agg((f) => ({ quantity: sum(f.l_quantity) }))
    .filter((f) => f.quantity.gt(300));
  return orders
    .join(large, (o, l) => o.o_orderkey.eq(l.orderkey), "semi")
    .join(customer, (o, c) => o.o_custkey.eq(c.c_custkey))
    .join(lineitem, (o, l) => o.o_orderkey.eq(l.l_orderkey))
    .groupBy("c_name", "c_custkey", "o_orderkey", "o_orderdate", "o_totalprice")
    .agg((f) => ({ sum_qty: sum(f.l_quantity) }))
    .orderBy((f) => [f.o_totalprice.desc(), f.o_orderdate])
    .limit(100);
};

const q19: Query = ({ lineitem, part }) => {
  const bought = (f: any, brand: string, containers: string[], quantity: number, size: number) =>
    f.p_brand
      .eq(brand)
      .and(f.p_container.isin(...containers))
      .and(f.l_quantity.between(quantity, quantity + 10))
      .and(f.p_size.between(1, size));
  return lineitem
    .filter((f) => f.l_shipmode.isin("AIR", "AIR REG").and(f.l_shipinstruct.eq("DELIVER IN PERSON")))
    .join(part, (l, p) => l.l_partkey.eq(p.p_partkey))
    .filter((f) =>
      bought(f, "Brand#12", ["SM CASE", "SM BOX", "SM PACK", "SM PKG"], 1, 5)
        .or(bought(f, "Brand#23", ["MED BAG", "MED BOX", "MED PKG", "MED PACK"], 10, 10))
        .or(bought(f, "Brand#34", ["LG CASE", "LG BOX", "LG PACK", "LG PKG"], 20, 15)),
    )
    .agg((f) => ({ revenue: sum(revenue(f)) }));
};

const q20: Query = ({ supplier, nation, partsupp, part, lineitem }) => {
  const forest = part.filter((f) => f.p_name.like("forest%"));
  const shipped = lineitem
    .filter((f) => within(f.l_shipdate, "1994-01-01", 12))
    .join(forest, (l, p) => l.l_partkey.eq(p.p_partkey), "semi")
    .groupBy((f) => ({ partkey: f.l_partkey, suppkey: f.l_suppkey }))
    .agg((f) => ({ half: sum(f.l_quantity).times(lit(new Decimal("0.5"))) }));
  const excess = partsupp
    .join(shipped, (ps, s) => ps.ps_partkey.eq(s.partkey).and(ps.ps_suppkey.eq(s.suppkey)))
    .filter((f) => f.ps_availqty.gt(f.half));
  return supplier
    .join(excess, (s, e) => s.s_suppkey.eq(e.ps_suppkey), "semi")
    .join(
      nation.filter((f) => f.n_name.eq("CANADA")),
      (s, n) => s.s_nationkey.eq(n.n_nationkey),
    )
    .select("s_name", "s_address")
    .orderBy("s_name");
};

const q21: Query = ({ supplier, lineitem, orders, nation }) => {
  const late = (frame: DataFrame<any>) => frame.filter((f) => f.l_receiptdate.gt(f.l_commitdate));
  const ofAnother = lineitem.filter((f) =>
    f.l_orderkey.eq(col("l_orderkey").outer()).and(f.l_suppkey.ne(col("l_suppkey").outer())),
  );
  return late(lineitem)
    .join(
      orders.filter((f) => f.o_orderstatus.eq("F")),
      (l, o) => l.l_orderkey.eq(o.o_orderkey),
    )
    .join(supplier, (l, s) => l.l_suppkey.eq(s.s_suppkey))
    .join(
      nation.filter((f) => f.n_name.eq("SAUDI ARABIA")),
      (s, n) => s.s_nationkey.eq(n.n_nationkey),
    )
    .filter(ofAnother.exists().and(late(ofAnother).exists().not()))
    .groupBy("s_name")
    .agg(() => ({ numwait: count() }))
    .orderBy(col("numwait").desc(), col("s_name"))
    .limit(100);
};

const q22: Query = ({ customer, orders }) => {
  const called = customer
    .withColumn("cntrycode", (f) => f.c_phone.substr(1, 2))
    .filter((f) => f.cntrycode.isin("13", "31", "23", "29", "30", "18", "17"));
  return called
    .crossJoin(called.filter((f) => f.c_acctbal.gt(0)).agg((f) => ({ usual: avg(f.c_acctbal) })))
    .filter((f) => f.c_acctbal.gt(f.usual))
    .join(orders, (c, o) => c.c_custkey.eq(o.o_custkey), "anti")
    .groupBy("cntrycode")
    .agg((f) => ({ numcust: count(), totacctbal: sum(f.c_acctbal) }))
    .orderBy("cntrycode");
};

export const queries: readonly Query[] = [
  q1,
  q2,
  q3,
  q4,
  q5,
  q6,
  q7,
  q8,
  q9,
  q10,
  q11,
  q12,
  q13,
  q14,
  q15,
  q16,
  q17,
  q18,
  q19,
  q20,
  q21,
  q22,
];

import { F } from "../../../../runtime/index.ts";
import { fails, missing, named, type OfColumns, type OfFrames, type Section } from "../example.ts";

const { col, try_parse_url, parse_url } = F;

/** What java.net.URI takes and does not take. */
const urls = [
  "http://user:pw@www.example.com:8080/a/b%20c?x=1&y=2#frag",
  "https://example.com",
  "http://exa_mple.com/p?q",
  "mailto:a@b.c",
  "/rel/path?k=v",
  "http://[::1]:80/x",
  "http://1.2.3.4/",
  "//host/p",
  "http://",
  "http:///p",
  "a b",
  "http://h/a b",
  "http://ex.com?x=a|b",
  "http://ex.com/\u00fc?\u00fc=1#\u00fc",
  "",
  "?x=1",
  "#f",
  "http://user@/p",
  "http://host:/p",
  "http://host:99999/p",
  "http://host.:1/p",
  "http://-h/p",
  "http://h-/p",
  "http://1h.com/p",
  "http://h.1/p",
  "x:",
  "1:2",
  "a+b.c-d://h",
  "http://h%20x/p",
  "ftp://h/p;type=a",
  "http://h/%zz",
  "http://h?x=1&x=2&xy=3&x=",
  "HTTP://H/P",
  "http://a@b@c/p",
  "http://h/p?q?r#s#t",
  "http://h/\\p",
  "http://256.1.1.1/p",
  "http://001.2.3.04:7/p",
  "http://1.2.3/p",
  "http://h:8a/p",
  "http://h:2147483647/",
  "http://h:2147483648/",
  "http://[1]/p",
  "jdbc:mysql://h/db",
  "http://h/p?a=b c",
  "http://h/p#a^b",
  "http://\u00fch.de/p",
  "http://\u00fc@h/p",
  "http://@h/p",
  "a/b:c",
  "a:b/c?d#e",
  "./a;b=c/d",
  "http://h//a//b",
  "///a",
  "//?q",
  "x:/",
  "x:/a:b",
  "http://[1:2:3:4:5:6:7:8]/",
  "http://[1::8]:1/p",
  "http://[::ffff:1.2.3.4]/",
  "http://[1:2:3:4:5:6:7::]/",
  "http://[1:2:3:4:5:6:7:8:9]/",
  "http://[::1",
  "http://[12345::]/",
  "http://[fe80::1%eth0]/p",
  "http://[::1%]/",
  "http://u@[::1]:8/p",
  "http://a.b-.c/",
  "http://a..b/",
  "http://a.b/?[x]=1",
  "http://a.b/[x]",
  "http://h/\u00a0",
  "http://h/\u2003x",
  "http://h/\u0085",
  "http://h/\ud83d\udc4d?\ud83d\udc4d=\u65e5\u672c#\u00e9",
  "a%20b",
  "%",
  "http://h?=1&x",
  "tel:+1-2",
  "urn:a:b?c",
  "http://h/p?x=%41&y",
  "http://a,b;c=d/p",
  "http://a$b@c/",
  "http://h:0000000000000080/",
  "HTTP:",
  "h ttp://a",
];
const parts = ["HOST", "PATH", "QUERY", "REF", "PROTOCOL", "FILE", "AUTHORITY", "USERINFO", "host", "PORT"];

export const urlExamples: readonly Section[] = [
  {
    title: "URLs",
    how: "frames",
    isUnpromised: true,
    examples: [
      ...parts.map((part) =>
        named<OfFrames>(
          `f.range(1).select(F.explode(F.lit(urls)).alias("u")).withColumn("p", F.try_parse_url("u", "${part}"))`,
          (f) =>
            f
              .range(1)
              .select(F.explode(F.lit(urls)).alias("u"))
              .withColumn("p", try_parse_url("u", part)),
        ),
      ),
      ...["x", "y", "ü", ""].map((key) =>
        named<OfFrames>(
          `f.range(1).select(F.explode(F.lit(urls)).alias("u")).withColumn("v", F.try_parse_url("u", "QUERY", "${key}"))`,
          (f) =>
            f
              .range(1)
              .select(F.explode(F.lit(urls)).alias("u"))
              .withColumn("v", try_parse_url("u", "QUERY", key)),
        ),
      ),
      (f) =>
        f.texts.select(parse_url(F.concat(F.lit("https://h/"), F.url_encode("s"), F.lit("?k=v")), "PATH").alias("p")),
      (f) => f.texts.select(try_parse_url(F.concat(F.lit("https://h/"), col("s")), "FILE").alias("p")),
    ],
  },
  {
    title: "URLs that are none",
    how: "select",
    input: "maps",
    examples: [
      fails<OfColumns>("INVALID_URL", () => parse_url(F.lit("a b"), "HOST")),
      () => parse_url(F.lit(null).cast("string"), "HOST"),
      () => parse_url(F.lit("http://h/p?x=1"), "HOST", "x"),
      missing("a key that is a regular expression", () => parse_url(F.lit("http://h/p?x=1"), "QUERY", ".")),
    ],
  },
];

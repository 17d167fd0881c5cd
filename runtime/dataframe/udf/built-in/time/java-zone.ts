/** What java.time.ZoneId.SHORT_IDS adds to the names of zones. */
const SHORT_IDS: { readonly [id: string]: string } = {
  ACT: "Australia/Darwin",
  AET: "Australia/Sydney",
  AGT: "America/Argentina/Buenos_Aires",
  ART: "Africa/Cairo",
  AST: "America/Anchorage",
  BET: "America/Sao_Paulo",
  BST: "Asia/Dhaka",
  CAT: "Africa/Harare",
  CNT: "America/St_Johns",
  CST: "America/Chicago",
  CTT: "Asia/Shanghai",
  EAT: "Africa/Addis_Ababa",
  ECT: "Europe/Paris",
  IET: "America/Indiana/Indianapolis",
  IST: "Asia/Kolkata",
  JST: "Asia/Tokyo",
  MIT: "Pacific/Apia",
  NET: "Asia/Yerevan",
  NST: "Pacific/Auckland",
  PLT: "Asia/Karachi",
  PNT: "America/Phoenix",
  PRT: "America/Puerto_Rico",
  PST: "America/Los_Angeles",
  SST: "Pacific/Guadalcanal",
  VST: "Asia/Ho_Chi_Minh",
  EST: "-05:00",
  MST: "-07:00",
  HST: "-10:00",
};

/** A zone as Spark reads one in a time: seconds from UTC, or the name of a region; undefined for what is none. */
export type Zone = { readonly seconds: number } | { readonly region: string };

export function zoneOf(given: string): Zone | undefined {
  const known = zones.get(given);
  if (known !== undefined || zones.has(given)) return known;
  const found = findZone(given);
  if (zones.size < 1000) zones.set(given, found);
  return found;
}

const zones = new Map<string, Zone | undefined>();

function findZone(given: string): Zone | undefined {
  const spelled = given.replace(/([+-])(\d):/, "$10$2:").replace(/([+-])(\d\d):(\d)$/, "$1$2:0$3");
  const id = Object.hasOwn(SHORT_IDS, spelled) ? (SHORT_IDS[spelled] as string) : spelled;
  if (id === "Z" || id === "z") return { seconds: 0 };
  const offset = offsetOf(id.replace(/^(?:UTC|GMT|UT)(?=[+-])/, ""));
  if (offset !== undefined) return { seconds: offset };
  if (id === "UTC" || id === "GMT" || id === "UT") return { seconds: 0 };
  try {
    // Names are found whatever their case is, and Java's are of one.
    return Temporal.Now.zonedDateTimeISO(id).timeZoneId === id && !/^[+-]/.test(id) ? { region: id } : undefined;
  } catch {
    return undefined;
  }
}

/** +h, +hh, +hh:mm, +hhmm, +hh:mm:ss, +hhmmss; up to 18 hours. */
export function offsetOf(text: string): number | undefined {
  const match = /^([+-])(?:(\d{1,2})|(\d\d):(\d\d)(?::(\d\d))?|(\d\d)(\d\d)(\d\d)?)$/.exec(text);
  if (match === null) return undefined;
  const [
    ,
    sign,
    hour,
    hours = hour,
    minutes = "0",
    seconds = "0",
    packed = hours,
    packedMinutes = minutes,
    packedSeconds = seconds,
  ] = match;
  const [h, m, s] = [Number(packed), Number(packedMinutes), Number(packedSeconds)];
  const total = h * 3600 + m * 60 + s;
  if (m > 59 || s > 59 || total > 18 * 3600) return undefined;
  return sign === "-" ? -total : total;
}

/** The instant of a local time in a zone; in a gap as much later, in an overlap the earlier, as Java has it. */
export function instantIn(local: Temporal.PlainDateTime, zone: Zone): Temporal.Instant {
  if ("region" in zone) return local.toZonedDateTime(zone.region).toInstant();
  return local.toZonedDateTime("UTC").toInstant().subtract({ seconds: zone.seconds });
}

export const todayIn = (zone: Zone): Temporal.PlainDate =>
  "region" in zone
    ? Temporal.Now.plainDateISO(zone.region)
    : Temporal.Now.instant().add({ seconds: zone.seconds }).toZonedDateTimeISO("UTC").toPlainDate();

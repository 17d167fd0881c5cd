const units: { readonly [unit: string]: number } = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds of "90", "90s", "500ms", "1.5h", "2h30m"; undefined for what is no duration or none at all. */
export function parseDurationMs(text: string): number | undefined {
  const trimmed = text.trim();
  if (/^\d+(\.\d+)?$/.test(trimmed)) return positive(Number(trimmed) * 1000);
  if (!/^(\d+(\.\d+)?(ms|[smhd]))+$/.test(trimmed)) return undefined;
  const parts = [...trimmed.matchAll(/(\d+(?:\.\d+)?)(ms|[smhd])/g)];
  return positive(parts.reduce((sum, [, amount, unit = ""]) => sum + Number(amount) * (units[unit] ?? 0), 0));
}

const positive = (ms: number): number | undefined => (ms > 0 && Number.isFinite(ms) ? ms : undefined);

/** "0.31 s", "12.0 s", "3 min 05 s", "2 h 03 min". */
export function durationText(ms: number): string {
  if (ms < 10_000) return `${(ms / 1000).toFixed(2)} s`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  const two = (count: number) => String(count).padStart(2, "0");
  return hours > 0 ? `${hours} h ${two(minutes)} min` : `${minutes} min ${two(seconds % 60)} s`;
}

/** "4 s", "2 h 00 min", for a time that goes on. */
export const wholeSecondsText = (ms: number): string =>
  ms < 60_000 ? `${Math.floor(ms / 1000)} s` : durationText(Math.floor(ms / 1000) * 1000);

/** "0.3 s", "90 s", "2 h 00 min", for a time that was given. */
export const givenTimeText = (ms: number): string =>
  ms < 60_000 ? `${Number((ms / 1000).toPrecision(3))} s` : durationText(ms);

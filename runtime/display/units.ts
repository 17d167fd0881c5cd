/** A time as people say it: "0.3 ms", "12 ms", "1.24 s", "2 min 5 s". */
export function secondsText(seconds: number): string {
  const ms = seconds * 1000;
  if (ms < 1) return `${ms === 0 ? "0" : ms < 0.01 ? "< 0.01" : ms.toPrecision(1)} ms`;
  if (ms < 1000) return `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`;
  if (seconds < 60) return `${seconds.toFixed(seconds < 10 ? 2 : 1)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor(whole / 60) % 60} min`;
}

/** A size in units of 1024: "812 bytes", "5.3 MB". */
export function bytesText(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  const exponent = Math.min(sizes.length, Math.floor(Math.log2(bytes) / 10));
  const value = bytes / 1024 ** exponent;
  return `${value.toFixed(value < 10 ? 1 : 0)} ${sizes[exponent - 1]}`;
}

const sizes = ["KB", "MB", "GB", "TB", "PB"];

/** A count in few characters: "3.0 M", "24". */
export function shortCount(count: number): string {
  if (count < 100_000) return count.toLocaleString("en-US");
  if (count < 1e9) return `${(count / 1e6).toFixed(count < 1e7 ? 2 : 1)} M`;
  return `${(count / 1e9).toFixed(2)} billion`;
}

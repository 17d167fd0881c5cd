/**
 * Jupyter counts cursor positions in Unicode code points, JavaScript in UTF-16 units; they differ after an emoji.
 * A position beyond the text is its end.
 */
export function codePointToUtf16(text: string, codePoint: number): number {
  let utf16 = 0;
  for (let left = codePoint; left > 0 && utf16 < text.length; left--) {
    utf16 += (text.codePointAt(utf16) ?? 0) > 0xffff ? 2 : 1;
  }
  return utf16;
}

export function utf16ToCodePoint(text: string, utf16: number): number {
  let codePoint = 0;
  for (let at = 0; at < Math.min(utf16, text.length); codePoint++) {
    at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  }
  return codePoint;
}

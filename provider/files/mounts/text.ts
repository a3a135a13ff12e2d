/**
 * Returns the text of a file in UTF-8 or UTF-16, even if a UTF-16 file has no byte order mark. Windows tools write
 * UTF-16. Undefined if the file is not a text.
 */
export function searchableText(bytes: Buffer): string | undefined {
  const mark = bytes.subarray(0, 2).toString("hex");
  if (mark === "fffe" || mark === "feff") return utf16(bytes.subarray(2), mark === "feff");
  if (!bytes.includes(0)) return bytes.toString("utf8");
  const zeros = [0, 0];
  for (let at = bytes.indexOf(0); at !== -1; at = bytes.indexOf(0, at + 1)) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  const [high = 0, low = 0] = zeros;
  const isBigEndian = high > low;
  const [most, least] = isBigEndian ? [high, low] : [low, high];
  return most >= bytes.length * LEAST_ZEROS && least * 8 <= most ? utf16(bytes, isBigEndian) : undefined;
}

/**
 * A file without a byte order mark counts as UTF-16 only if at least this share of its bytes is zero. In UTF-16, each
 * Latin letter has one zero byte.
 */
const LEAST_ZEROS = 1 / 8;

function utf16(bytes: Buffer, isBigEndian: boolean): string {
  const whole = bytes.subarray(0, bytes.length - (bytes.length % 2));
  return (isBigEndian ? Buffer.from(whole).swap16() : whole).toString("utf16le");
}

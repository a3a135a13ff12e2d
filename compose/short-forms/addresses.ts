const BYTE = /^(?:0|[1-9][0-9]{0,2})$/;
const GROUP = /^[0-9A-Fa-f]{1,4}$/;

/**
 * Whether a text is an IPv4 or IPv6 address. Compose accepts no zone, such as `fe80::1%eth0`. In an IPv6 address, one
 * `::` may replace zeros, and an IPv4 address may be the last 32 bits.
 */
export function isAddress(text: string): boolean {
  return isVersion4(text) || isVersion6(text);
}

function isVersion4(text: string): boolean {
  const bytes = text.split(".");
  return bytes.length === 4 && bytes.every((byte) => BYTE.test(byte) && Number(byte) <= 255);
}

function isVersion6(text: string): boolean {
  const halves = text.split("::");
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === "" ? [] : half.split(":")));
  const last = groups.at(-1) ?? "";
  // An IPv4 address at the end counts as two groups.
  const isMixed = last.includes(".") && text.endsWith(last) && isVersion4(last);
  const count = groups.length + (isMixed ? 1 : 0);
  const isComplete = halves.length === 2 ? count < 8 : count === 8;
  return isComplete && (isMixed ? groups.slice(0, -1) : groups).every((group) => GROUP.test(group));
}

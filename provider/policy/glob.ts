/**
 * The patterns of a policy file. `*` matches any number of characters except `/`. All other characters match only
 * themselves, and upper and lower case differ. `matchesPattern` compares whole names.
 */

/** The longest pattern, in characters. With this limit, the time of a match is linear in the length of the name. */
const LONGEST_PATTERN = 256;

/** Whether a pattern matches a whole name. The time is linear in the length of the name. */
export function matchesPattern(pattern: string, name: string): boolean {
  const patterns = pattern.split("/");
  const parts = name.split("/");
  return patterns.length === parts.length && patterns.every((one, at) => matchesPart(one, parts[at] ?? ""));
}

/** Whether a pattern matches a name, or a folder that contains the name: `ghcr.io/acme` matches `ghcr.io/acme/web`. */
export function matchesPrefix(pattern: string, name: string): boolean {
  const length = pattern.split("/").length;
  return matchesPattern(pattern, name.split("/").slice(0, length).join("/"));
}

/**
 * Returns true if a pattern without `/` matches a text without `/`. Of each piece between two stars, only the first
 * occurrence is tried, because it leaves the most text for the rest of the pattern.
 */
function matchesPart(pattern: string, text: string): boolean {
  const [first = "", ...others] = pattern.split("*");
  const last = others.pop();
  if (last === undefined) return pattern === text;
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false;
  const end = text.length - last.length;
  let from = first.length;
  for (const piece of others) {
    const found = text.indexOf(piece, from);
    if (found === -1 || found + piece.length > end) return false;
    from = found + piece.length;
  }
  return true;
}

/**
 * Returns why a text is not a valid pattern, in words that follow the text in a message. Undefined for a valid pattern.
 */
export function patternError(pattern: string): string | undefined {
  if (pattern === "") return "is empty";
  if (pattern.length > LONGEST_PATTERN) return `is longer than ${LONGEST_PATTERN} characters`;
  if (/\s/.test(pattern)) return "has white space in it";
  const [special] = /[?[\]{}!\\]/.exec(pattern) ?? [];
  if (special !== undefined) return `has a ${special}, and the only special character of a pattern is *`;
  return pattern.includes("**") ? "has two stars in a row: one matches any number of characters except /" : undefined;
}

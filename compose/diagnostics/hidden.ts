/**
 * Matches characters that a reader does not see, for example control characters except tab and line feed, direction
 * marks, characters without width, and single surrogates.
 */
export const HIDDEN =
  /(?![\t\n])[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Surrogate}\u00ad\u180e\u200b\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e0fff}]/gu;

/** Returns a text on one line, with a dot in place of each hidden character and line break. */
export function withDots(text: string): string {
  return text.replace(HIDDEN, "·").replaceAll("\n", "·");
}

/**
 * Returns JSON, or YAML in double quotes, with escapes in place of hidden characters. The result has the same value for
 * a parser.
 */
export function withEscapes(json: string): string {
  return json.replace(HIDDEN, (sign) =>
    sign
      .split("")
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
      .join(""),
  );
}

/**
 * Matches the first character of a command that GitHub, Azure Pipelines and TeamCity find anywhere in a log line:
 * `##[error]`, `##vso[…]`, `##teamcity[…]`. Other commands need no check here: GitHub reads `::error::` only at the
 * beginning of a line, and the sections of GitLab need control characters.
 */
export const PIPELINE_COMMAND = /#(?=#[A-Za-z]*\[)/g;

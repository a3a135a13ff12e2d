/** Control characters, line separators, direction marks, characters without width, tags, and single surrogates. */
export const HIDDEN =
  /(?![\t\n])[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Surrogate}\u00ad\u180e\u200b\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e0fff}]/gu;

/**
 * One line of a text, with a dot for each hidden character and line break. Every other character stays in its column.
 */
export function withDots(text: string): string {
  return text.replace(HIDDEN, "·").replaceAll("\n", "·");
}

/** JSON, or YAML in double quotes, with an escape for each hidden character. Parsing it gives the same value. */
export function withEscapes(json: string): string {
  return json.replace(HIDDEN, (sign) =>
    sign
      .split("")
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
      .join(""),
  );
}

/**
 * Texts that GitHub, Azure Pipelines and TeamCity treat as a command anywhere in a log line: `##[error]`, `##vso[…]`,
 * `##teamcity[…]`. Without its first character, such a text is not a command. GitHub's `::error::` is a command only at
 * the beginning of a line or after white space there. The sections of GitLab need control characters.
 */
export const PIPELINE_COMMAND = /#(?=#[A-Za-z]*\[)/g;

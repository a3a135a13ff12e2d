// Every character keeps its column or its value.

/** What no terminal shows as a character: controls, separators of lines, marks of direction, signs without width, halves of surrogate pairs. */
export const HIDDEN =
  /(?![\t\n])[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Surrogate}\u00ad\u180e\u200b\u2060-\u206f\ufeff\ufff9-\ufffb]/gu;

/** One line of a text with a dot in place of each hidden character and line break: every other character keeps its column. */
export function withDots(text: string): string {
  return text.replace(HIDDEN, "·").replaceAll("\n", "·");
}

/** JSON, or YAML in double quotes, with each hidden character as its escape: it is read as the same value. */
export function withEscapes(json: string): string {
  return json.replace(HIDDEN, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/**
 * What GitHub, Azure Pipelines and TeamCity take for a command anywhere in a line of a log: `##[error]`, `##vso[…]`, `##teamcity[…]`. The
 * first sign is what a text has to lose. GitHub's `::error::` stands at the beginning of a line, behind white space; the sections of GitLab
 * need control characters.
 */
export const PIPELINE_COMMAND = /#(?=#[A-Za-z]*\[)/g;

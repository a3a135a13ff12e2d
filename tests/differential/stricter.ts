/** A text that both releases of Docker Compose accept and this package refuses, as a row of the documentation. */
export interface StricterRow {
  /** What this package refuses, as Markdown. */
  readonly refuses: string;
  /** Why, as Markdown. */
  readonly because: string;
  /** The code of the error. */
  readonly code: string;
  /** Texts of this kind. */
  readonly texts: readonly string[];
}

const web = (setting: string, more = "") => `services:\n  web:\n    image: i\n    ${setting}\n${more}`;

/** The rows of the second table of differences in `docs/explanation/docker-compose.md`. */
export const stricterRows: readonly StricterRow[] = [
  {
    refuses: "U+0085, U+2028, U+2029 or a byte order mark in quotes",
    because:
      "readers of YAML disagree whether the character ends a line. An escape such as `\\u2028` in double quotes is accepted",
    code: "LYC2016",
    texts: ["\u0085", "\u2028", "\u2029", "\ufeff"].flatMap((character) =>
      ['"', "'"].map((quote) => web(`labels: {a: ${quote}x${character}y${quote}}`)),
    ),
  },
  {
    refuses: "a limit of `ulimits` with `soft` above `hard`",
    because: "Docker would refuse a limit when it starts the container",
    code: "LYC2110",
    texts: [web("ulimits: {nofile: {soft: 20, hard: 10}}")],
  },
  {
    refuses: "a secret or config in use whose `file` does not exist",
    because: "the run gets the content of the file, so the file must be there at the preview",
    code: "LYC2501",
    texts: [
      web("secrets: [key]", "secrets: {key: {file: ./none}}\n"),
      web("configs: [key]", "configs: {key: {file: ./none}}\n"),
    ],
  },
];

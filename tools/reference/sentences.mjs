// How a row of the tables is put into words.

/** @typedef {import("../../provider/schema/rows.js").InputRow} InputRow */

/**
 * The default as documentation writes it; undefined where there is none.
 * @param {InputRow} row
 * @returns {string | undefined}
 */
export function defaultOf({ default: written, whenAbsent, defaultWords }) {
  if (defaultWords !== undefined) return defaultWords;
  const value = written ?? whenAbsent;
  if (value === undefined || typeof value === "object") return undefined;
  return typeof value === "string" ? `\`${value}\`` : String(value);
}

/**
 * What may be given; undefined where the type says it all.
 * @param {InputRow} row
 * @returns {string | undefined}
 */
export function limitsOf({ type }) {
  return "limits" in type ? type.limits : undefined;
}

/**
 * The text of a row, with limits, default and API field behind it.
 * @param {InputRow} row
 */
export function sentencesOf(row) {
  const [limits, fallback] = [limitsOf(row), defaultOf(row)];
  return [
    row.doc,
    ...(limits === undefined ? [] : [`Limits: ${limits}.`]),
    ...(fallback === undefined ? [] : [`Default ${fallback}.`]),
    ...(row.apiField === undefined ? [] : [`API field \`${row.apiField}\`${row.apiNote ?? ""}.`]),
  ].join(" ");
}

/**
 * A TSDoc comment: on one line where it fits.
 * @param {string} text
 * @param {string} indent
 */
export function tsdoc(text, indent = "") {
  const WIDTH = 120;
  const whole = `${indent}/** ${text} */`;
  if (whole.length <= WIDTH) return whole;
  const lines = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && `${indent} * ${line} ${word}`.length > WIDTH) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  lines.push(line);
  return [`${indent}/**`, ...lines.map((each) => `${indent} * ${each}`), `${indent} */`].join("\n");
}

/**
 * Splits a command into words, as Compose does. Quotes keep words together, and a backslash escapes the next character.
 * A `;`, `&`, `|`, `<` or `>` outside quotes ends the command. Returns `undefined` if Compose refuses the text, for
 * example because a quote is not closed.
 */
export function splitWords(text: string): string[] | undefined {
  const words: string[] = [];
  let word = "";
  let begun = false;
  let escaped = false;
  let double = false;
  let single = false;
  let back = false;
  let dollar = false;
  for (const sign of text) {
    const quoted = single || double || back || dollar;
    if (escaped) {
      word += sign;
      escaped = false;
      begun = true;
    } else if (sign === "\\") {
      if (single) word += sign;
      else escaped = true;
    } else if (sign === " " || sign === "\t" || sign === "\r" || sign === "\n") {
      if (quoted) word += sign;
      else if (begun) {
        words.push(word);
        word = "";
        begun = false;
      }
    } else if (sign === '"' && !single && !dollar) {
      begun ||= double;
      double = !double;
    } else if (sign === "'" && !double && !dollar) {
      begun ||= single;
      single = !single;
    } else if (sign === "(" && !single && !double && !back) {
      if (dollar || !word.endsWith("$")) return undefined;
      dollar = true;
      word += sign;
    } else {
      if (";&|<>".includes(sign) && !quoted) {
        // A number directly before `>` names a stream, and is not a word of the command.
        if (sign === ">" && /^[0-9]/.test(word)) begun = false;
        break;
      }
      if (sign === "`" && !single && !double && !dollar) back = !back;
      else if (sign === ")" && !single && !double && !back) dollar = !dollar;
      word += sign;
      begun = true;
    }
  }
  if (begun) words.push(word);
  return escaped || double || single || back || dollar ? undefined : words;
}

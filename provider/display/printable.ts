import { controlLength } from "./controls";

/**
 * A text as it may be shown on a terminal or in the log of a pipeline, whoever wrote it: without escape sequences, with a dot for
 * every other control or invisible character and for half of a surrogate pair, and with no line that GitHub would take for a workflow command.
 * Tabs and line breaks stay.
 */
export function printable(text: string): string {
  return withoutControls(text)
    .replace(/^([^\S\n\r\u2028\u2029]*:):/gm, "$1 :")
    .replaceAll("##[", "# #[");
}

const suspicious = /(?![\t\n])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Surrogate}]/u;

function withoutControls(text: string): string {
  if (!suspicious.test(text)) return text;
  const units = Array.from({ length: text.length }, (_none, at) => text.charCodeAt(at));
  let result = "";
  for (let at = 0; at < units.length; ) {
    const length = controlLength(units, at);
    // A whole sequence changes nothing but looks; a single character may stand where somebody has to see it.
    if (length === 0) result += text.charAt(at);
    else if (length === 1) result += "·";
    at += Math.max(1, length);
  }
  return result.replace(/\p{Surrogate}/gu, "·");
}

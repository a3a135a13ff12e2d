import { createHash } from "node:crypto";

/** The characters that begin a comment, by the extension of a file. Files with other extensions get no signature. */
const COMMENTS: Readonly<Record<string, string>> = { yml: "#", yaml: "#", sh: "#", mjs: "//", ts: "//" };

const LINE =
  /\n(?:#|\/\/) `ci init` has written this file, and updates it until somebody else changes it: ([0-9a-f]{16})\n$/;

/** Returns a text with a new last line. This line shows a later `ci init` whether somebody has changed the text. */
export function signed(path: string, text: string): string {
  const mark = COMMENTS[path.split(".").at(-1) ?? ""];
  if (mark === undefined) return text;
  return `${text}${mark} \`ci init\` has written this file, and updates it until somebody else changes it: ${digestOf(text)}\n`;
}

/**
 * Returns who has written the text of a file. `init`: `ci init`. `edited`: `ci init`, with later changes by somebody
 * else. `other`: somebody else.
 */
export function authorOf(text: string): "init" | "edited" | "other" {
  const match = LINE.exec(text);
  // If somebody adds lines at the end, the signature is no longer in the last line.
  if (match === null) return text.includes("`ci init` has written this file") ? "edited" : "other";
  return digestOf(text.slice(0, match.index + 1)) === match[1] ? "init" : "edited";
}

function digestOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

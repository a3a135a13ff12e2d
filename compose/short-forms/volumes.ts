/** The parts of a mount in short syntax. */
export interface LongVolume {
  readonly type: "bind" | "volume";
  readonly source: string;
  readonly target: string;
  readonly options: readonly string[];
}

/** Reads the short syntax `[SOURCE:]TARGET[:OPTIONS]`. Returns the parts, or the reason why the text is not a mount. */
export function readVolume(text: string): LongVolume | string {
  if (text === "") return "is empty";
  if (text.length <= 2) return { type: "volume", source: "", target: text, options: [] };
  const parts = partsOf(text);
  if (parts.some((part) => part === "")) return "has an empty part between colons";
  if (parts.length > 3) return "has too many colons";
  const [first = "", second, options = ""] = parts;
  if (second === undefined) return { type: "volume", source: "", target: first, options: [] };
  const listed = options === "" ? [] : options.split(",");
  return { type: isPath(first) ? "bind" : "volume", source: first, target: second, options: listed };
}

/**
 * Returns the parts between colons. A colon after a single letter does not count, because the letter is a Windows
 * drive.
 */
function partsOf(text: string): string[] {
  const parts: string[] = [];
  let part = "";
  for (const sign of text) {
    if (sign !== ":" || /^\p{L}$/u.test(part)) part += sign;
    else {
      parts.push(part);
      part = "";
    }
  }
  return [...parts, part];
}

/** Whether the source of a mount in short syntax is a path. Otherwise the source is the name of a volume. */
function isPath(source: string): boolean {
  return /^(?:[./~]|\\\\|\p{L}:)/u.test(source);
}

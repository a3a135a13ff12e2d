/** What the engine reports in place of a text that is not known at preview, alone or inside another text. */
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
/** What it reports in place of a secret. */
const SECRET = "[secret]";

/** The text of an input in an event of the engine; undefined where it is not a text, secret, or not known at preview. */
export function knownText(value: unknown): string | undefined {
  const isKnown = typeof value === "string" && ![UNKNOWN, SECRET].some((marker) => value.includes(marker));
  return isKnown ? value : undefined;
}

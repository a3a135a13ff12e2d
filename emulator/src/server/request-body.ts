import { malformedJson, type ValidationDetail } from "../contract/validation-details";

/** The parsed body of a request. */
export type ReadBody =
  | { readonly kind: "none" }
  | { readonly kind: "read"; readonly value: unknown }
  | { readonly kind: "malformed"; readonly detail: ValidationDetail };

const DEEPEST = 100;

/** Parses a body as FastAPI does: as JSON, or as text if the content type is not JSON. */
export function readBody(text: string | undefined, contentType: string | undefined): ReadBody {
  if (text === undefined || text === "") return { kind: "none" };
  if (contentType !== undefined && !/^application\/([^;]*\+)?json\b/i.test(contentType)) {
    return { kind: "read", value: text };
  }
  try {
    const value: unknown = JSON.parse(text);
    if (isDeeper(value, DEEPEST)) {
      return {
        kind: "malformed",
        detail: { loc: ["body"], msg: `Nested deeper than ${DEEPEST}`, type: "json_invalid" },
      };
    }
    return { kind: "read", value };
  } catch (error) {
    const position = /position (\d+)/.exec(String(error))?.[1];
    return { kind: "malformed", detail: malformedJson(Number(position ?? 0)) };
  }
}

/** Returns true if a value is nested deeper than a limit. Uses a loop, because a recursion could overflow the stack. */
function isDeeper(value: unknown, limit: number): boolean {
  let level: readonly unknown[] = [value];
  for (let depth = 0; depth <= limit; depth++) {
    level = level.flatMap((node) => (typeof node === "object" && node !== null ? Object.values(node) : []));
    if (level.length === 0) return false;
  }
  return true;
}

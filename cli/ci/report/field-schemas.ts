import type { Schema } from "./json-schema";

/** The schema of a text. */
export const text = (description: string) => ({ description, type: "string" }) as const;
/** The schema of a text or null. */
export const textOrNull = (description: string) => ({ description, type: ["string", "null"] }) as const;
/** The schema of a whole number or null. */
export const integerOrNull = (description: string) => ({ description, type: ["integer", "null"] }) as const;
/** The schema of a number or null. */
export const numberOrNull = (description: string) => ({ description, type: ["number", "null"] }) as const;
/** The schema of a value that is `true` or `false`. */
export const flag = (description: string) => ({ description, type: "boolean" }) as const;
/** The schema of a list of texts. */
export const texts = (description: string) => ({ description, type: "array", items: { type: "string" } }) as const;
/** The schema of a text that is one of `words`. */
export const oneOf = <const Words extends readonly string[]>(description: string, words: Words) =>
  ({ description, enum: words }) as const;
/** The schema of a list of objects with `properties`. */
export const listOf = <const Properties extends Readonly<Record<string, Schema>>>(
  description: string,
  properties: Properties,
) => ({ description, type: "array", items: { type: "object", properties } }) as const;

import type { Schema } from "./json-schema";

/** A text. */
export const text = (description: string) => ({ description, type: "string" }) as const;
/** A text, or null. */
export const textOrNull = (description: string) => ({ description, type: ["string", "null"] }) as const;
/** A whole number, or null. */
export const integerOrNull = (description: string) => ({ description, type: ["integer", "null"] }) as const;
/** A number, or null. */
export const numberOrNull = (description: string) => ({ description, type: ["number", "null"] }) as const;
/** True or false. */
export const flag = (description: string) => ({ description, type: "boolean" }) as const;
/** A list of texts. */
export const texts = (description: string) => ({ description, type: "array", items: { type: "string" } }) as const;
/** One of a few words. */
export const oneOf = <const Words extends readonly string[]>(description: string, words: Words) =>
  ({ description, enum: words }) as const;
/** A list of objects with these properties. */
export const listOf = <const Properties extends Readonly<Record<string, Schema>>>(
  description: string,
  properties: Properties,
) => ({ description, type: "array", items: { type: "object", properties } }) as const;

import type { ValidateFunction } from "ajv/dist/2020";
import type { Schema } from "./document";
import { laterCompiler } from "./later-compiler";

const compile = laterCompiler({ useDefaults: true });

/**
 * Checks the emulator's own input against a JSON schema. The schema is compiled when it is first used.
 * @returns a function that adds the schema's defaults to a value, and returns the errors of the value with their
 * locations
 */
export function schemaCheck(schema: Schema): (value: unknown, location?: string) => readonly string[] {
  let validate: ValidateFunction | undefined;
  return (value, location = "") => {
    validate ??= compile(schema);
    if (validate(value)) return [];
    return (validate.errors ?? []).map(({ keyword, instancePath, params, message }) => {
      const unknown = keyword === "additionalProperties" ? `/${params.additionalProperty}` : "";
      const place = `${location}${instancePath}${unknown}`.replace(/^\//, "").replaceAll("/", ".");
      if (unknown !== "") return `${place} is not known`;
      const words = keyword === "enum" ? `must be one of ${params.allowedValues.join(", ")}` : message;
      return `${place || "the body"} ${words}`;
    });
  };
}

import { Ajv2020, type Options, type ValidateFunction } from "ajv/dist/2020";
import addFormats from "ajv-formats";
import type { Schema } from "./document";

/** Compiles a JSON schema to a function that checks values. */
export type SchemaCompiler = (schema: Schema) => ValidateFunction;

/**
 * Returns a compiler of JSON schemas that reports all errors of a value. This module is loaded late, because loading
 * Ajv takes a tenth of the emulator's start.
 */
export function schemaCompiler(options: Pick<Options, "coerceTypes" | "useDefaults">): SchemaCompiler {
  const ajv = new Ajv2020({ allErrors: true, strict: false, validateSchema: false, meta: false, ...options });
  addFormats.default(ajv);
  return (schema) => ajv.compile(schema);
}

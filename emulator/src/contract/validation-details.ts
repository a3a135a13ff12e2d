import type { ErrorObject } from "ajv";

/** One entry of FastAPI's `HTTPValidationError`. */
export interface ValidationDetail {
  readonly loc: readonly (string | number)[];
  readonly msg: string;
  readonly type: string;
}

/** No answer lists more errors than this. */
export const maximumDetails = 100;

/** What a schema validator found, in FastAPI's words. `where` is `body`, `query` or `path`. */
export function validationDetails(
  errors: readonly ErrorObject[],
  where: "body" | "query" | "path",
): readonly ValidationDetail[] {
  return errors.slice(0, maximumDetails).map((error) => {
    const loc = [where, ...pointer(error.instancePath)];
    const missing: unknown = error.params.missingProperty;
    if (typeof missing === "string") return { loc: [...loc, missing], msg: "Field required", type: "missing" };
    return { loc, ...wording(error) };
  });
}

/** The body is not JSON; `position` is the character where reading stopped, if known. */
export function malformedJson(position: number): ValidationDetail {
  return { loc: ["body", position], msg: "JSON decode error", type: "json_invalid" };
}

/** There is no body though one is required. */
export const missingBody: ValidationDetail = { loc: ["body"], msg: "Field required", type: "missing" };

function wording(error: ErrorObject): { readonly msg: string; readonly type: string } {
  const limit = String(error.params.limit);
  switch (error.keyword) {
    case "type":
      return typeWording(error.params.type);
    case "minimum":
      return { msg: `Input should be greater than or equal to ${limit}`, type: "greater_than_equal" };
    case "maximum":
      return { msg: `Input should be less than or equal to ${limit}`, type: "less_than_equal" };
    case "minLength":
      return { msg: `String should have at least ${limit} character`, type: "string_too_short" };
    case "pattern":
      return { msg: `String should match pattern '${String(error.params.pattern)}'`, type: "string_pattern_mismatch" };
    default:
      return { msg: error.message ?? "Input is not valid", type: error.keyword };
  }
}

function typeWording(type: unknown): { readonly msg: string; readonly type: string } {
  const types: readonly unknown[] = Array.isArray(type) ? type : [type];
  switch (types.find((name) => name !== "null")) {
    case "string":
      return { msg: "Input should be a valid string", type: "string_type" };
    case "integer":
      return { msg: "Input should be a valid integer", type: "int_type" };
    case "boolean":
      return { msg: "Input should be a valid boolean", type: "bool_type" };
    case "array":
      return { msg: "Input should be a valid list", type: "list_type" };
    default:
      return { msg: "Input should be a valid dictionary", type: "dict_type" };
  }
}

function pointer(path: string): readonly (string | number)[] {
  return path
    .split("/")
    .slice(1)
    .map((part) => part.replace(/~1/g, "/").replace(/~0/g, "~"))
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}

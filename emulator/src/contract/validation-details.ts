import type { ErrorObject } from "ajv";

/** One error in FastAPI's `HTTPValidationError`. */
export interface ValidationDetail {
  readonly loc: readonly (string | number)[];
  readonly msg: string;
  readonly type: string;
}

/** The largest number of errors in one answer. */
const MAXIMUM_DETAILS = 100;

/** Returns the errors of a schema validator in FastAPI's wording. Each location begins with `where`. */
export function validationDetails(
  errors: readonly ErrorObject[],
  ...where: readonly string[]
): readonly ValidationDetail[] {
  return errors.slice(0, MAXIMUM_DETAILS).map((error) => {
    const loc = [...where, ...pointer(error.instancePath)];
    const missing: unknown = error.params.missingProperty;
    if (typeof missing === "string") return { loc: [...loc, missing], msg: "Field required", type: "missing" };
    return { loc, ...wording(error) };
  });
}

/** Returns the error of a body that is not JSON. `position`: the index at which parsing stopped, or 0 if unknown. */
export function malformedJson(position: number): ValidationDetail {
  return { loc: ["body", position], msg: "JSON decode error", type: "json_invalid" };
}

/** The error of a required body that is missing. */
export const MISSING_BODY: ValidationDetail = { loc: ["body"], msg: "Field required", type: "missing" };

function wording({ keyword, params, message }: ErrorObject): { readonly msg: string; readonly type: string } {
  switch (keyword) {
    case "type":
      return typeWording([params.type].flat().find((name) => name !== "null"));
    case "minimum":
      return { msg: `Input should be greater than or equal to ${params.limit}`, type: "greater_than_equal" };
    case "maximum":
      return { msg: `Input should be less than or equal to ${params.limit}`, type: "less_than_equal" };
    case "pattern":
      return { msg: `String should match pattern '${params.pattern}'`, type: "string_pattern_mismatch" };
    default:
      return { msg: message ?? "Input is not valid", type: keyword };
  }
}

const PYTHON_TYPES: Readonly<Record<string, readonly [noun: string, type: string]>> = {
  string: ["string", "string_type"],
  integer: ["integer", "int_type"],
  boolean: ["boolean", "bool_type"],
  array: ["list", "list_type"],
};

function typeWording(name: string): { readonly msg: string; readonly type: string } {
  const [noun, type] = PYTHON_TYPES[name] ?? ["dictionary", "dict_type"];
  return { msg: `Input should be a valid ${noun}`, type };
}

function pointer(path: string): readonly (string | number)[] {
  return path
    .split("/")
    .slice(1)
    .map((part) => part.replace(/~1/g, "/").replace(/~0/g, "~"))
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}

import { isMap } from "../schema";

/** A problem of a value, and the location of the problem in the value. */
export interface Problem {
  readonly path: readonly (string | number)[];
  /** Words that follow the name of the key in a message. */
  readonly words: string;
}

/** The definition of a key in a policy file: the values that it accepts, and its JSON Schema for editors. */
export interface Field {
  readonly expects: string;
  readonly problems: (value: unknown) => readonly Problem[];
  readonly schema: Readonly<Record<string, unknown>>;
  /** Whether the value is a map, or a list of maps. */
  readonly hasParts?: true;
}

/** A field that accepts or refuses a value as a whole. */
export function field(expects: string, accepts: (value: unknown) => boolean, schema: Field["schema"]): Field {
  return { expects, schema, problems: (value) => (accepts(value) ? [] : [{ path: [], words: `must be ${expects}` }]) };
}

/**
 * A field whose value is a list of texts.
 *
 * @param errorOf returns why an item is not valid, in words that follow the item in a message
 */
export function list(
  expects: string,
  errorOf: (item: string) => string | undefined,
  item: Field["schema"] = { type: "string", minLength: 1 },
): Field {
  return {
    expects,
    schema: { type: "array", minItems: 1, items: item },
    problems: (value) => {
      if (!Array.isArray(value) || value.length === 0) return [{ path: [], words: `must be ${expects}` }];
      return value.flatMap((one: unknown, at) => {
        if (typeof one !== "string" || one === "") return [{ path: [at], words: `must be ${expects}` }];
        const error = errorOf(one);
        return error === undefined ? [] : [{ path: [at], words: `has ${JSON.stringify(one)}, which ${error}` }];
      });
    },
  };
}

/** A field whose value is a map with a field for each key. Keys that are not in `optional` are required. */
export function object(what: string, fields: Readonly<Record<string, Field>>, optional: readonly string[] = []): Field {
  const names = Object.keys(fields);
  const required = names.filter((name) => !optional.includes(name));
  return {
    expects: `a map of ${names.join(", ")}`,
    hasParts: true,
    schema: {
      type: "object",
      required,
      properties: Object.fromEntries(names.map((name) => [name, fields[name]?.schema])),
      additionalProperties: false,
    },
    problems: (value) => {
      if (!isMap(value)) return [{ path: [], words: `must be a map of ${names.join(", ")}` }];
      const missing = required.filter((name) => value[name] === undefined);
      return [
        ...missing.map((name) => ({ path: [], words: `${what} has no ${name}` })),
        ...Object.entries(value).flatMap(([key, given]) => {
          const own = Object.hasOwn(fields, key) ? fields[key] : undefined;
          if (own === undefined)
            return [{ path: [key], words: `${what} has no key ${key}; it has ${names.join(", ")}` }];
          const name = own.hasParts === true ? `${key}:` : key;
          return own.problems(given).map(({ path, words }) => ({ path: [key, ...path], words: `${name} ${words}` }));
        }),
      ];
    },
  };
}

/** A field whose value is a text that matches a pattern. */
export const matching = (expects: string, pattern: RegExp, accepts: (text: string) => boolean = () => true): Field =>
  field(expects, (value) => typeof value === "string" && pattern.test(value) && accepts(value), {
    type: "string",
    pattern: pattern.source,
  });

/** A kind of argument, such as a text or a list: its description for messages, and the check of an argument. */
export interface Kind {
  /** A description of a valid value, which follows "must be" in a message. */
  readonly expected: string;
  /**
   * Returns an error message for a value, or `undefined` if the value is valid. `name` is the name of the value in the
   * message.
   */
  readonly errorOf: (value: unknown, name: string) => string | undefined;
}

/** Makes the kind of an argument from a description and a check. */
export function kind(expected: string, isValid: (value: unknown) => boolean): Kind {
  return { expected, errorOf: (value, name) => (isValid(value) ? undefined : mustBe(name, expected, value)) };
}

/** Makes a kind that also accepts `undefined`. */
export function optional({ expected, errorOf }: Kind): Kind {
  return { expected, errorOf: (value, name) => (value === undefined ? undefined : errorOf(value, name)) };
}

/**
 * Makes the kind of an argument that is an object. `members` has the kinds of some of its members. All others may have
 * any value.
 */
export function object(expected: string, members: Readonly<Record<string, Kind>> = {}): Kind {
  const kinds = Object.entries(members);
  return {
    expected,
    errorOf(value, name) {
      if (!isObject(value)) return mustBe(name, expected, value);
      for (const [key, { errorOf }] of kinds) {
        const error = errorOf(value[key], `${name}.${key}`);
        if (error !== undefined) return error;
      }
      return undefined;
    },
  };
}

/**
 * Makes the kind of an argument that is an object of options. An option that is not in `members` is an error, because a
 * misspelt option would have no effect.
 */
export function options(expected: string, members: Readonly<Record<string, Kind>>): Kind {
  const { errorOf } = object(expected, members);
  return {
    expected,
    errorOf(value, name) {
      const other = isObject(value) ? Object.keys(value).find((key) => !Object.hasOwn(members, key)) : undefined;
      if (other === undefined) return errorOf(value, name);
      return `\`${name}\` has no option \`${other}\`; the options are ${Object.keys(members).join(", ")}`;
    },
  };
}

/** Makes the kind of a list whose items all have one kind. */
export function listOf(expected: string, item: Kind): Kind {
  return {
    expected,
    errorOf(value, name) {
      if (!Array.isArray(value)) return mustBe(name, expected, value);
      for (const [index, found] of value.entries()) {
        const error = item.errorOf(found, `${name}[${index}]`);
        if (error !== undefined) return error;
      }
      return undefined;
    },
  };
}

/** Whether a value is an object that is not a list. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Returns the message for a wrong value. The message contains only the type of the value, because the value may be
 * secret.
 */
function mustBe(name: string, expected: string, value: unknown): string {
  return `\`${name}\` must be ${expected}, and it is ${typeOf(value)}`;
}

function typeOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

/** A mapping of a Compose model whose values are not validated yet. */
export type Mapping = Readonly<Record<string, unknown>>;

/** Returns whether a value is a mapping. */
export function isMapping(value: unknown): value is Mapping {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Returns the value if it is a mapping, otherwise an empty mapping. */
export function asMapping(value: unknown): Mapping {
  return isMapping(value) ? value : {};
}

/** Returns the value if it is a list, otherwise an empty list. */
export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Returns whether a value sets anything. An absent, null, false or empty value sets nothing. */
export function isSet(value: unknown): boolean {
  if (value === undefined || value === null || value === false || value === "") return false;
  if (Array.isArray(value)) return value.length > 0;
  return !isMapping(value) || Object.keys(value).length > 0;
}

/** Returns a new mapping with every value changed. A key whose new value is undefined is left out. */
export function mapValues(mapping: Mapping, change: (value: unknown, key: string) => unknown): Mapping {
  const entries = Object.entries(mapping).map(([key, value]) => [key, change(value, key)] as const);
  // `fromEntries` defines each key, so a key `__proto__` in the text stays an ordinary key.
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** Returns a new mapping without these keys. */
export function without(mapping: Mapping, keys: readonly string[]): Mapping {
  return mapValues(mapping, (value, key) => (keys.includes(key) ? undefined : value));
}

/** Returns every location in the model that matches a pattern such as `services.*.volumes.*`, and its value. */
export function locationsOf(
  model: unknown,
  pattern: string,
): readonly { readonly path: string; readonly value: unknown }[] {
  let locations: { path: string; value: unknown }[] = [{ path: "", value: model }];
  for (const step of pattern.split(".")) {
    locations = locations.flatMap(({ path, value }) =>
      stepsInto(value, step).map((at) => ({ path: path + at.path, value: at.value })),
    );
  }
  return locations.map(({ path, value }) => ({ path: path.replace(/^\./, ""), value }));
}

function stepsInto(value: unknown, step: string): { path: string; value: unknown }[] {
  if (Array.isArray(value)) {
    return step === "*" ? value.map((item: unknown, index) => ({ path: `[${index}]`, value: item })) : [];
  }
  if (!isMapping(value)) return [];
  if (step === "*") return Object.entries(value).map(([key, item]) => ({ path: `.${key}`, value: item }));
  return Object.hasOwn(value, step) ? [{ path: `.${step}`, value: value[step] }] : [];
}

/** Plain data. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** Whether a value is a mapping. */
export function isMap(value: Json | undefined): value is { [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The mapping at a key, or an empty mapping. */
export function mapAt(value: Json | undefined, key: string): { [key: string]: Json } {
  const found = isMap(value) ? value[key] : undefined;
  return isMap(found) ? found : {};
}

/** Calls `change` for every mapping and list in a value. Inner values come first. */
export function deeply(value: Json, change: (value: Json, path: readonly string[]) => Json): Json {
  const walk = (at: Json, path: readonly string[]): Json => {
    if (Array.isArray(at)) {
      return change(
        at.map((item) => walk(item, [...path, "[]"])),
        path,
      );
    }
    if (!isMap(at)) return change(at, path);
    return change(
      Object.fromEntries(Object.entries(at).map(([key, found]) => [key, walk(found, [...path, key])])),
      path,
    );
  };
  return walk(value, []);
}

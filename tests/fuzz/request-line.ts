import fc from "fast-check";
import type { ContractOperation } from "./contract";
import { anyText } from "./values";

/** Stands for the id of a run that was started before. */
export const LIVE_ID = "a-run-that-was-started";

export function methodOf(operation: ContractOperation): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 20, arbitrary: fc.constant(operation.method) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        "GET",
        "POST",
        "DELETE",
        "PUT",
        "PATCH",
        "HEAD",
        "OPTIONS",
        "TRACE",
        "PROPFIND",
        "QUERY",
      ),
    },
  );
}

export function pathOf(operation: ContractOperation): fc.Arbitrary<string> {
  const id = fc.oneof(
    { weight: 8, arbitrary: fc.constant(LIVE_ID) },
    { weight: 4, arbitrary: anyText.filter((text) => text !== "" && text.length < 3_000).map(encoded) },
    { weight: 1, arbitrary: fc.constantFrom("%", "%zz", "%2e%2e", "%2f", "a%00b", "*", ":x", ";", "x".repeat(4_000)) },
  );
  return fc.oneof(
    { weight: 12, arbitrary: id.map((one) => operation.path.replace("{execution_id}", one)) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(id, fc.constantFrom("/", "//", "/..", "/.", "%20", "?", "/more", "/%2e%2e/%2e%2e"))
        .map(([one, more]) => operation.path.replace("{execution_id}", one) + more),
    },
    {
      weight: 1,
      arbitrary: fc.array(anyText.map(encoded), { maxLength: 4 }).map((parts) => `/${parts.join("/")}`.slice(0, 6_000)),
    },
  );
}

export function queryOf(operation: ContractOperation): fc.Arbitrary<string> {
  const names = [...Object.keys(operation.query), "x", "limit"];
  const value = fc.oneof(
    fc.integer({ min: -2, max: 12_000 }).map(String),
    fc.constantFrom("", "1e3", "0x10", "99999999999999999999", "1.0", "NaN", "-1", "%201", "[]", "true"),
    anyText.filter((text) => text.length < 1_000).map(encoded),
  );
  return fc.oneof(
    { weight: 3, arbitrary: fc.constant("") },
    {
      weight: 2,
      arbitrary: fc
        .array(fc.tuple(fc.constantFrom(...names), value), { maxLength: 3 })
        .map((pairs) => `?${pairs.map(([name, one]) => `${name}=${one}`).join("&")}`),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom("?", "?&&==", "?%", "?limit", "?limit=1&limit=2", "?limit[]=1", "?__proto__=1"),
    },
  );
}

/** Half a surrogate pair cannot stand in a URL. */
export function encoded(text: string): string {
  return encodeURIComponent(Buffer.from(text).toString());
}

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

// Checks that only hosts know how their engine writes values. In the layers below the hosts, no name begins with `__`,
// and no code uses a marker of an engine. The file with the markers is in the schema, because policies read it. No
// other file of these layers may use that file.

const root = join(__dirname, "../..");
const LAYERS = [
  "provider/lifecycle",
  "provider/schema",
  "compose",
  "provider/lyceum",
  "provider/secrets",
  "provider/display",
];

/** Returns the names in a text that only a host may use. */
function hostNamesIn(text: string): string[] {
  return [
    ...[...text.matchAll(/\b__[A-Za-z]\w*/g)].map(([name]) => name).filter((name) => !OF_JAVASCRIPT.includes(name)),
    ...[...text.matchAll(/04da6b54-80e4-46f7-96ec-b56ff0331ba9|wire-forms/g)].map(([marker]) => marker),
  ];
}

const MARKERS = "provider/schema/wire-forms.ts";
/** `__PURE__` in a comment shows a bundler that it may leave out a call whose result is not used. */
const OF_JAVASCRIPT = ["__dirname", "__filename", "__proto__", "__PURE__"];

test("finds a planted name and a planted marker", () => {
  expect(hostNamesIn('const { __scope } = inputs; const code = inputs["__provider"]; join(__dirname);')).toEqual([
    "__scope",
    "__provider",
  ]);
  expect(hostNamesIn('text.includes("04da6b54-80e4-46f7-96ec-b56ff0331ba9")')).toHaveLength(1);
  expect(hostNamesIn('import { UNKNOWN_TEXT } from "../schema/wire-forms";')).toEqual(["wire-forms"]);
  const host = readFileSync(join(root, "provider/reads/recorded-names.ts"), "utf8");
  expect(hostNamesIn(host)).toContain("__resourceUrn");
});

test.each(LAYERS)("%s has none", (layer) => {
  const folder = join(root, layer);
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
    (file) => file.endsWith(".ts") && join(layer, file) !== MARKERS,
  );
  expect(files.length).toBeGreaterThan(0);
  const found = files.flatMap((file) =>
    hostNamesIn(readFileSync(join(folder, file), "utf8")).map((name) => `${file}: ${name}`),
  );
  expect(found).toEqual([]);
});

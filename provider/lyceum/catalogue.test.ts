import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CATALOGUE, reasonOf } from "./catalogue";

const page = readFileSync(join(__dirname, "../../docs/reference/errors.md"), "utf8");
const sources = readdirSync(__dirname, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts") && name !== "catalogue.ts")
  .map((name) => readFileSync(join(__dirname, name), "utf8"))
  .join("\n");

describe.each(Object.entries(CATALOGUE))("the error %s", (code, { title, remedy }) => {
  test("is in the guide with its title and remedy", () => {
    expect(page).toContain(`### ${code}: ${title}\n`);
    expect(page).toContain(remedy);
  });

  test("is used by the code", () => expect(sources).toContain(`"${code}"`));

  test("has a remedy in whole sentences", () => {
    expect(title).not.toMatch(/\.$/);
    expect(remedy).toMatch(/^[A-Z].*\.$/);
  });
});

test("each code of this module in the guide exists", () => {
  const named = [...page.matchAll(/\bLYC1\d{3}\b/g)].map(([code]) => code);
  expect(named.filter((code) => !Object.hasOwn(CATALOGUE, code))).toEqual([]);
});

test("no two errors have one code", () => {
  const codes = [...page.matchAll(/^### (LYC\d{4})/gm)].map(([, code = ""]) => code);
  expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
});

test("each code stands below the heading of its group", () => {
  const misplaced = page.split(/^## /m).flatMap((section) => {
    const [, group = ""] = /\((LYC\d+)x+\)/.exec(section) ?? [];
    const codes = [...section.matchAll(/^### (LYC\d{4})/gm)].map(([, code = ""]) => code);
    return codes.filter((code) => group === "" || !code.startsWith(group));
  });
  expect(misplaced).toEqual([]);
});

test.each([
  ["Starting failed (500). Run the same command again.", "LYC1206: Starting failed (500)"],
  ["Starting failed (500).", "LYC1206: Starting failed (500)"],
])("the reason of an error leaves its remedy out: %s", (message, reason) =>
  expect(reasonOf({ code: "LYC1206", message })).toBe(reason),
);

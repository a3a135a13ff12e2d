// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how a compose document writes a variable
import { VALIDATION_CATALOGUE } from "../validate";
import { PROJECT_CATALOGUE } from ".";
import { bundleOf, type Files, marksOf, mounting } from "./testing/bundle";
import { fixtures, withEnv } from "./testing/fixtures";

const codes = Object.keys(PROJECT_CATALOGUE).filter((code) => !Object.hasOwn(VALIDATION_CATALOGUE, code));

it.each(codes)(
  "%s has in testing/fixtures.ts a project in which it is reported at its exact position, and one without it",
  (code) => {
    const fixture = fixtures[code as keyof typeof fixtures];
    const { fails, passes, marks, options = {} } = fixture;
    expect(marksOf(bundleOf(fails, options))).toEqual(marks);
    expect(marks.some((mark) => mark.includes(code))).toBe(true);
    const passed = bundleOf(passes, options);
    expect(marksOf(passed)).toEqual([]);
    expect(passed.bundle).toBeDefined();
  },
);

it("names the options of the caller in the remedies", () => {
  const texts = { widerRoot: "Use --root.", variables: "`--variable " };
  const options = { rules: { catalogue: {}, rules: [], texts }, localFiles: "inline" } as const;
  const remedies = (files: Files) => bundleOf(files, options).diagnostics.map(({ remedy }) => remedy);
  expect(remedies({ "compose.yaml": "services: {a: {image: i, user: $A}}\n" })).toEqual([
    expect.stringMatching(/`--variable /),
  ]);
  expect(remedies({ "compose.yaml": mounting("../x:/b"), "/x": "x" })).toEqual(["Use --root."]);
});

it("follows no link out of the project folder", () => {
  const files = { "compose.yaml": withEnv("link.env"), "link.env": "-> ../secret.env", "/secret.env": "A=1\n" };
  expect(marksOf(bundleOf(files))).toEqual(["compose.yaml:4:15 LYC2503 services.a.env_file"]);
  expect(bundleOf(files, { root: "/" }).bundle).toBeDefined();
});

it("never repeats a value, and hides the lines of env files", () => {
  const bundled = bundleOf({ "compose.yaml": withEnv("x.env"), "x.env": "A='c4n4ry\n" });
  expect(JSON.stringify(bundled.diagnostics)).not.toContain("c4n4ry");
  expect(bundled.linesOf("x.env")).toBeUndefined();
  expect(bundled.linesOf("compose.yaml")).toBeDefined();
});

import { runOn } from "../testing/surface";

const clean = "services: {web: {image: nginx}}\n";
const invalid = "services:\n  web:\n    image: nginx\n    prots: [80]\n";
const override = "services:\n  web:\n    lables: {a: b}\n";

it("treats each path as a project of its own, with one count for all", () => {
  const files = { "a.yaml": invalid, "b/compose.yaml": invalid, "c.yaml": clean };
  expect(runOn("check a.yaml b c.yaml", files)).toMatchObject({
    code: 1,
    marks: ["a.yaml:4:5 LYC2105", "b/compose.yaml:4:5 LYC2105"],
    complaints: "2 errors in 3 projects",
  });
  expect(runOn("check c.yaml c.yaml -f a.yaml", files).code).toBe(2);
  expect(runOn("check c.yaml ./c.yaml b/../c.yaml", files).complaints).toBe("c.yaml: no errors");
});

it("puts a blank line between the diagnostics of two projects", () => {
  const { output } = runOn("check a.yaml b.yaml", { "a.yaml": invalid, "b.yaml": invalid });
  expect(output.split("\n\n")).toHaveLength(2);
});

it("checks a project once, however it is named", () => {
  const files = { "a/compose.yaml": invalid, "link.yaml": "-> a/compose.yaml" };
  for (const args of [
    "check a a",
    "check a a/compose.yaml",
    "check a/compose.yaml a ./a/",
    "check a/compose.yaml link.yaml",
  ]) {
    expect(runOn(args, files).marks).toHaveLength(1);
  }
});

it("checks a file with its override once, not also by itself", () => {
  const files = { "a/compose.yaml": clean, "a/compose.override.yaml": override };
  for (const args of [
    "check a",
    "check a a/compose.yaml",
    "check a/compose.yaml a/compose.override.yaml",
    "check a/compose.override.yaml a/compose.yaml",
    "check a/compose.override.yaml",
    "check a/compose*.yaml",
  ]) {
    expect(runOn(args, files).marks).toEqual(["a/compose.override.yaml:3:5 LYC2105"]);
  }
  expect(runOn("check a/compose.yaml", files).marks).toEqual([]);
  // `--file` names files of one project, and an override file alone is an ordinary file.
  expect(runOn("check --file a/compose.override.yaml", files).marks).toContain("a/compose.override.yaml:2:3 LYC2201");
  expect(runOn("check compose.override.yaml", { "compose.override.yaml": override }).marks).toHaveLength(2);
});

it("reports what two projects include once", () => {
  const files = {
    "a/compose.yaml": "include: [../common.yaml]\n",
    "b/compose.yaml": "include: [../common.yaml]\nservices: {b: {image: b}}\n",
    "common.yaml": invalid,
  };
  const { marks, complaints } = runOn("check a b --root .", files);
  expect(marks).toEqual(["common.yaml:4:5 LYC2105"]);
  expect(complaints).toBe("1 error in 2 projects");
});

it("writes one log for all projects", () => {
  const files = { "a.yaml": invalid, "b/compose.yaml": invalid };
  expect(JSON.parse(runOn("check a.yaml b --json", files).output)).toEqual([
    expect.objectContaining({ file: "a.yaml" }),
    expect.objectContaining({ file: "b/compose.yaml" }),
  ]);
  const { runs } = JSON.parse(runOn("check a.yaml b --format sarif", files).output) as {
    runs: { results: unknown[] }[];
  };
  expect(runs.map(({ results }) => results.length)).toEqual([2]);
});

it("accepts the standard input together with files", () => {
  expect(runOn("check - a.yaml", { "-": invalid, "a.yaml": invalid }).marks).toHaveLength(2);
});

it("names a pattern when a folder holds no project", () => {
  const { code, complaints } = runOn("check stacks", { "stacks/a/compose.yaml": clean });
  expect(code).toBe(2);
  expect(complaints).toContain("'stacks/**/compose.yaml'");
});

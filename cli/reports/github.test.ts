import type { Diagnostic } from "../../compose";
import { runCommandLine } from "../run";
import { fakeSurface } from "../testing/surface";
import { asGithub } from "./github";

const at = (line: number, column: number, offset = 0) => ({ line, column, offset });
const one: Diagnostic = {
  code: "LYC2105",
  severity: "error",
  message: "no key a",
  remedy: "Write `b`.",
  file: "x.yaml",
};

it.each<[string, Partial<Diagnostic>, string]>([
  ["the text as a whole", {}, "::error file=x.yaml,title=LYC2105::No key a. Write `b`."],
  [
    "a part of a line",
    { range: { start: at(4, 5), end: at(4, 9) }, severity: "warning" },
    "::warning file=x.yaml,line=4,endLine=4,col=5,endColumn=9,title=LYC2105::No key a. Write `b`.",
  ],
  [
    "several lines",
    { range: { start: at(4, 5), end: at(6, 1) } },
    "::error file=x.yaml,line=4,endLine=6,title=LYC2105::No key a. Write `b`.",
  ],
  [
    "characters that GitHub reads",
    { file: "a,b:c%\n.yaml", message: "100 %, x: y\r\nz", remedy: "Do::it ##[error]." },
    "::error file=a%2Cb%3Ac%25%0A.yaml,title=LYC2105::100 %25, x: y%0D%0Az. Do::it # #[error].",
  ],
  ["no name", { file: undefined } as never, "::error file=compose.yaml,title=LYC2105::No key a. Write `b`."],
])("annotates %s", (_what, change, line) => {
  expect(asGithub([{ ...one, ...change }], "/w")).toBe(line);
});

it("shows at most ten annotations of a severity, and the others in the log", () => {
  const errors = Array.from({ length: 13 }, (_, at): Diagnostic => ({ ...one, message: `error ${at}` }));
  const warnings = errors.slice(0, 10).map((error): Diagnostic => ({ ...error, severity: "warning" }));
  const lines = asGithub([...warnings, ...errors], "/w").split("\n");
  expect(lines.filter((line) => line.startsWith("::warning "))).toHaveLength(10);
  expect(lines.filter((line) => line.startsWith("::error "))).toHaveLength(10);
  expect(lines.slice(-5)).toEqual([
    "::error title=4 more::4 further errors, in the log of this step.",
    "x.yaml error LYC2105: Error 9. Write `b`.",
    "x.yaml error LYC2105: Error 10. Write `b`.",
    "x.yaml error LYC2105: Error 11. Write `b`.",
    "x.yaml error LYC2105: Error 12. Write `b`.",
  ]);
  const odd = { ...one, file: "::error a", message: "b\n::stop-commands::x" };
  expect(asGithub(Array(11).fill(odd), "/w").split("\n").at(-1)).toMatch(/^%3A%3Aerror a error LYC2105: B%0A/);
});

it("starts with a capital letter, unless it starts with a name", () => {
  expect(asGithub([{ ...one, message: "services.web is odd" }], "/w")).toContain("::services.web is odd. Write");
});

it("names files relative to the root of the repository", () => {
  const fileOf = (folder: string, file: string) =>
    /file=([^,]*),/.exec(asGithub([{ ...one, file }], folder, "/w"))?.[1];
  expect(fileOf("/w/deploy", "x.yaml")).toBe("deploy/x.yaml");
  expect(fileOf("/w/deploy", "../x.yaml")).toBe("x.yaml");
  expect(fileOf("/elsewhere", "x.yaml")).toBe("/elsewhere/x.yaml");
});

it("prints one line for each diagnostic, and the count for the log", () => {
  const text = "services:\n  web:\n    image: nginx\n    prots: [80]\n    privileged: true\n";
  const surface = fakeSurface({ "deploy/compose.yaml": text }, { GITHUB_WORKSPACE: "/" });
  expect(runCommandLine(["check", "deploy", "--format", "github"], surface)).toBe(1);
  expect(surface.output.join("\n").split("\n")).toEqual([
    "::error file=project/deploy/compose.yaml,line=4,endLine=4,col=5,endColumn=10,title=LYC2105::Compose has no key prots here. Did you mean `ports`?",
    expect.stringMatching(/^::warning file=project\/deploy\/compose\.yaml,line=5,/),
  ]);
  expect(surface.complaints).toEqual(["deploy/compose.yaml: 1 error, 1 warning"]);
});

it("prints no file name as a command for the log", () => {
  const name = "a\n::stop-commands::x\u009b31m\u202e##[error],title=b.yaml";
  const surface = fakeSurface({ [name]: "services:\n  web:\n    image: nginx\n    prots: [80]\n" });
  expect(runCommandLine(["check", name, "--format", "github"], surface)).toBe(1);
  const output = surface.output.join("\n");
  expect(output).toMatch(/^::error file=a%0A%3A%3Astop-commands%3A%3Ax[^,\n]*%2Ctitle=b\.yaml,line=4,[^\n]*$/);
  expect(output).not.toMatch(/##\[|[\p{Cc}\p{Bidi_Control}]/u);
  expect(surface.complaints.join("\n")).not.toMatch(/^\s*::|##\[/m);
});

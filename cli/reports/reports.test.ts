// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how a compose document writes a variable
import { validateCompose } from "../../compose";
import { COMPOSE_CATALOGUE, rulesOfText } from "../../provider/compose-rules";
import { runCommandLine } from "../run";
import { fakeSurface } from "../testing/surface";
import { asJson } from "./json";
import { asSarif } from "./sarif";

const text = "services:\n  web:\n    image: nginx\n    prots: [80]\n    privileged: true\n    tty: maybe\n";
const { diagnostics } = validateCompose(text, { ...rulesOfText(), file: "with space/compose.yaml" });

interface Log {
  readonly version: string;
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly Record<string, unknown>[] } };
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly level: string;
      readonly message: { readonly text: string };
      readonly locations: readonly {
        readonly physicalLocation: {
          readonly artifactLocation: { readonly uri: string; readonly uriBaseId?: string };
          readonly region: Record<string, number>;
        };
      }[];
    }[];
  }[];
}

const log = (found: Parameters<typeof asSarif>[0]) =>
  JSON.parse(asSarif(found, { version: "1.2.3", folder: "/project" })) as Log;

it("lists diagnostics as JSON, with null for missing values", () => {
  expect(JSON.parse(asJson(diagnostics))).toEqual([
    {
      code: "LYC2105",
      severity: "error",
      message: "Compose has no key prots here",
      file: "with space/compose.yaml",
      line: 4,
      column: 5,
      path: "services.web.prots",
      remedy: "Did you mean `ports`?",
    },
    expect.objectContaining({ code: "LYC2401", severity: "warning", line: 5 }),
    expect.objectContaining({ code: "LYC2112", line: 6 }),
  ]);
  expect(JSON.parse(asJson(validateCompose("").diagnostics))).toEqual([
    expect.objectContaining({ code: "LYC2005", file: null, line: null, column: null, path: null }),
  ]);
  expect(asJson([])).toBe("[]");
});

it("makes a SARIF log with one run, whose results name their rules", () => {
  const { version, runs } = log([...diagnostics, ...diagnostics]);
  expect(version).toBe("2.1.0");
  const [{ tool, results } = { tool: { driver: { rules: [] } }, results: [] }] = runs;
  expect(tool.driver.rules.map(({ id }) => id)).toEqual(["LYC2105", "LYC2112", "LYC2401"]);
  expect(tool.driver.rules[0]).toMatchObject({ properties: { tags: ["compose"] } });
  expect(results).toHaveLength(6);
  for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
  expect(results[0]).toEqual({
    ruleId: "LYC2105",
    ruleIndex: 0,
    level: "error",
    message: { text: "Compose has no key prots here. Did you mean `ports`?" },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: "with%20space/compose.yaml", uriBaseId: "%SRCROOT%" },
          region: { startLine: 4, startColumn: 5, endLine: 4, endColumn: 10 },
        },
        logicalLocations: [{ fullyQualifiedName: "services.web.prots" }],
      },
    ],
  });
});

it("gives every code of the catalogue a rule with help", () => {
  const every = Object.keys(COMPOSE_CATALOGUE).map((code) => ({
    code,
    severity: "error" as const,
    message: "m",
    remedy: "r",
  }));
  const rules = log(every).runs[0]?.tool.driver.rules ?? [];
  expect(rules).toHaveLength(every.length);
  for (const rule of rules) {
    expect(rule.help).toEqual({ text: expect.stringMatching(/\w/), markdown: expect.stringMatching(/\w/) });
    expect(URL.canParse(String(rule.helpUri))).toBe(true);
  }
});

it.each([
  ["a b/c#d.yaml", { uri: "a%20b/c%23d.yaml", uriBaseId: "%SRCROOT%" }],
  ["a:b.yaml", { uri: "a%3Ab.yaml", uriBaseId: "%SRCROOT%" }],
  ["../other place/a.yaml", { uri: "file:///other%20place/a.yaml" }],
  ["/elsewhere/a.yaml", { uri: "file:///elsewhere/a.yaml" }],
  ["/project/a.yaml", { uri: "a.yaml", uriBaseId: "%SRCROOT%" }],
  ["..a/b.yaml", { uri: "..a/b.yaml", uriBaseId: "%SRCROOT%" }],
])("gives a diagnostic of the whole text a location in its file: %s", (file, artifactLocation) => {
  const location = log(validateCompose("", { file }).diagnostics).runs[0]?.results[0]?.locations[0]?.physicalLocation;
  expect(location).toEqual({ artifactLocation, region: { startLine: 1 } });
});

it("escapes names that look like an argument of a message", () => {
  const found = {
    code: "LYC2105",
    severity: "error" as const,
    message: "no key {0} here",
    remedy: "Write ${A} or {a}.",
  };
  expect(log([found]).runs[0]?.results[0]?.message.text).toBe("No key {{0}} here. Write ${A} or {a}.");
});

describe("a file name and a key cannot act on a terminal or a pipeline", () => {
  const name = "::error file=a::x \u009b31m\u202e##[error].yaml";
  const content = `services:\n  web:\n    image: busybox\n    "##[error]\\u202e\\u009b2J": 1\n`;
  const run = (...options: string[]) => {
    const surface = fakeSurface({ [name]: content });
    expect(runCommandLine(["check", name, ...options], surface)).toBe(1);
    return { out: surface.output.join("\n"), all: [...surface.output, ...surface.complaints].join("\n") };
  };

  test.each([[], ["--json"], ["--sarif"]])("with %j", (...options) => {
    const { all } = run(...options);
    expect(all).not.toMatch(/^\s*::/m);
    expect(all).not.toContain("##[");
    expect(all).not.toMatch(/(?!\n)[\p{Cc}\p{Bidi_Control}]/u);
  });

  test("and JSON keeps the name exactly", () => {
    expect(JSON.parse(run("--json").out)[0].file).toBe(name);
  });
});

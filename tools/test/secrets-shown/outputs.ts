import { underPolicy } from "../../../cli/ci/preview/policy";
import { foundIn } from "../../../cli/ci/preview/preview";
import { previewData, previewReport } from "../../../cli/ci/preview/preview-data";
import { previewMarkdown } from "../../../cli/ci/preview/preview-markdown";
import { NO_ACCOUNT } from "../../../cli/ci/testing/account";
import { diagnostic, observedOf, step } from "../../../cli/ci/testing/events";
import { validateProject } from "../../../cli/compose/validate-project";
import { validateText } from "../../../cli/compose/validate-text";
import { FORMATS, summary } from "../../../cli/reports/formats";
import { asGithub } from "../../../cli/reports/github";
import { printedDiagnostics } from "../../../cli/reports/print-diagnostics";
import { asSarif } from "../../../cli/reports/sarif";
import type { ValidationResult } from "../../../cli/reports/validation-result";
import { fakeSurface } from "../../../cli/testing/surface";
import { printDiagnostics, writtenTexts } from "../../../compose";
import { bundleProject } from "../../../compose/project";
import { memoryFiles } from "../../../compose/project/testing/memory-files";
import { rulesOfProject } from "../../../provider/compose-rules";
import { printable } from "../../../provider/display/printable";
import { reasonsForNewRun } from "../../../provider/lifecycle/diff/changes";
import { parseInputs } from "../../../provider/lifecycle/inputs/parse-inputs";
import { redactorFor } from "../../../provider/lifecycle/process/known-secrets";
import { identify } from "../../../provider/lifecycle/run/identity/identity";
import { NO_INPUTS } from "../../../provider/lifecycle/run/inputs";
import type { ExecutionOutputs } from "../../../provider/lifecycle/run/record/record";
import { checkMaps, inputsOf, parseMap } from "../../../provider/lifecycle/testing/maps";
import { memoryProjects } from "../../../provider/lifecycle/testing/projects";
import { violationLine } from "../../../provider/policy/declared";
import { redacted, renderReport } from "../../../provider/reads/report";
import { MADE_AT, reportedRun } from "../../../provider/reads/report/testing/runs";
import { encodings } from "../../../provider/secrets/testing/examples";
import type { GeneratedProject } from "./documents";

/** The names of errors that the test adds to the provider on purpose. The test must fail with each of these errors. */
export const FAULTS = [
  "lines with secrets are printed",
  "the model is not masked",
  "the values of findings are not known",
  "a region covers a secret",
] as const;
export type Fault = (typeof FAULTS)[number];

/** A text that the provider shows. */
export interface ShownText {
  readonly where: string;
  readonly text: string;
  /**
   * Whether the text may show a value that only looks random. A run may print such a value, and a model may have it in
   * a key.
   */
  readonly showsRandom?: true;
}

const CI_REQUEST = { operation: "preview", stack: "dev", previewOnly: false } as const;

const TERMINALS = [
  { columns: undefined, color: false },
  { columns: 40, color: false },
  { columns: 80, color: true },
  { columns: 200, color: false },
] as const;

/** The arguments of `check` that are the same for all projects. */
const NAMED = {
  paths: ["."] as const,
  variables: new Map<string, string>(),
  images: new Map<string, string>(),
  profiles: [],
  diagnostics: {},
} as const;

/** Returns all texts that the provider shows for a project, and for a run of the project that prints each secret. */
export function shownTexts(project: GeneratedProject, fault?: Fault): readonly ShownText[] {
  const { files } = project;
  const names = Object.keys(files);
  const isOneText = names.length === 1;
  return [
    ...ofCheck("check", validateProject({ ...NAMED, localFiles: "inline" }, fakeSurface(files)), fault),
    ...(isOneText
      ? ofCheck(
          "check of a text",
          validateText("-", { ...NAMED, paths: ["-"] }, fakeSurface({ "-": textOf(project) })),
          fault,
        )
      : []),
    ...ofProgram("composeFile", { composeFile: ".", localFiles: "inline" }, project, fault),
    ...(isOneText ? ofProgram("composeFileCode", { composeFileCode: textOf(project) }, project, fault) : []),
  ];
}

const textOf = ({ files }: GeneratedProject): string => files["compose.yaml"] ?? "";

function ofCheck(name: string, result: ValidationResult, fault: Fault | undefined): ShownText[] {
  const surface = fakeSurface({});
  const texts = TERMINALS.map((terminal) => ({
    where: `${name}, ${terminal.columns ?? "no"} columns`,
    text: printedDiagnostics(result, terminal),
  }));
  if (fault === "lines with secrets are printed")
    texts.push({
      where: `${name}, with the fault`,
      text: printDiagnostics(
        result.diagnostics.map(({ hidesSource: _hides, ...rest }) => rest),
        { lines: result.linesOf, isSecretLine: () => false },
      ),
    });
  const shown = (["json", "sarif", "github"] as const).map((format) => ({
    where: `${name}, ${format}`,
    text: FORMATS[format]([result], surface),
  }));
  return [...texts, ...shown, { where: `${name}, summary`, text: summary([result]) }, ...regions(name, result, fault)];
}

interface SarifResult {
  readonly locations: readonly [
    { readonly physicalLocation: { artifactLocation: { uri: string }; region: Readonly<Record<string, number>> } },
  ];
}

/** Returns the texts that the regions of the SARIF log cover. A reader of the log sees the length of these texts. */
function regions(name: string, result: ValidationResult, fault: Fault | undefined): ShownText[] {
  const log = JSON.parse(FORMATS.sarif([result], fakeSurface({})));
  const found = (log.runs[0].results as SarifResult[]).map(({ locations: [{ physicalLocation }] }) => ({
    artifact: physicalLocation.artifactLocation.uri,
    region: physicalLocation.region,
  }));
  if (fault === "a region covers a secret")
    for (const { file = "", range } of result.diagnostics) {
      const region = {
        startLine: range?.start.line ?? 1,
        startColumn: 1,
        endLine: range?.end.line ?? 1,
        endColumn: 500,
      };
      found.push({ artifact: file, region });
    }
  const texts = found.flatMap(({ artifact, region }) => {
    const { startLine = 1, startColumn = 1, endLine = startLine, endColumn } = region;
    const lines = result.linesOf(artifact.replace("%3Cstdin%3E", "<stdin>"));
    if (endColumn === undefined || lines === undefined || startLine !== endLine) return [];
    return [lines.line(startLine).slice(startColumn - 1, endColumn - 1)];
  });
  return [{ where: `${name}, regions of SARIF`, text: texts.join("\n") }];
}

const URN = "urn:pulumi:prod::training::lyceum:index:ComposeExecution::train";
const BEFORE = { "compose.yaml": "services:\n  s0:\n    image: old\n    environment: {MODE: slow}\n" };

function ofProgram(
  name: string,
  declared: Record<string, unknown>,
  { files, findings }: GeneratedProject,
  fault: Fault | undefined,
): ShownText[] {
  const given = { ...declared, $scope: "scope", $urn: URN, $secrets: [], $program: { directory: "/p" } };
  const projects = memoryProjects(files);
  const checked = checkMaps({}, given, projects);
  const failures = checked.failures.map(({ property, reason }) => `${property}: ${printable(reason)}`);
  const texts: ShownText[] = [
    { where: `${name}, failures`, text: failures.join("\n") },
    { where: `${name}, warnings`, text: checked.warnings.join("\n") },
    {
      where: `${name}, recorded inputs`,
      text: JSON.stringify({ ...checked.inputs, composeFileCode: "" }),
      showsRandom: true,
    },
    ...ofPipeline(name, checked, files),
  ];
  if (fault === "the model is not masked") texts.push(unmasked(files));
  if (checked.failures.length > 0) return texts;
  const before = parseMap(checkMaps({}, given, memoryProjects(BEFORE)).inputs);
  const after = parseMap(checked.inputs);
  const { key: _key, ...recorded } = identify(before);
  const rows = reasonsForNewRun(recorded as ExecutionOutputs, after, before);
  texts.push({ where: `${name}, rows`, text: rows.join("\n"), showsRandom: true });
  const complete = projects.complete(inputsOf(checked.inputs), parseInputs(inputsOf(checked.inputs)));
  // The run receives only the values of services that are sent.
  const sent = writtenTexts(complete.composeText ?? "").texts.map(({ text }) => text);
  const values = findings
    .filter(({ certainty, value }) => certainty !== "random" && sent.some((text) => text.includes(value)))
    .map(({ value }) => value);
  const redact = redactorFor(fault === "the values of findings are not known" ? parseInputs(NO_INPUTS) : complete);
  const spellings = values.flatMap((value) => Object.values(encodings).map((encode) => encode(value)));
  // An ordinary line separates the values, because several lines of digits would look like one text in base64.
  const lines = spellings.flatMap((line) => ["now:", ...line.split("\n")]).map((message) => ({ message }));
  const run = redacted(reportedRun({ lines, errors: spellings.slice(0, 5) }), redact);
  for (const format of ["html", "markdown"] as const) {
    texts.push({
      where: `${name}, report in ${format}`,
      text: renderReport({ madeAt: MADE_AT, runs: [run] }, format),
      showsRandom: true,
    });
  }
  return texts;
}

/** Returns the texts that `ci preview` shows for these inputs and their diagnostics. */
function ofPipeline(
  name: string,
  { inputs, failures, warnings }: ReturnType<typeof checkMaps>,
  files: GeneratedProject["files"],
): ShownText[] {
  const surface = fakeSurface(files);
  const events = [
    ...warnings.map((message) => diagnostic("train", "warning", message)),
    ...failures.map(({ property, reason }) =>
      diagnostic("train", "error", `train resource '${property}' has a problem: ${reason}`),
    ),
  ];
  const { composeFileCode, ...shown } = inputs;
  const data = previewData(
    { project: "p", stack: "prod" },
    {
      kind: failures.length > 0 ? "failed" : "succeeded",
      observed: observedOf([
        ...events,
        step("create", "train", { new: { executionType: "cpu", timeout: 60, ...inputs } }),
      ]),
      output: [],
    },
    NO_ACCOUNT,
  );
  const ruled = underPolicy(
    { ...data, succeeded: true },
    { noPlaintextSecrets: true },
    "/project",
    surface,
    NO_ACCOUNT,
  );
  const found = foundIn(ruled, { folder: "/project", policy: undefined });
  return [
    { where: `${name}, comment of ci preview`, text: previewMarkdown(ruled) },
    { where: `${name}, JSON of ci preview`, text: JSON.stringify(previewReport(CI_REQUEST, ruled)) },
    { where: `${name}, SARIF of ci preview`, text: asSarif(found, { version: "1.0.0", folder: "/project" }) },
    { where: `${name}, annotations of ci preview`, text: asGithub(found, "/project") },
    { where: `${name}, violations`, text: ruled.violations.map(violationLine).join("\n") },
    { where: `${name}, inputs of ci preview`, text: JSON.stringify(shown), showsRandom: true },
  ];
}

function unmasked(files: GeneratedProject["files"]): ShownText {
  const whole = Object.fromEntries(Object.entries(files).map(([path, content]) => [`/p/${path}`, content]));
  const options = { paths: ["."], from: "/p", localFiles: "inline", ...rulesOfProject() } as const;
  const { bundle } = bundleProject(options, memoryFiles(whole));
  return { where: "the model, with the fault", text: JSON.stringify(bundle?.model ?? {}) };
}

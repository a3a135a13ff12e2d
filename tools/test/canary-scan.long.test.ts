import { asJson } from "../../cli/reports/json";
import { asSarif } from "../../cli/reports/sarif";
import { withoutSecrets } from "../../cli/reports/validation-result";
import { runCommandLine } from "../../cli/run";
import { fakeSurface } from "../../cli/testing/surface";
import { type Diagnostic, explainChange, LineIndex, printDiagnostics } from "../../compose";
import { bundleText, mask } from "../../compose/project";
import { userError } from "../../provider/hosts/dynamic/execution";
import { resourceError } from "../../provider/lifecycle";
import { evaluateDiagnostics } from "../../provider/lifecycle/check/check-compose";
import { failureReason } from "../../provider/lifecycle/end/failure";
import { redactorFor } from "../../provider/lifecycle/process/known-secrets";
import { NO_INPUTS } from "../../provider/lifecycle/run/inputs";
import { recordedRun } from "../../provider/lifecycle/testing/maps";
import { createVirtualClock } from "../../provider/lifecycle/testing/virtual-clock";
import { someInputs } from "../../provider/lifecycle/testing/world";
import { parseAborted, parseRecord } from "../../provider/lyceum/answers/parse";
import { parseLogs } from "../../provider/lyceum/answers/parse-logs";
import { LyceumError } from "../../provider/lyceum/errors";
import { readFailureBody } from "../../provider/lyceum/http/failure-body";
import type { LyceumPort } from "../../provider/lyceum/port";
import { createSecretSet, isSecretLine, type Redactor, type SecretSet, secretRules } from "../../provider/secrets";
import { SECRET_FORMS } from "../../provider/secrets/forms/forms";
import { encodings, formExamples } from "../../provider/secrets/testing/examples";

const known = "declared canary\twith $igns & wörds";
const secrets: readonly (readonly [name: string, secret: string])[] = [
  ["a declared value", known],
  ...SECRET_FORMS.map(({ name }) => [name, formExamples[name] ?? ""] as const),
];
const diagnostic = (message: string): Diagnostic =>
  ({ code: "LYC2105", severity: "error", message, remedy: message, path: message }) as Diagnostic;
const shownBy = (text: string, redact: Redactor) =>
  withoutSecrets([diagnostic(text)], () => undefined, { ...createSecretSet([]), redact });

/** Every function that receives a text from outside and a redactor, and shows the text. */
const places: Readonly<Record<string, (text: string, redact: Redactor) => unknown>> = {
  "error of a record": (text, redact) => parseRecord({ status: "failed", errors: [text] }, redact),
  "output of a record": (text, redact) => parseRecord({ status: "failed", stdout: text }, redact),
  "message of an abort": (text, redact) => parseAborted({ message: text }, redact),
  "log lines": (text, redact) => parseLogs({ logs: text.split("\n").map((message) => ({ message })) }, redact)?.lines,
  "body of a failure": (text, redact) => readFailureBody(JSON.stringify({ detail: text }), redact),
  "page of a failure": (text, redact) => readFailureBody(`Failed: ${text}`, redact),
  "error of the client": (text, redact) => {
    const { message, stack } = new LyceumError({ code: "LYC1105", message: text, cause: new Error(text), redact });
    return [message, stack];
  },
  "error for a user": (text, redact) => userError(resourceError(new Error(text), redact)).message,
  "text of the command line": (text, redact) => printDiagnostics(shownBy(text, redact), { isSecretLine: () => true }),
  "JSON of the command line": (text, redact) => JSON.parse(asJson(shownBy(text, redact))),
  "SARIF of the command line": (text, redact) =>
    JSON.parse(asSarif(shownBy(text, redact), { version: "1.0.0", folder: "/" })).runs[0].results,
};

/** Inputs for the functions that make their own redactor. */
const inputs = someInputs({ variables: { PASSWORD: known }, $secrets: ["variables.PASSWORD"] });
const withLogs = (text: string) => ({
  client: { logsTail: async () => text.split("\n").map((message) => ({ message })) } as unknown as LyceumPort,
  clock: createVirtualClock(),
  redactorFor: () => redactorFor(inputs),
});
const wholeLocations: Readonly<Record<string, (text: string) => unknown>> = {
  "check failures and warnings": (text) =>
    evaluateDiagnostics(
      {
        diagnostics: [diagnostic(text), { ...diagnostic(text), severity: "warning" }],
        lines: () => undefined,
        property: "composeFileCode",
        secrets: [known],
        names: () => new Set(),
      },
      NO_INPUTS,
    ),
  "reasons of a failure": (text) =>
    failureReason(
      withLogs(text),
      inputs,
      recordedRun("run-1", { status: "failed" }),
      parseRecord({ status: "failed", errors: [text] }, redactorFor(inputs)),
    ),
};

/** Returns a document that contains a text at each kind of location that can have a value. */
const documentWith = (text: string) => {
  const value = JSON.stringify(text.replaceAll("$", "$$$$"));
  return [
    `services: {web: {image: i, command: [run, ${value}], environment: {A: ${value}}, configs: [c]}}`,
    `configs: {c: {content: ${value}}}`,
  ].join("\n");
};
const bundled = (text: string) => {
  const { bundle, diagnostics } = bundleText(documentWith(text));
  if (bundle === undefined) throw new Error(`the document is not valid: ${diagnostics.map(({ code }) => code)}`);
  return bundle;
};
const knownSet = createSecretSet([known]);

/**
 * Returns the texts that show a document that is not valid: each line as the source line of a diagnostic, and the
 * output of two commands.
 */
const sourceLines = (text: string, secretSet: SecretSet) => {
  const source = `x-a: |\n${text.replace(/^/gm, "  ")}\n`;
  return source.split("\n").map((_line, index) => {
    const start = { line: index + 1, column: 1, offset: 0 };
    const about = { ...diagnostic("m"), range: { start, end: { ...start, column: 2 } } };
    return printDiagnostics([about], {
      lines: new LineIndex(source),
      isSecretLine: (lines, line) => isSecretLine(lines, line, secretSet),
    });
  });
};
const commandOn = async (name: string, text: string) => {
  const surface = fakeSurface({
    "compose.yaml": `services: {web: {image: i, prots: [], environment: {A: ${JSON.stringify(text.replaceAll("$", "$$$$"))}}}}\n`,
  });
  await runCommandLine([name], surface);
  const shown = [...surface.output, ...surface.complaints];
  if (!shown.join().includes("prots")) throw new Error(`${name} shows no diagnostic`);
  return shown;
};

/**
 * Functions that show a Compose document. In a document, an ordinary word is not a secret. So the test searches only
 * for texts that are always secret, and for one value that is declared as secret.
 */
const documentLocations: Readonly<Record<string, (text: string) => unknown>> = {
  "recorded model": (text) => mask(bundled(text), () => "digest", { known: [known], secretRules }).model,
  "change of a model": (text) =>
    explainChange(
      mask(bundled(text), () => "1", { known: [known], secretRules }).model,
      mask(bundled("x"), () => "2", { known: [known], secretRules }).model,
    ),
  "source lines": (text) => sourceLines(text, knownSet),
};
const undeclaredLocations: Readonly<Record<string, (text: string) => unknown>> = {
  "output of check": (text) => commandOn("check", text),
  "messages of bundle": (text) => commandOn("bundle", text),
};

/**
 * Whether a text contains the eight characters near the middle of a secret. If these characters are shown, the secret
 * counts as shown.
 */
function isFound(shown: unknown, spelling: string): boolean {
  const text = JSON.stringify(shown);
  const middle = Math.floor(spelling.length * 0.6);
  const part = JSON.stringify(spelling.slice(middle - 4, middle + 4)).slice(1, -1);
  return text.includes(part);
}

async function sightings(shownAt: typeof wholeLocations, of = secrets): Promise<string[]> {
  const observed: string[] = [];
  for (const [shape, secret] of of) {
    for (const [encoding, encode] of Object.entries(encodings)) {
      const spelling = encode(secret);
      for (const [location, show] of Object.entries(shownAt)) {
        if (isFound(await show(`before ${spelling} behind`), spelling))
          observed.push(`${shape}, ${encoding}, ${location}`);
      }
    }
  }
  return observed;
}

const using = (redact: Redactor): typeof wholeLocations =>
  Object.fromEntries(Object.entries(places).map(([name, show]) => [name, (text: string) => show(text, redact)]));

test("every shape has an example", () => {
  expect(secrets.filter(([, secret]) => secret === "")).toEqual([]);
});

test("no function shows a secret in any spelling", async () => {
  expect(await sightings({ ...using(createSecretSet([known]).redact), ...wholeLocations })).toEqual([]);
});

const shapedEverywhere = secrets.filter(([name]) =>
  SECRET_FORMS.some((row) => row.name === name && row.where === "everywhere"),
);

test("no function that shows a document shows a secret in any spelling", async () => {
  const [declared] = secrets;
  expect(await sightings(documentLocations, [...(declared ? [declared] : []), ...shapedEverywhere])).toEqual([]);
  expect(await sightings(undeclaredLocations, shapedEverywhere)).toEqual([]);
});

test("the scan finds the secrets of a redactor that does nothing", async () => {
  const observed = await sightings(using((text) => text));
  expect(observed.length).toBeGreaterThan(
    0.95 * secrets.length * Object.keys(encodings).length * Object.keys(places).length,
  );
});

test("the scan finds the secrets of a document without masks", async () => {
  const unmasked = { model: (text: string) => bundled(text).model, source: (text: string) => documentWith(text) };
  const observed = await sightings(unmasked, shapedEverywhere);
  expect(observed.length).toBeGreaterThan(0.9 * shapedEverywhere.length * Object.keys(encodings).length * 2);
});

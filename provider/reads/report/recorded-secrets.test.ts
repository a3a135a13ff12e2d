import { checkMaps, inputsOf } from "../../lifecycle/testing/maps";
import { memoryPorts, memoryProjects } from "../../lifecycle/testing/projects";
import type { LyceumPort } from "../../lyceum/port";
import { recordedInputs } from "../recorded-names";
import { keepRecordedSecretsOut } from "./recorded-secrets";

const files = {
  "compose.yaml": "services: {web: {image: acme/web, env_file: app.env, environment: {API_KEY: canary-Hx72bQ}}}\n",
  "app.env": "DB_PASSWORD=canary-9f2Kd8\n",
};

/** The inputs of a project, as the state records them. */
function recorded() {
  const given = {
    composeFile: ".",
    $scope: "scope",
    $urn: "urn:pulumi:prod::training::lyceum:index:X::train",
    $secrets: [],
  };
  return recordedInputs(inputsOf(checkMaps({}, given, memoryProjects(files)).inputs));
}

/** Returns the secrets that the client receives, and whether these are all secrets. */
function keptOut(inputs: Record<string, unknown>, now: Readonly<Record<string, string>>) {
  const secrets: string[] = [];
  const client = {
    keepOut: (more: () => readonly string[]) => void secrets.push(...more()),
  } as Partial<LyceumPort> as LyceumPort;
  const isAll = keepRecordedSecretsOut({ client }, inputs, memoryPorts(now));
  return { isAll, secrets: [...new Set(secrets)].filter((secret) => secret.startsWith("canary")) };
}

test("the secrets of a recorded project are those of its files, which the state does not hold", () => {
  const inputs = recorded();
  expect(JSON.stringify(inputs)).not.toContain("canary");
  expect(keptOut(inputs, files)).toEqual({ isAll: true, secrets: ["canary-9f2Kd8", "canary-Hx72bQ"] });
});

test.each([
  ["changed", { ...files, "app.env": "DB_PASSWORD=canary-other1\n" }],
  ["are missing", {}],
])("the secrets of a recorded project are not known if its files %s", (_how, now) => {
  expect(keptOut(recorded(), now)).toEqual({ isAll: false, secrets: [] });
});

test("the secrets among the inputs are known, even if the files of the project are missing", () => {
  const inputs = { ...recorded(), variables: { DB_PASSWORD: "canary-v8Kq2x" } };
  expect(keptOut(inputs, {})).toEqual({ isAll: false, secrets: ["canary-v8Kq2x"] });
});

test("the secrets that a recorded text gives away are known without files", () => {
  const composeFileCode = "services: {web: {image: acme/web, environment: {API_KEY: canary-Hx72bQ}}}";
  expect(keptOut({ composeFileCode, __scope: "scope" }, {})).toEqual({ isAll: true, secrets: ["canary-Hx72bQ"] });
});

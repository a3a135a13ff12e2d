import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { diskFiles } from "../../../compose/node";
import { createTrees } from "../../files/mounts";
import { mountsFolder } from "../../files/resource";
import { createProjects, type ProjectPorts } from "../../lifecycle/inputs/projects";
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
async function keptOut(inputs: Record<string, unknown>, ports: ProjectPorts) {
  const secrets: string[] = [];
  const client = {
    keepOut: (more: () => readonly string[]) => void secrets.push(...more()),
  } as Partial<LyceumPort> as LyceumPort;
  const isAll = await keepRecordedSecretsOut({ client, now: () => 0 }, inputs, ports);
  return { isAll, secrets: [...new Set(secrets)].filter((secret) => secret.startsWith("canary")) };
}

test("the secrets of a recorded project are those of its files, which the state does not hold", async () => {
  const inputs = recorded();
  expect(JSON.stringify(inputs)).not.toContain("canary");
  const secrets = ["canary-9f2Kd8", "canary-Hx72bQ"];
  expect(await keptOut(inputs, memoryPorts(files))).toEqual({ isAll: true, secrets });
});

test.each([
  ["changed", { ...files, "app.env": "DB_PASSWORD=canary-other1\n" }],
  ["are missing", {}],
])("the secrets of a recorded project are not known if its files %s", async (_how, now) => {
  expect(await keptOut(recorded(), memoryPorts(now))).toEqual({ isAll: false, secrets: [] });
});

test("the secrets among the inputs are known, even if the files of the project are missing", async () => {
  const inputs = { ...recorded(), variables: { DB_PASSWORD: "canary-v8Kq2x" } };
  expect(await keptOut(inputs, memoryPorts({}))).toEqual({ isAll: false, secrets: ["canary-v8Kq2x"] });
});

test("the secrets that a recorded text gives away are known without files", async () => {
  const composeFileCode = "services: {web: {image: acme/web, environment: {API_KEY: canary-Hx72bQ}}}";
  const inputs = { composeFileCode, __scope: "scope" };
  expect(await keptOut(inputs, memoryPorts({}))).toEqual({ isAll: true, secrets: ["canary-Hx72bQ"] });
});

describe("a project whose mounted files are in the bucket", () => {
  let folder: string;
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "lyceum-report-")));
    mkdirSync(join(folder, "in"));
    writeFileSync(join(folder, "in", "data.csv"), "1,2\n");
    writeFileSync(join(folder, "in", "app.env"), "DB_PASSWORD=canary-9f2Kd8\n");
    writeFileSync(join(folder, "compose.yaml"), "services: {web: {image: acme/web, volumes: ['./in:/in:ro']}}\n");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const ports = () => ({ files: diskFiles, folder: () => folder, variable: () => undefined });

  /** The inputs of the project, as the state records them. */
  async function recordedUploads() {
    const given = {
      composeFile: ".",
      localFiles: "upload",
      diagnostics: { LYC2315: "off" },
      $scope: "scope",
      $urn: "urn:pulumi:prod::training::lyceum:index:X::train",
      $secrets: [],
    };
    const uploads = { read: createTrees(() => 0).describe, folder: mountsFolder };
    const projects = createProjects({ ...ports(), uploads });
    await projects.prepare(inputsOf(given));
    const { inputs, failures } = checkMaps({}, given, projects);
    expect(failures).toEqual([]);
    return recordedInputs(inputsOf(inputs));
  }

  test("has secrets that its files give away", async () => {
    const inputs = await recordedUploads();
    expect(JSON.stringify(inputs)).toContain("mounts");
    expect(await keptOut(inputs, ports())).toEqual({ isAll: true, secrets: ["canary-9f2Kd8"] });
  });

  test("has unknown secrets if a mounted file has changed", async () => {
    const inputs = await recordedUploads();
    writeFileSync(join(folder, "in", "data.csv"), "3,4,5\n");
    expect(await keptOut(inputs, ports())).toEqual({ isAll: false, secrets: [] });
  });
});

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createDockerEngine, type DockerEngine } from ".";
import { IMAGE, startRun, testLocation, workFolder } from "./testing/live";

const enabled = process.env.LYCEUM_TEST_DOCKER === "1";
// Only a real Docker engine could read a file of this machine: without one there is nothing to show. `npm test` looks for one.
const withDocker = enabled ? describe : describe.skip;
jest.setTimeout(60_000);

/** What Compose takes for the end of a line and other readers do not. */
const LINE_ENDS = { "U+2028": "\u2028", "U+2029": "\u2029", "U+0085": "\u0085", "carriage return": "\r" };

withDocker(`files of this machine${enabled ? "" : " (left out: LYCEUM_TEST_DOCKER is not 1)"}`, () => {
  let folder: string;
  let work: string;
  let engine: DockerEngine;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "host-files-"));
    await writeFile(join(folder, "canary.env"), "CANARY=from-the-host\n");
    await writeFile(join(folder, "canary.yaml"), JSON.stringify({ services: { app: canary } }));
    work = await workFolder();
    engine = await createDockerEngine({ ...testLocation(), workFolder: work });
  });

  afterAll(async () => {
    await engine?.close();
    await rm(work, { recursive: true });
    await rm(folder, { recursive: true });
  });

  const canary = { image: IMAGE, command: ["echo", "from-the-host"] };
  const environmentOf = (text: string) => async () => {
    const run = startRun(engine, text);
    const end = await run.ended;
    return { ...end, output: run.messages("app").join("\n") };
  };

  /** Each hides `hidden` behind a comment, at the depth of a service's keys or at the top. */
  const inService = (lineEnd: string, hidden: string) =>
    `services:\n  app:\n    image: ${IMAGE}\n    command: [env]\n    # ok${lineEnd}    ${hidden}\n`;
  const atTop = (lineEnd: string, hidden: string) =>
    `services:\n  other:\n    image: ${IMAGE}\n    command: [env]\n# ok${lineEnd}${hidden}\n`;

  describe.each(Object.entries(LINE_ENDS))("behind a comment and %s", (_name, lineEnd) => {
    test.each([
      ["env_file", () => inService(lineEnd, `env_file: ${folder}/canary.env`)],
      ["label_file", () => inService(lineEnd, `label_file: ${folder}/canary.env`)],
      ["extends.file", () => inService(lineEnd, `extends: {file: ${folder}/canary.yaml, service: app}`)],
      ["include", () => atTop(lineEnd, `include: [${folder}/canary.yaml]`)],
      ["a remote include", () => atTop(lineEnd, "include: ['oci://127.0.0.1:9/canary']")],
    ])("%s reaches no run", async (_key, text) => {
      const end = await environmentOf(text())();
      expect(end.output).not.toContain("from-the-host");
      expect(end.dockerErrors.join("\n")).toMatch(/Compose takes it for the end of a line/);
      expect(end.dockerErrors.join("\n")).not.toMatch(/canary/);
    });
  });

  test.each([
    ["a merge key in quotes", `services: {app: {image: "${IMAGE}", command: [env], ? !!merge "<<" : {env_file: F}}}`],
    ["a merge key in quotes, no tag", `services: {app: {image: "${IMAGE}", command: [env], "<<": {env_file: F}}}`],
  ])("%s reaches no run", async (_name, text) => {
    const end = await environmentOf(text.replace("F", join(folder, "canary.env")))();
    expect(end.output).not.toContain("from-the-host");
    expect(end.status).toBe("failed");
  });

  test("the check finds a file where one is read", async () => {
    const plain = inService("\n", "environment: {CANARY: from-the-host}");
    expect((await environmentOf(plain)()).output).toContain("CANARY=from-the-host");
  });
});

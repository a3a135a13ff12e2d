import { rm } from "node:fs/promises";
import { createDockerEngine, type DockerEngine } from "..";
import { IMAGE, startRun, testLocation, workFolder } from "../testing/live";

const enabled = process.env.LYCEUM_TEST_DOCKER === "1";
// Without a Docker engine of its own to start things on, there is nothing that it could be asked: `npm test` looks for one.
const withDocker = enabled ? describe : describe.skip;
jest.setTimeout(120_000);

const service = (script: string, more: object = {}) => ({ image: IMAGE, command: ["sh", "-c", script], ...more });
const text = (services: object, more: object = {}) => JSON.stringify({ services, ...more }).replaceAll("$", "$$$$");

withDocker(`output of real containers${enabled ? "" : " (left out: LYCEUM_TEST_DOCKER is not 1)"}`, () => {
  let folder: string;
  let engine: DockerEngine;

  beforeAll(async () => {
    folder = await workFolder();
    engine = await createDockerEngine({ ...testLocation(), workFolder: folder });
  });

  afterAll(async () => {
    await engine?.close();
    await rm(folder, { recursive: true });
  });

  test("of 100 000 quick lines none is lost, the last one least of all", async () => {
    const run = startRun(engine, text({ app: service("seq 1 100000; echo LAST") }));
    expect(await run.ended).toMatchObject({ status: "completed" });
    const messages = run.messages("app");
    expect(messages).toHaveLength(100_001);
    expect(messages.slice(-2)).toEqual(["100000", "LAST"]);
  });

  test("of 20 MB the beginning is kept, and the end says what is missing", async () => {
    const script = "echo the-beginning; yes 0123456789012345678901234567890123456789 | head -c 20000000";
    const run = startRun(engine, text({ app: service(script) }));
    expect(await run.ended).toMatchObject({ status: "completed" });
    const messages = run.messages("app");
    expect(messages[0]).toBe("the-beginning");
    expect(messages.at(-1)).toBe("[emulator] The output is longer than 8 MB: the rest is left out.");
  });
});

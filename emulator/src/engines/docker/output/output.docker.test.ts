import { rm } from "node:fs/promises";
import type { EngineLine } from "../../engine";
import { createDockerEngine, type DockerEngine } from "..";
import { compareInstants } from "../daemon/instants";
import { IMAGE, type LiveRun, startRun, testLocation, workFolder } from "../testing/live";

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

  test("lines of two services that write in turn come in the order in which they were written", async () => {
    const turns = 100;
    // Each writes a line, and lets the other one write the next.
    const inTurn = (name: string, open: string, before: string, after: string) =>
      `${open}; i=0; while [ $i -lt ${turns} ]; do ${before} echo ${name} $i; sleep 0.01; ${after} i=$((i+1)); done`;
    const [give, take] = ["echo >&3;", "read -r _ <&4;"];
    const ping = inTurn("ping", "mkfifo /v/1 /v/2; touch /v/made; exec 3>/v/1 4</v/2", "", give + take);
    const pong = inTurn("pong", "until [ -e /v/made ]; do sleep 0.1; done; exec 4</v/1 3>/v/2", take, give);
    const volumes = ["pipes:/v"];
    const services = { ping: service(ping, { volumes }), pong: service(pong, { volumes }) };
    const isEarlier = ({ lines }: LiveRun, index: number) =>
      compareInstants(lines[index]?.timestamp, lines[index - 1]?.timestamp) < 0;
    let disordered: readonly EngineLine[] = [];
    // On a busy machine the daemon may send a line later than the others wait for it: then it is tried again.
    for (let tries = 0; tries === 0 || (tries < 3 && disordered.length > 0); tries++) {
      const run = startRun(engine, text(services, { volumes: { pipes: {} } }));
      expect(await run.ended).toEqual({ status: "completed", returnCode: 0, errors: [], dockerErrors: [] });
      for (const name of ["ping", "pong"]) {
        expect(run.messages(name)).toEqual(Array.from({ length: turns }, (_, index) => `${name} ${index}`));
      }
      // They did write in turn: else there would be no order to keep.
      const changes = run.lines.filter(({ service: name }, index) => name !== run.lines[index - 1]?.service);
      expect(changes.length).toBeGreaterThan(turns);
      disordered = run.lines.filter((_, index) => isEarlier(run, index));
    }
    expect(disordered).toEqual([]);
  });

  test("of 100 000 quick lines none is lost, the last one least of all", async () => {
    const run = startRun(engine, text({ app: service("seq 1 100000; echo LAST") }));
    expect(await run.ended).toMatchObject({ status: "completed" });
    const messages = run.messages("app");
    expect(messages).toHaveLength(100_001);
    expect(messages.slice(-2)).toEqual(["100000", "LAST"]);
  });

  test("of 20 MB the beginning is kept, the gap is marked, and the end is there", async () => {
    const script =
      "echo the-beginning; yes 0123456789012345678901234567890123456789 | head -c 20000000; echo; echo the-end";
    const run = startRun(engine, text({ app: service(script) }));
    expect(await run.ended).toMatchObject({ status: "completed" });
    const messages = run.messages("app");
    expect(messages[0]).toBe("the-beginning");
    expect(messages.at(-1)).toBe("the-end");
    const marks = messages.filter((message) => message.startsWith("[emulator] More than 8 MB of output"));
    expect(marks).toHaveLength(1);
    const gap = messages.indexOf(marks[0] ?? "");
    expect(messages.length - gap - 1).toBe(1_000);
  });
});

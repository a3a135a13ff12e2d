import { COMPARED_PROJECTS, type ComparedProject } from "./testing/compose-projects";
import { composeUp, type Written, writtenIn } from "./testing/compose-up";
import { type LiveRun, startRun } from "./testing/live";
import { text, withDocker } from "./testing/live-engine";

const textOf = ({ services, more = {}, hasVariables }: ComparedProject): string =>
  hasVariables ? JSON.stringify({ services, ...more }) : text(services, more);

/** The lines of the services, without the emulator's own lines, which Compose does not print. */
function writtenBy({ lines }: LiveRun): Written {
  const own = lines.filter(({ message }) => !message.startsWith("[emulator]"));
  return writtenIn(own.map(({ service, stream, message }) => [service, stream, message]));
}

/**
 * Returns true if each stream of `written` is the beginning of the same stream of `other`, and at least one stream is
 * shorter.
 */
function isBeginning(written: Written, other: Written): boolean {
  const keys = Object.keys(other);
  const begins = (key: string) => (written[key] ?? []).every((line, index) => line === other[key]?.[index]);
  return keys.every(begins) && keys.some((key) => (written[key] ?? []).length < (other[key] ?? []).length);
}

const sorted = (written: Written): Written =>
  Object.fromEntries(Object.entries(written).map(([key, lines]) => [key, [...lines].sort()]));

withDocker("the engine and docker compose up", (live) => {
  test("there are forty projects or more", () => {
    expect(Object.keys(COMPARED_PROJECTS).length).toBeGreaterThanOrEqual(40);
  });

  test.each(Object.entries(COMPARED_PROJECTS))("%s", async (_, project) => {
    const input = textOf(project);
    const run = startRun(live.engine, input);
    const [end, up] = await Promise.all([run.ended, composeUp(live.facts, input, project)]);
    const natural = { status: up.code === 0 ? "completed" : "failed", returnCode: up.code, up: up.code };
    const { status, returnCode } = end;
    expect({ status, returnCode, up: up.code }).toEqual(project.differs ?? natural);
    expect([...end.errors, ...end.dockerErrors].length > 0).toBe(status === "failed");
    if (project.hasOtherOutput) return;
    const inOrder = project.isUnordered ? sorted : (written: Written) => written;
    const own = writtenBy(run);
    // On a busy machine, `docker compose up` may end before it has printed the end of a long output. `docker compose
    // logs` has the end.
    const written = isBeginning(up.written, own) ? up.logged : up.written;
    expect(inOrder(own)).toEqual(inOrder(written));
  });
});

import { isUnclear } from "../../schema/run-id";
import { modelError } from "../testing/model-service";
import { createWorld, someInputs, startsOf, type World } from "../testing/world";
import { createExecution } from "./create";

// Tests what a lookup reads before a start, and when it prevents the start. Time is virtual.

const accepted = (more: Record<string, unknown> = {}) => someInputs({ waitFor: "accepted", ...more });

/** Makes a world in which an earlier command has started a run of the resource, and returns a new command in it. */
async function nextCommand() {
  const first = createWorld();
  first.service.behaviour.script = [{ after: 1, status: "running" }];
  const outputs = await createExecution(first.context, accepted());
  await first.clock.sleep(5);
  first.service.calls.length = 0;
  return { ...createWorld(first), outputs };
}

describe("an end that only a status word of a list shows", () => {
  const listedAsFailed = async (change: (world: World) => void = () => undefined, inputs = accepted()) => {
    const world = await nextCommand();
    world.service.behaviour.listedAs = "failed";
    change(world);
    const result = await createExecution(world.context, inputs).catch((error: Error) => error.message);
    return { result, starts: startsOf(world), calls: world.service.calls };
  };

  test("is read, and a run that is active is adopted", async () => {
    const { result, starts, calls } = await listedAsFailed();
    expect(result).toMatchObject({ executionId: "run-1", status: "running" });
    expect(starts).toBe(0);
    expect(calls).toContain("record run-1");
  });

  test("stops the create if no call answers clearly", async () => {
    const { result, starts } = await listedAsFailed(({ service }) => {
      service.behaviour.failing = { record: modelError(500), olderStatus: modelError(500) };
    });
    expect([result, starts]).toEqual(["model 500", 0]);
  });

  test("counts if every call that would show the run is refused", async () => {
    const { starts } = await listedAsFailed(
      ({ service }) => {
        service.behaviour.failing = { record: modelError(403), olderStatus: modelError(403) };
      },
      accepted({ whenFailed: "rerun" }),
    );
    expect(starts).toBe(1);
  });
});

describe("before a start whose run no list would show", () => {
  const started = async (record: number, olderStatus: number, change: (world: World) => void = () => undefined) => {
    const world = createWorld();
    world.service.behaviour.failing = {
      listActive: modelError(403),
      ...(record === 0 ? {} : { record: modelError(record) }),
      ...(olderStatus === 0 ? {} : { olderStatus: modelError(olderStatus) }),
    };
    change(world);
    const result = await createExecution(world.context, someInputs({ waitFor: "running", clocks: { total: 9 } })).catch(
      (error: Error) => error.message,
    );
    return { starts: startsOf(world), result };
  };
  const ofAnother = ({ service }: World) => {
    void service.client.start({ compose_file_code: "", file_name: "another" });
    for (const run of service.runs) service.end(run, "completed", 0);
    service.calls.length = 0;
  };

  test.each([
    ["both calls are refused", 403, 403, undefined, 0],
    ["the record is refused, and the older status fails", 403, 500, undefined, 1],
    ["the record fails", 500, 403, undefined, 1],
    ["the record is refused, and the older status does not know the id", 403, 404, undefined, 1],
    ["the record does not know the id", 404, 403, undefined, 1],
    ["the record of a known run is refused with 404", 404, 403, ofAnother, 0],
  ] as const)("%s (%d, %d)", async (_, record, olderStatus, change, starts) => {
    const found = await started(record, olderStatus, change);
    expect(found.starts).toBe(starts);
    if (starts === 0) expect(found.result).toMatch(/^LYC3017: No call would show whether the run is running: /);
  });

  test("waitFor accepted needs no such call", async () => {
    const world = createWorld();
    const refused = modelError(403);
    world.service.behaviour.failing = { listActive: refused, record: refused, olderStatus: refused };
    expect(isUnclear(await createExecution(world.context, accepted()))).toBe(false);
  });
});

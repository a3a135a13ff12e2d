import { createExecution } from "../../lifecycle/create/create";
import { createWorld, someInputs } from "../../lifecycle/testing/world";
import { check, create, delete as deleteScope, diff, read, update } from "./scope";

const mockedRuntime = jest.fn();
jest.mock("./runtime", () => ({ runtime: () => mockedRuntime() }));

/**
 * Makes a process in which messages reach the engine when they are flushed. Returns the flushed messages.
 *
 * @param context the context for the row of the stack, which has an empty URN
 */
function processOf(context: object = {}): string[] {
  const [pending, shown]: [string[], string[]] = [[], []];
  const progress = (urn: string, message: string) => void pending.push(`${urn}: ${message}`);
  mockedRuntime.mockReturnValue({
    context: (urn: string) => (urn === "" ? context : undefined),
    engine: { report: { progress }, flush: async () => void shown.push(...pending.splice(0)) },
  });
  return shown;
}

test("the row of a scope says what it is, and that it costs nothing", async () => {
  const shown = processOf();
  await create({ __resourceUrn: "urn:scope" });
  expect(shown).toEqual(["urn:scope: finds the runs of this stack again; not billed"]);
});

test("the deletion of a scope reports the active runs that only the scope can find", async () => {
  const first = createWorld();
  first.service.behaviour.script = [{ after: 1, status: "running" }];
  for (const secret of ["one", "two"])
    await createExecution(first.context, someInputs({ waitFor: "accepted", $scope: secret }));
  const second = createWorld(first);
  processOf(second.context);
  await deleteScope("scope-x", {});
  expect(second.reported).toEqual([]);
  await deleteScope("scope-x", { secret: "two" });
  expect(second.reported).toEqual([expect.stringContaining("Run run-2 (")]);
});

test("every scope has a new secret, and its id does not reveal it", async () => {
  const [one, other] = [await create({}), await create({})];
  expect(one.outs.secret).toMatch(/^[\w-]{32}$/);
  expect(one.outs.secret).not.toBe(other.outs.secret);
  expect(one.id).not.toContain(String(one.outs.secret));
});

test("a scope never changes", async () => {
  expect(await check({}, { __resourceUrn: "urn:scope" })).toEqual({ inputs: { __resourceUrn: "urn:scope" } });
  expect(await diff()).toEqual({ changes: false });
  expect(await read("scope-x", { secret: "s" })).toEqual({ id: "scope-x", props: { secret: "s" } });
  expect(await update("scope-x", { secret: "s" })).toEqual({ outs: { secret: "s" } });
});

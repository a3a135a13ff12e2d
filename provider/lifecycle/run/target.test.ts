import { createExecution } from "../create/create";
import { modelError } from "../testing/model-service";
import { createWorld, someInputs } from "../testing/world";
import type { ExecutionOutputs } from "./record/record";
import { isSameTarget, lookUpRun, movedWarning, sameTarget } from "./target";

const HOME = "https://api.lyceum.example/api/v2/external";
const ELSEWHERE = "https://other.example/api/v2/external";
const HERE = "http://127.0.0.1:4010/api/v2/external";

const BESIDE = "http://emulator:4010/api/v2/external";

/** Whether the lifecycle may act on a run with this target. */
function mayAct(
  recorded: { readonly baseUrl: string; readonly organisation?: string; readonly executionId?: string },
  client: { readonly baseUrl: string; readonly organisation?: string },
): boolean {
  try {
    sameTarget({ executionId: "run-7", ...recorded } as ExecutionOutputs, client);
    return true;
  } catch (error) {
    expect(String(error)).toMatch(/LYC3006: Run \S+ .* Nothing was changed\. .*LYCEUM_BASE_URL/);
    return false;
  }
}

test.each([
  ["the same base URL", { baseUrl: HOME }, { baseUrl: HOME }, true],
  ["another base URL", { baseUrl: HOME }, { baseUrl: ELSEWHERE }, false],
  ["no base URL", { baseUrl: "" }, { baseUrl: HOME }, false],
  ["the same organisation", { baseUrl: HOME, organisation: "acme" }, { baseUrl: HOME, organisation: "acme" }, true],
  ["another organisation", { baseUrl: HOME, organisation: "acme" }, { baseUrl: HOME, organisation: "other" }, false],
  ["an organisation not known now: a key", { baseUrl: HOME, organisation: "acme" }, { baseUrl: HOME }, true],
  ["an organisation not known then", { baseUrl: HOME }, { baseUrl: HOME, organisation: "acme" }, true],
  ["an emulator's run here", { baseUrl: HERE, executionId: "local-1" }, { baseUrl: HERE }, true],
  ["an emulator's run in a container", { baseUrl: BESIDE, executionId: "local-1" }, { baseUrl: BESIDE }, true],
  ["an emulator's run at the service", { baseUrl: HOME, executionId: "local-1" }, { baseUrl: HOME }, false],
])("whether the provider may change a run: %s", (_case, recorded, client, may) =>
  expect([
    mayAct(recorded, client),
    isSameTarget({ executionId: "run-7", ...recorded } as ExecutionOutputs, client),
  ]).toEqual([may, may]),
);

test.each([
  [
    "from an emulator to a service",
    { baseUrl: HERE, status: "completed" },
    HOME,
    /starts at https.* may be billed.*emulator --env/,
  ],
  ["from one service to another", { baseUrl: HOME, status: "failed" }, ELSEWHERE, /LYCEUM_API_KEY of that service/],
  ["to the same service", { baseUrl: HOME, status: "completed" }, HOME, undefined],
  ["to an emulator, which bills nothing", { baseUrl: HOME, status: "completed" }, HERE, undefined],
  ["while the run is active, which is an error later", { baseUrl: HERE, status: "running" }, HOME, undefined],
  ["from a damaged state", { baseUrl: "", status: "completed" }, HOME, undefined],
])("the warning of a new run that moves %s", (_case, { baseUrl, status }, configured, warning) => {
  const said = movedWarning({ executionId: "local-1", baseUrl, status } as ExecutionOutputs, { baseUrl: configured });
  if (warning === undefined) expect(said).toBeUndefined();
  else expect(said).toMatch(warning);
});

test("the error names both organisations", () => {
  const recorded = { executionId: "run-7", baseUrl: HOME, organisation: "acme" } as ExecutionOutputs;
  expect(() => sameTarget(recorded, { baseUrl: HOME, organisation: "other" })).toThrow(
    /organization acme\), but the configuration sets \S+ \(organization other\)/,
  );
});

test("an emulator's run is neither adopted by its id nor read at the service", async () => {
  const { context, service } = createWorld();
  const taken = createExecution(context, someInputs({ composeFileCode: undefined, existingExecutionId: "local-1" }));
  await expect(taken).rejects.toThrow(/LYC3006: Run local-1 belongs to an emulator/);
  const { client } = context;
  await expect(lookUpRun(client, "local-1", () => client.record("local-1"))).rejects.toThrow("LYC3006");
  expect(service.calls).toEqual([]);
});

test("the error names the recorded target, even if no target was recorded", () => {
  const error = (recorded: Partial<ExecutionOutputs>) => () =>
    sameTarget({ executionId: "run-7", ...recorded } as ExecutionOutputs, { baseUrl: HOME });
  expect(error({ baseUrl: "" })).toThrow(`Run run-7 is recorded at no base URL, but the configuration sets ${HOME}.`);
  expect(error({ executionId: "", startKey: "k", baseUrl: ELSEWHERE })).toThrow(
    `The start with the key k is recorded at ${ELSEWHERE}, but the configuration sets ${HOME}.`,
  );
});

test("a run that the service does not know is an error, and a run that it knows is returned", async () => {
  const read = (found: Awaited<ReturnType<Parameters<typeof lookUpRun>[2]>>) =>
    lookUpRun({ baseUrl: HOME }, "run-7", async () => found);
  expect(await read({ kind: "found", value: 7 })).toBe(7);
  await expect(read({ kind: "missing", error: modelError(404) })).rejects.toThrow(/^LYC3009: .*run-7/);
});

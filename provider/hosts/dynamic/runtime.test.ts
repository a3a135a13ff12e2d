import { connectEngine } from "../engine";
import * as execution from "./execution";
import * as files from "./files";
import { engineRpc, filesPorts, runtime } from "./runtime";
import * as scope from "./scope";

let mockedExit: (() => void) | undefined;
// The real function checks every 2 s whether the engine is alive.
jest.mock("../engine", () => ({
  ...jest.requireActual("../engine"),
  exitWithEngine: async (_engine: unknown, _clock: unknown, exit: () => void) => {
    mockedExit = exit;
  },
}));

const configurationOf = (settings: Readonly<Record<string, string>>) => ({
  config: { get: (key: string) => settings[key] },
});

test.each([
  ["an execution", execution],
  ["stored files", files],
  ["the scope", scope],
])("Configure of %s sets the stack's configuration for every resource of the process", (_name, host) => {
  host.configure(configurationOf({ "lyceum:baseUrl": "ftp://x.example", "lyceum:s3MountPath": "/data" }));
  expect([runtime().unusable?.(), filesPorts().mountPath()]).toEqual([expect.stringMatching(/^LYC1002: /), "/data"]);
  host.configure(configurationOf({}));
  expect([runtime().unusable?.(), filesPorts().mountPath()]).toEqual([undefined, "/mnt/s3"]);
});

test("all resources of a process share its runtime, and what it remembers of files", () => {
  expect(runtime()).toBe(runtime());
  expect(filesPorts()).toBe(filesPorts());
});

test("the process ends with an error when its engine has died", () => {
  runtime();
  const exit = jest.spyOn(process, "exit").mockImplementation((code) => {
    throw new Error(`exit ${code}`);
  });
  expect(mockedExit).toThrow("exit 1");
  exit.mockRestore();
});

test("the copy of Pulumi that the program uses reaches an engine, and finds a closed port", async () => {
  // Port 9 has no service.
  expect(await connectEngine("127.0.0.1:9", engineRpc).liveness.isAlive()).toBe(false);
});

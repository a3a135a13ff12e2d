import { readCommandLine } from "./command-line";

test("without arguments a free port and the defaults", () => {
  expect(readCommandLine([])).toEqual({
    kind: "run",
    options: { port: 0, runEnd: "first-failure", simulate: "nothing", clock: "real" },
  });
});

test("every option is read", () => {
  const args =
    "--port 4010 --api-key lk_a --engine simulated --data d --run-end all --simulate success --clock manual".split(" ");
  expect(readCommandLine(args)).toEqual({
    kind: "run",
    options: {
      port: 4010,
      apiKey: "lk_a",
      engine: "simulated",
      dataDirectory: "d",
      runEnd: "all",
      simulate: "success",
      clock: "manual",
    },
  });
});

test("a manual clock means the simulated engine", () => {
  expect(readCommandLine(["--clock", "manual"])).toMatchObject({ options: { engine: "simulated" } });
});

test("help wins", () => {
  expect(readCommandLine(["--help", "--port", "x"])).toEqual({ kind: "help" });
});

test.each([
  ["--port 70000", /--port must be/],
  ["--port -1", /port/],
  ["--api-key secret", /--api-key must begin with lk_/],
  ["--engine podman", /--engine must be docker or simulated, not "podman"/],
  ["--run-end never", /--run-end/],
  ["--simulate failure", /--simulate must be nothing or success, not "failure"/],
  ["--simulate success --engine docker", /--simulate needs --engine simulated/],
  ["--clock sundial", /--clock/],
  ["--clock manual --engine docker", /--clock manual needs --engine simulated/],
  ["--data=", /--data must name a folder/],
  ["--speed 3", /--speed/],
  ["stray", /stray/],
])("%s is refused in one line", (line, reason) => {
  const read = readCommandLine(line.split(" "));
  expect(read).toEqual({ kind: "wrong", reason: expect.stringMatching(reason) });
  expect(read.kind === "wrong" && read.reason).not.toContain("\n");
});

import { mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stat } from "../../compose/files";
import { fakeSurface } from "../../testing/surface";
import { CiError } from "../catalogue";
import { automationError, installAutomation } from "../testing/automation";
import { diagnostic } from "../testing/events";
import { fakeSession } from "../testing/session";
import { type EngineOptions, runEngine, type Session, withSession } from "./session";

/** Runs a command of the engine that prints, and then ends in this way. */
async function ended(end: (options: EngineOptions) => void, more: { isStopped?: boolean; parallel?: number } = {}) {
  const { session, surface, stop } = fakeSession({}, more.parallel === undefined ? {} : { parallel: more.parallel });
  if (more.isStopped) stop.abort();
  const given: EngineOptions[] = [];
  const result = await runEngine(session, async (options) => {
    given.push(options);
    options.onOutput("Updating:\n + one");
    options.onOutput("\n + tw");
    options.onEvent(diagnostic(undefined, "error", "no"));
    options.onError("warning: a\n");
    end(options);
  }).catch(String);
  return { result, output: surface.output, complaints: surface.complaints, options: given[0] };
}

const WHOLE = ["Updating:", " + one", " + tw"];

test.each([
  ["succeeds", () => undefined, { kind: "succeeded", reason: "", output: [] }],
  [
    "fails",
    () => {
      throw automationError("CommandError", "code: 255\nstderr: error: it failed\n");
    },
    { kind: "failed", reason: "it failed", wasKilled: false, output: ["Updating:", " + one", "warning: a", " + tw"] },
  ],
  [
    "is killed",
    () => {
      throw automationError("CommandError", "Command was killed with SIGKILL");
    },
    { kind: "failed", wasKilled: true },
  ],
])("a command of the engine that %s has its result, and its output in whole lines", async (_what, end, expected) => {
  const { result, output, complaints } = await ended(end);
  expect(result).toMatchObject({ ...expected, observed: { messages: [{ text: "no" }] } });
  expect([output, complaints]).toEqual([WHOLE, ["warning: a"]]);
});

test("of a command that finds a lock, no error is printed, because the caller explains it", async () => {
  const { result, complaints } = await ended(() => {
    throw automationError("ConcurrentUpdateError", "created by robot@ci-1");
  });
  expect([result, complaints]).toEqual([
    expect.objectContaining({ kind: "locked", reason: "created by robot@ci-1" }),
    [],
  ]);
});

test("an error that does not come from the Pulumi CLI is passed on", async () => {
  const { result, output } = await ended(() => {
    throw new TypeError("a bug");
  });
  expect([result, output]).toEqual(["TypeError: a bug", WHOLE]);
});

test("after a signal, no command starts", async () => {
  const { result, options } = await ended(() => undefined, { isStopped: true });
  expect([result, options]).toEqual([expect.objectContaining({ kind: "stopped", reason: "" }), undefined]);
});

test("Pulumi's own number of operations holds, unless --parallel gives another", async () => {
  expect((await ended(() => undefined)).options).not.toHaveProperty("parallel");
  expect((await ended(() => undefined, { parallel: 3 })).options).toMatchObject({ parallel: 3, color: "never" });
});

describe("a session", () => {
  let folder = "";
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "lyceum-session-")));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** Opens a session. The selection of the stack fails with this error, or the work runs. */
  async function opened(error: Error | undefined, { within = ".", signal = false, create = error } = {}) {
    const selectStack = async () => {
      if (signal) process.emit("SIGTERM");
      if (error !== undefined) throw error;
      return { workspace: { projectSettings: async () => ({ name: "training" }) } };
    };
    const createStack = async () => {
      if (signal) process.emit("SIGTERM");
      throw create;
    };
    installAutomation(folder, { selectStack, createStack });
    const surface = { ...fakeSurface({}), stat };
    const request = {
      folder: join(folder, within),
      stack: "dev",
      install: false,
      lockWaitSeconds: 0,
    } as Session["request"];
    const work = async ({ open }: Session) => (open.project === "training" ? 0 : -1);
    const report = { stopped: () => 130, locked: () => 3 };
    const code = await withSession(request, surface, work, report).catch((failure: Error) => failure.message);
    return [code, surface.complaints.join("\n")];
  }

  const COMMAND = automationError("CommandError", "code: 255\nstderr: error: no access\n");
  const NO_CLI = new Error("spawn pulumi ENOENT");
  const NO_STACK = automationError("StackNotFoundError");
  const LOCKED = automationError("ConcurrentUpdateError", "  file:///1.json: created by robot@ci-1 (pid 7) at noon\n");

  test.each([
    ["runs its work", undefined, {}, 0, ""],
    ["names the error of the Pulumi CLI", COMMAND, {}, "Pulumi: no access", ""],
    ["names an ordinary error of the Automation API", new Error("no workspace"), {}, "Pulumi: no workspace", ""],
    ["names the missing CLI by its code", NO_CLI, {}, expect.stringMatching(/^LYC5002: /), ""],
    ["passes on another error", new TypeError("a bug"), {}, "a bug", ""],
    ["passes on an error with a code", new CiError("LYC5001"), {}, expect.stringMatching(/^LYC5001: /), ""],
    ["that a signal stops prints the error", COMMAND, { signal: true }, 130, "Pulumi, after a signal: no access"],
    [
      "whose creation another command locks ends as locked",
      NO_STACK,
      { create: LOCKED },
      3,
      expect.stringMatching(/^LYC5003: The stack is locked by robot@ci-1 \(pid 7\) at noon\./),
    ],
    ["that a signal stops at such a lock ends as stopped", NO_STACK, { create: LOCKED, signal: true }, 130, ""],
    ["needs its folder", undefined, { within: "none" }, expect.stringMatching(/none is not a folder$/), ""],
  ])("%s", async (_what, error, options, code, complaints) => {
    const listeners = process.listenerCount("SIGTERM");
    expect(await opened(error, options)).toEqual([code, complaints]);
    expect(process.listenerCount("SIGTERM")).toBe(listeners);
  });

  test("needs a folder, not a file", async () => {
    mkdirSync(join(folder, "a"));
    expect(await opened(undefined, { within: "a" })).toEqual([0, ""]);
  });
});

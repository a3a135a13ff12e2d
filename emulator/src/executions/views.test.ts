import { accepted, advanced, cancelling, type Execution, ended } from "./execution";
import { RunOutput } from "./output";
import { joined, logEntry, record, summary, timing } from "./views";

const start = accepted({ executionId: "local-1", sequence: 1, fileName: "name", machine: "cpu", at: 0 });
const completed = { status: "completed", returnCode: 0, errors: [], dockerErrors: [] } as const;
const aborted = { ...completed, status: "aborted", returnCode: null } as const;
const starting = advanced(start, "starting", 1_000);
const running = advanced(starting, "running", 3_000);

test.each<[string, Execution, readonly (number | null)[]]>([
  ["waits", start, [9, null, null, null, 9]],
  ["starts", starting, [1, 8, null, null, 9]],
  ["goes on", running, [1, 2, 6, null, 9]],
  ["is being ended", cancelling(running, "abort", 7_000), [1, 2, 4, 2, 9]],
  ["was ended while it waited", ended(cancelling(start, "abort", 2_000), aborted, 5_000), [2, null, null, 3, 5]],
  ["was ended while it started", ended(cancelling(starting, "abort", 2_000), aborted, 5_000), [1, 1, null, 3, 5]],
  ["failed while it waited", ended(start, { ...completed, status: "failed" }, 4_000), [4, null, null, null, 4]],
  ["failed while it started", ended(starting, { ...completed, status: "failed" }, 4_000), [1, 3, null, null, 4]],
  ["has ended", ended(running, completed, 8_000), [1, 2, 5, null, 8]],
])("the phases of a run that %s, in seconds", (_what, execution, seconds) => {
  const { phases, ...shown } = timing(execution, 9_000).timing;
  const names = ["queued", "launchingContainer", "executingJob", "shuttingDown", "total"] as const;
  expect(names.map((name) => shown[name])).toEqual(seconds);
  expect(names.map((name) => phases[name]?.duration)).toEqual(seconds);
});

test("a phase has the times of its beginning and its end", () => {
  expect(timing(running, 9_000).timing.phases).toMatchObject({
    launchingContainer: { start_time: "1970-01-01T00:00:01.000Z", end_time: "1970-01-01T00:00:03.000Z" },
    executingJob: { start_time: "1970-01-01T00:00:03.000Z", end_time: null },
    shuttingDown: { start_time: null, end_time: null },
  });
});

const line = (message: string, stream: "stdout" | "stderr", index: number) => {
  return { service: "app", stream, message, timestamp: String(index).padStart(5, "0") };
};
const withOutput = (...lines: readonly (readonly [string, "stdout" | "stderr"])[]) => {
  const output = new RunOutput();
  for (const [index, [message, stream]] of lines.entries()) output.add(line(message, stream, index));
  return output;
};

test("a record has the output in one text and by streams, and the result only after the end", () => {
  const output = withOutput(["a", "stdout"], ["b", "stderr"], ["c", "stdout"]);
  const shown = record({ execution: running, body: { x: 1 }, output }, "simulated");
  expect(shown).toMatchObject({
    ...summary(running),
    stdout: "a\nc\n",
    stderr: "b\n",
    combined_output: "a\nb\nc\n",
    result: null,
    errors: null,
    job_start: "1970-01-01T00:00:03.000Z",
    job_end: null,
    emulated_by: "simulated",
    request: { x: 1 },
  });
  const failed = ended(
    running,
    { status: "system_failure", returnCode: 0, errors: ["e", "f"], dockerErrors: ["d"] },
    4_000,
  );
  const after = { result: { returnCode: 0 }, errors: "e\nf", errors_docker: "d", system_errors: ["e", "f"] };
  const times = { finish_time: "1970-01-01T00:00:04.000Z", job_end: "1970-01-01T00:00:04.000Z" };
  expect(record({ execution: failed, body: {}, output }, "docker")).toMatchObject({ ...after, ...times });
});

test("the text of a record has 256 KiB, and of longer output the beginning and the end", () => {
  // With its line end, each line has 1 KiB.
  const text = (lines: number, extra = "") => {
    const texts = Array.from({ length: lines }, (_, at) => [String(at).padEnd(1023, "."), "stdout"] as const);
    return record({ execution: running, body: {}, output: withOutput(...texts, [extra, "stderr"]) }, "docker");
  };
  const { stdout, combined_output: combined } = text(256);
  expect([stdout.length, stdout]).toEqual([256 * 1024, expect.not.stringContaining("left out")]);
  const lines = combined.split("\n");
  expect(lines.filter((one) => one.includes("left out"))).toEqual(["[emulator] 1 line is left out here."]);
  expect([lines[63], lines[65]].map((one) => Number.parseInt(one ?? "", 10))).toEqual([63, 65]);
  expect(text(258).stdout.split("\n")[64]).toBe("[emulator] 2 lines are left out here.");
});

test.each([
  ["stdout", undefined, "INFO", { service: "app", stream: "stdout" }],
  ["stderr", 3, "ERROR", { service: "app", stream: "stderr", omitted_lines: "3" }],
] as const)("a log of %s", (stream, omittedLines, level, labels) => {
  const shown = { ...line("m", stream, 1), ...(omittedLines === undefined ? {} : { omittedLines }) };
  expect(logEntry(shown, "here")).toEqual({
    timestamp: "00001",
    message: "m",
    level,
    hostname: "here",
    labels,
  });
});

test("no reasons are null, and several are one text", () => {
  expect([joined([]), joined([""]), joined(["a", "b"])]).toEqual([null, "", "a\nb"]);
});

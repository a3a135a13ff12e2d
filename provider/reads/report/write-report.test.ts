import { create, InitFailure, update } from "../../lifecycle";
import { inputs, never, recorded, SECRET, startProcess } from "../../lifecycle/testing/recorded-resource";

const failing = [{ after: 1, status: "failed", returnCode: 3 }];

test("the page of a failed run shows its output with masked secrets", async () => {
  const process = startProcess();
  process.service.behaviour.script = failing;
  process.service.behaviour.output = ["reading input", `connecting as ${SECRET}`];
  const composeFileCode = `services:\n  train:\n    image: busybox\n    environment: {DB: "${SECRET}", MODE: fast}\n`;
  const news = inputs({ composeFileCode, report: "out/train.html" }, { secrets: ["composeFileCode"] });
  await expect(create(process.runtime, { news, signal: never })).rejects.toBeInstanceOf(InitFailure);
  const page = process.written.get("out/train.html") ?? "";
  for (const part of ["failed (exit code 3)", "reading input", "<dt>attempt</dt><dd>1</dd>"]) {
    expect(page).toContain(part);
  }
  expect(page).not.toContain(SECRET);
  expect(process.rows).toEqual([]);
});

test("a page is written at the end of create and update; a name with .md gives Markdown", async () => {
  const process = startProcess();
  const { state } = await recorded(process, { report: "first.md" });
  expect(process.written.get("first.md")).toMatch(/^\| run \| status/);
  await update(process.runtime, { state, news: inputs({ report: "second.html" }), signal: never });
  expect([...process.written.keys()]).toEqual(["first.md", "second.html"]);
});

test("nothing is read or written without the argument", async () => {
  const process = startProcess();
  await recorded(process);
  expect([process.written.size, process.service.calls.filter((call) => call.startsWith("logs"))]).toEqual([0, []]);
});

test("a page that cannot be made or written is only a warning", async () => {
  const cannotWrite = startProcess();
  const news = inputs({ report: "/read-only/page.html" });
  await expect(create(cannotWrite.runtime, { news, signal: never })).resolves.toMatchObject({ executionId: "run-1" });
  expect(cannotWrite.rows).toEqual([
    "train warning: The report /read-only/page.html was not written: the file cannot be written (EROFS).",
  ]);
  const silent = startProcess(() => ({
    timing: () => Promise.reject(new Error("cut")),
    record: () => Promise.reject(new Error("cut")),
  }));
  await create(silent.runtime, { news: inputs({ report: "page.html" }), signal: never });
  expect(silent.rows).toEqual(["train warning: The report page.html was not written: cut."]);
});

test("output that does not arrive is left out after some seconds", async () => {
  const logsTail = (_id: string, _lines: number, { signal }: { signal?: AbortSignal | undefined } = {}) =>
    new Promise<never>((_, reject) => signal?.addEventListener("abort", () => reject(new Error("aborted"))));
  const process = startProcess(() => ({ logsTail }));
  await create(process.runtime, { news: inputs({ report: "page.html" }), signal: never });
  expect(process.written.get("page.html")).toContain("running");
  expect(process.rows).toEqual([]);
});

test("a cancel skips the page", async () => {
  const process = startProcess();
  const cancel = new AbortController();
  void process.clock.sleep(9).then(() => cancel.abort());
  const news = inputs({ waitFor: "completed", report: "page.html" });
  await expect(create(process.runtime, { news, signal: cancel.signal })).rejects.toThrow(/LYC3021/);
  expect([process.written.size, process.rows]).toEqual([0, []]);
});

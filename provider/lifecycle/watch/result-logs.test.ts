import { createResultLogs } from "./result-logs";

/**
 * Returns a function that reads the log of a run, and `asked`, the runs whose log was read. The digest identifies the
 * document of the run.
 */
function logs() {
  const resultLogs = createResultLogs();
  const asked: string[] = [];
  const read = (id: string, log: string | undefined, run: { digest?: string; text?: string; secret?: string } = {}) =>
    resultLogs(
      {
        ...(run.text === "" ? {} : { composeText: run.text ?? "image: busybox" }),
        secretResults: run.secret === undefined ? [] : [run.secret],
      },
      { composeDigest: run.digest ?? "a" },
      async () => {
        asked.push(id);
        return log;
      },
    );
  return { asked, read };
}

test("the first log of runs with one document decides about the others", async () => {
  const { asked, read } = logs();
  expect(await Promise.all([read("1", "done"), read("2", "done")])).toEqual(["done", undefined]);
  expect(await read("3", "done")).toBeUndefined();
  expect(await read("4", "", { digest: "b" })).toBe("");
  expect(await read("5", "", { digest: "b" })).toBeUndefined();
  expect(asked).toEqual(["1", "4"]);
});

test.each([
  ["had a result", "done\nlyceum-result version 7"],
  ["could not be read", undefined],
])("each log is read if the first log %s", async (_, log) => {
  const { asked, read } = logs();
  await Promise.all([read("1", log), read("2", "done"), read("3", "done")]);
  expect(asked).toEqual(["1", "2", "3"]);
});

test.each([
  ["the document prints results", { text: "command: echo lyceum-result version 7" }],
  ["a secret result is named", { secret: "version" }],
  ["the text is not known", { text: "" }],
  ["the run was adopted without a document", { digest: "" }],
])("each log is read if %s", async (_, run) => {
  const { asked, read } = logs();
  await read("1", "done", run);
  await read("2", "done", run);
  expect(asked).toEqual(["1", "2"]);
});

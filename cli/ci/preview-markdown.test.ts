import { gatherEvents } from "./events";
import { previewData, previewJson } from "./preview-data";
import { previewMarkdown } from "./preview-markdown";
import { diagnostic, step, TYPE, urnOf } from "./testing/events";

const PRICES = new Map([["gpu.a100", 36]]);
const ABOUT = { project: "training", stack: "prod", succeeded: true };
const recorded = { executionId: "run-1", status: "running", onDelete: "abort" };

/** The summary of a preview with these events. */
function summaryOf(events: Parameters<ReturnType<typeof gatherEvents>["add"]>[0][], about: Partial<typeof ABOUT> = {}) {
  const gathered = gatherEvents();
  for (const event of events) gathered.add(event);
  const data = previewData({ ...ABOUT, ...about }, gathered.observed(), PRICES);
  return { data, text: previewMarkdown(data), json: JSON.stringify(previewJson(data)) };
}

const train = step("create", "train", { new: { executionType: "gpu.a100", timeout: 600, waitFor: "completed" } });
const web = [
  diagnostic(
    "web",
    "info",
    "aborts run run-1 (running at 05:57:40 UTC) and starts a new run: image changed in services.a\n",
  ),
  step("delete-replaced", "web", { old: recorded }),
  step("replace", "web", { old: recorded, new: { executionType: "cpu", timeout: 60 } }),
  step("create-replacement", "web", { old: recorded, new: { executionType: "cpu", timeout: 60 } }),
];

test("what would run and why, what would be aborted, and what it costs at most", () => {
  const { text } = summaryOf([train, ...web, step("delete", "old", { old: { ...recorded, executionId: "run-2" } })]);
  expect(text).toBe(`<!-- pulumi-lyceum preview training/prod -->

### Preview of training/prod

**2 runs would start, 2 runs would be aborted.**

| execution | what happens | why | aborts | machine | timeout | costs at most |
|---|---|---|---|---|--:|--:|
| old | is deleted | it is no longer in the program | run-2 |  |  |  |
| train | starts a run | it is new in the program |  | gpu.a100 | 10m | 6.00 |
| web | starts a new run | aborts run run-1 (running) and starts a new run: image changed in services.a | run-1 | cpu | 1m | not known |

It costs at most 6.00 (timeout × price of the machine, in the currency of the account). That is without web, whose price is not known.
`);
});

test("another order of the events, another time and messages for debugging give the same bytes", () => {
  const later = diagnostic(
    "web",
    "info",
    "aborts run run-1 (running at 06:01:02 UTC) and starts a new run: image changed in services.a\n",
  );
  const debug = diagnostic("web", "debug", "inputs: secret-value");
  const progress = { ...diagnostic("web", "info", "still waiting"), timestamp: 5 };
  if (progress.diagnosticEvent !== undefined)
    progress.diagnosticEvent = { ...progress.diagnosticEvent, ephemeral: true };
  const other = summaryOf([later, debug, progress, ...web.slice(1), train]);
  expect(other.text).toBe(summaryOf([train, ...web]).text);
  expect(other.json).toBe(summaryOf([train, ...web]).json);
  expect(other.json).not.toContain("secret-value");
});

test.each([
  ["a run that has ended is not aborted", { ...recorded, status: "completed" }, undefined],
  ["a run that is left is not aborted", { ...recorded, onDelete: "leave" }, undefined],
  ["a run that is active is", recorded, "run-1"],
])("%s", (_, old, aborts) => {
  expect(summaryOf([step("delete", "old", { old })]).data.executions[0]?.aborts).toBe(aborts);
});

test("a run that the provider has just observed to have ended is not aborted, also where the state records it as active", () => {
  const ended = diagnostic(
    "web",
    "info",
    "starts a new run in place of run run-1 (completed with exit code 0): triggers changed",
  );
  expect(summaryOf([ended, ...web.slice(1)]).data.executions[0]?.aborts).toBeUndefined();
});

test("an execution that adopts a run starts none", () => {
  const { data, text } = summaryOf([step("create", "old", { new: { existingExecutionId: "run-7" } })]);
  expect(data.executions[0]?.action).toBe("adopt");
  expect(text).toContain("No run would start");
});

test("a preview that failed shows diagnostics with file and line, and nothing that depends on how far it came", () => {
  const failure = diagnostic(
    "web",
    "error",
    `${TYPE} resource 'web': property composeFile value {compose.yaml} has a problem: 2 errors in the compose document:
compose.yaml:4:5 error LYC2105: Compose has no key imgae here
  4 |     imgae: x
    |     ^^^^^
  Remove the key, or start its name with \`x-\`.
compose.yaml:5:5 error LYC2105: Compose has no key prots here
  Did you mean \`ports\`?
`,
  );
  const { text, data } = summaryOf([train, failure, diagnostic(undefined, "error", "preview failed")], {
    succeeded: false,
  });
  expect(text).toContain("**The preview failed: 2 errors in compose documents.**");
  expect(text).not.toContain("| train |");
  expect(text).toContain("* compose.yaml:5:5 error LYC2105: Compose has no key prots here. Did you mean \\`ports\\`?");
  expect(data.diagnostics[0]?.range?.end.column).toBe(10);
  expect(data.messages).toEqual([]);
});

test("nothing that a message holds is Markdown, or ends the marker", () => {
  const hostile = "it --> <b> | `x` @everyone ```";
  const { text } = summaryOf([diagnostic("web", "warning", hostile), ...web], { stack: "a-->b" });
  expect(text.split("\n")[0]).toBe("<!-- pulumi-lyceum preview training/a__b -->");
  expect(text).toContain(`**Warning of web**\n\n\`\`\`\`\n${hostile}\n\`\`\`\`\n`);
});

test("URNs name the resource even where its name holds colons", () => {
  const event = step("create", "a::b", { new: { executionType: "cpu" } });
  expect(summaryOf([event]).data.executions[0]).toMatchObject({ name: "a::b", urn: urnOf("a::b") });
});

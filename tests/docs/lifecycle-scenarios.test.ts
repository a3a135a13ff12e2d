import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";

/*
 * The test that shows each row of the tables in `docs/explanation/lifecycle.md`, and other lines of the page. An entry
 * has the beginning of the line, the golden file of a scenario (or a unit test), and a text in that file.
 */
// biome-ignore format: a proof a line, as in a table
const SHOWN: readonly (readonly [line: string, test: string, text: string])[] = [
  ["`queue`", "clocks", "LYC3002: The queue clock (3 s) ran out while the provider waited for run <queue-1>"],
  ["`run`", "clocks", "LYC3002: The run clock (3 s) ran out while the provider waited for run <run-1>"],
  ["`total`", "clocks", "LYC3002: The total clock (6 s) ran out while the provider waited for run <total-1>"],
  ["`delete`", "clocks", "LYC3005: The delete clock (4 s) ran out before Lyceum reported the end of the aborted run <delete-1>"],
  ["All waits of a command share one call", "watch/poll-tick.test", "[0, 0.5],"],
  ["All waits of a command share one call", "watch/poll-tick.test", "[59.9, 2],"],
  ["All waits of a command share one call", "watch/poll-tick.test", "[60, 5],"],
  ["Nothing else in this package ends the run of a resource", "surgery/moved", "is active, and none of the resources that this command has read has this run"],
  ["the run of a recorded start", "create/start-decision.test", "is the one with its tag, and the other start of the same attempt is reported"],
  ["an active run with the same inputs", "start-once/found", "Run <active-1> (running) was already started for this resource and is adopted; nothing is started."],
  ["In each case, the provider also reports the other active runs", "start-once/found", 'Run <two-active-2> (running, label "two-active", created <duration> ago, machine cpu) is active, and none of the resources that this command has read has this run.'],
  ["no run is later than the run that the state records", "start-once/recorded", "starts a new run in place of run <changing-2> (completed with exit code 0): triggers changed"],
  ["the latest run ended with success", "start-once/found", "Run <ended-ok-1> was already started for this resource and ended completed <duration> ago; it is adopted and nothing is started. Change triggers to run again."],
  ["the latest run failed within `adoptEndedWithin`", "start-once/found", 'LYC3001: Run <failed-keep-1> failed with exit code 3. It is kept, because whenFailed is "keep"'],
  ["anything else: there is no run", "start-once/found", "failed-by-default created completed (run <failed-by-default-2>)"],
  ["anything else: there is no run", "start-once/found", "aborted created completed (run <aborted-2>)"],
  ["anything else: there is no run", "start-once/found", "ended-too-long-ago created completed (run <ended-too-long-ago-2>)"],
  ["the next `up` finds the run", "create/unclear-start.test", "finds its run by key and tag, and knows the inputs that were sent"],
  ["list and history prove", "create/unclear-start.test", "starts a run if it is proved that there is none"],
  ["all time limits of the run", "create/unclear-start.test", "starts a run when all time limits of the earlier run have passed"],
  ["nobody can know", "create/unclear-start.test", "refuses again if %s, and keeps the record"],
  ["`destroy`", "delete/unclear.test", "does not abort another start of the same attempt, and names the key"],
  ["If Lyceum delays a start", "interrupted/held", "# destroy reports the run that nobody has recorded, and does not abort it"],
  ["A resource that you remove and add again", "start-once/recorded", "Run <taken-out-1> was already started for this resource and ended completed <duration> ago; it is adopted"],
  ["`pulumi up --replace`, and an `up`", "replace", "# up replaces what is tainted"],
  ["`pulumi up --replace`, and an `up`", "twins/forced", "LYC3022: The replacement adopted the resource's own active run <execution-1>, so nothing new was started."],
  ["Lyceum may refuse the new run (402, 409, 422)", "replace/refused", "LYC1106: Starting the execution failed: the account has insufficient credits (402)."],
  ["compose document (in meaning) changed", "policies/axes", "aborts run <image-changed-1> (running at <time>) and starts a new run: image changed in services.job"],
  ["compose document (in meaning) changed", "policies/axes", "and starts a new run: triggers changed"],
  ["compose document (in meaning) changed", "changes", "and starts a new run: executionType changed from cpu to gpu.l40s"],
  ["compose document (in meaning) changed", "changes", "and starts a new run: enableS3Mount changed to true"],
  ["`existingExecutionId` names another run", "changes", "existingExecutionId names another run"],
  ["`existingExecutionId` names another run", "changes", "existingExecutionId was removed"],
  ["an identity input is not known yet", "validated", "may start a new run"],
  ["an identity input is an output of a resource", "changes", "and starts a new run: triggers not known until another resource is replaced"],
  ["the run failed, and `whenFailed` is `rerun`", "policies/axes", 'starts a new run: run <failed-by-default-1> (failed with exit code 3) did not complete, and waitFor is "completed"'],
  ["the run failed, and `whenFailed` is `keep`", "policies/axes", 'Run <failed-keep-1> failed with exit code 3. It is kept, because whenFailed is "keep"'],
  ["the run failed, and `whenFailed` is `fail`", "policies/axes", 'stops: run <failed-fail-1> (failed with exit code 3) did not complete, and whenFailed is "fail"'],
  ["the run was aborted or cancelled", "policies/axes", 'starts a new run: run <aborted-by-default-1> (aborted with exit code 143) was aborted, and waitFor is "completed"'],
  ["the run was aborted or cancelled", "policies/axes", 'Run <aborted-keep-1> was aborted with exit code 143. It is kept, because whenAborted is "keep"'],
  ["the run was aborted or cancelled", "policies/axes", 'stops: run <aborted-fail-1> (aborted with exit code 143) was aborted, and whenAborted is "fail"'],
  ["the run failed or was aborted, its policy", "diff/diff-ended.test", "runOnEveryUp starts a new run even if the policy keeps a run that ended %s"],
  ["the run is lost |", "policies/lost", "LYC3003: Lyceum does not know run <lost-by-default-1> (404). Its last status was running"],
  ["the run is lost |", "policies/lost", 'Run <lost-keep-1> is lost (Lyceum answers 404). It is kept, because whenLost is "keep"'],
  ["the run is lost |", "policies/lost", 'is lost (Lyceum answers 404 and has not reported its end), and whenLost is "rerun"'],
  ["the run failed and the credentials changed", "policies/axes", "starts a new run: run <credentials-fixed-1> (failed) did not complete, and registryCredentials changed since"],
  ["the last command aborted the run", "replace/refused", "it was aborted for a replacement that was not started"],
  ["the start of the run got no clear answer", "diff/diff.test", "looks for the run of the start that got no clear answer"],
  ["the wait for the run is unfinished", "waits/unfinished", "resumes waiting for run <execution-1> (running at <time>) to be completed"],
  ["`runOnEveryUp`", "policies/axes", "starts a new run in place of run <every-up-1> (completed with exit code 0): runOnEveryUp is set"],
  ["a setting changed that `replaceOnChanges` names", "options/replacing", "starts a new run: timeout changed, which replaceOnChanges names"],
  ["`onDelete`, `deleteRecord` changed", "changes", 'onDelete changed to "leave" for run <on-delete-1>'],
  ["`onDelete`, `deleteRecord` changed", "changes", "deleteRecord changed to true for run <delete-record-1>"],
  ["`artifacts` changed", "artifacts", "artifacts changed for run <execution-1> (completed with exit code 0)"],
  ["the run has completed, and an artifact", "artifacts", "looks for the artifacts of run <execution-1> (completed with exit code 0): log"],
  ["any other argument changed", "diff/diff.test", "changed clocks change nothing"],
  ["`timeout`, `gracefulTimeout`, `fileName`", "changes", "Changed for the next run only, because run <settings-1> is still active: timeout"],
  ["`whenFailed`", "policies/axes", "records that run <failed-later-by-default-1> (failed) did not complete"],
  ["`whenAborted`", "policies/axes", "records that run <aborted-later-by-default-1> (aborted) was aborted"],
  ["`whenLost`", "policies/lost", "looks again for run <lost-by-default-1>"],
  ['`ignoreChanges: ["composeFile"]`', "options/ignored", "a trigger starts a run, with the current content of the file"],
  ["`ignoreChanges` of anything else", "options/ignored", "# all changes can be ignored"],
  ['`replaceOnChanges: ["timeout"]`', "options/replacing", "starts a new run: timeout changed, which replaceOnChanges names"],
  ["`protect`", "options/engine", "as it is currently marked for protection"],
  ["`retainOnDelete`", "options/engine", 'Run <execution-2> (last status: running) is not aborted, because onDelete is "leave".'],
  ["`parent`, `aliases`", "options/engine", "# moved into a component, by an alias, it goes on"],
  ["`deleteBeforeReplace: false`", "replace/create-first", "LYC4002: worker: deleteBeforeReplace cannot be false."],
  ["`import`", "targets/import", "LYC4004: worker: the option import cannot be used"],
  ["`customTimeouts`", "clocks", "The total clock (6 s) ran out while the provider waited for run <custom-create-1>"],
  ["A 404 never removes a run", "forgotten/lost", "LYC3003: Lyceum does not know run <execution-1> (404). Its last status was running."],
  ["the end of the run is recorded", "deleting", "recorded-as-ended deleted"],
  ['the run is lost, and `whenLost` is `"rerun"`', "policies/lost", 'Run <lost-rerun-1> is lost and abandoned, because whenLost is "rerun". Lyceum did not report its end.'],
  ['`onDelete: "leave"`', "deleting", 'Run <left-1> (last status: running) is not aborted, because onDelete is "leave".'],
  ["any other run", "deleting", "Run <gives-way-1> ended aborted <duration> after its abort, within its grace period of 10 s."],
  ["another resource in the state still has the run", "twins/failing", "is not aborted, because another resource in the state still has it."],
  ["a running run is replaced", "replace/machine", "LYC3023: Lyceum does not list the machine gpu.none"],
  ["a running run is replaced", "refused/replacement", "LYC3016: The provider cannot verify whether this resource already has a run: GET /billing/history answered 404"],
  ["the abort answers 404", "deleting", "Run <abort-unknown-once-1> ended aborted <duration> after its abort"],
  ["the abort answers 404", "deleting", "LYC3005: Lyceum does not know run <abort-unknown-and-read-too-1> (404; last status: running). This does not prove that it has ended."],
  ["the abort is refused", "refused/abort", "LYC3018: Run <execution-1> (last status: running) cannot be aborted: POST /workloads/abort/{id} answered 405"],
  ["nothing shows the run", "refused/everything", "LYC3015: Lyceum did not report the end of run <execution-1>, because it refuses every call that shows it"],
  ['an artifact has `onDelete: "delete"`', "artifacts", "# destroy removes the result that the program gives up, and no other"],
  ["no end within the clock", "clocks", "LYC3005: The delete clock (5 s) ran out before Lyceum reported the end of the aborted run <custom-delete-1>"],
  ["Pulumi does not notify a dynamic provider of ^C", "interrupted/signals", "job created completed (run <job-1>)"],
];

const root = resolve(__dirname, "../..");
const page = readFileSync(join(root, "docs/explanation/lifecycle.md"), "utf8");

/** Sections of the page that have tables. A scenario has to show every row of them. */
const SECTIONS = ["When is a wait over?", "Starting once", "What the next `up` does", "Resource options", "Deleting"];

function section(title: string): string {
  const parts = page.split(/^## /m).filter((part) => part.startsWith(`${title}\n`));
  if (parts.length !== 1) throw new Error(`There are ${parts.length} sections "${title}".`);
  return parts[0] ?? "";
}

/** A line without the sign of a table row or a list item at its beginning. */
const contents = (line: string) => line.replace(/^[|*] /, "");

/**
 * The rows of every table, without its head. The table of status words is left out, because `wait-outcome.test.ts`
 * tests it.
 */
function rowsOf(text: string): string[] {
  const tables = text.split("\n\n").filter((part) => part.startsWith("|") && !part.startsWith("| status |"));
  return tables.flatMap((table) => table.trimEnd().split("\n").slice(2).map(contents));
}

/**
 * The file of a test. `NAME/CASE` is a golden file. A name with `.test` is a test next to the code of the lifecycle.
 */
function fileOf(test: string): string {
  if (test.endsWith(".test")) return `provider/lifecycle/${test}.ts`;
  const [scenario = "", variant] = test.split("/");
  return `tests/scenarios/${scenario}/golden/${variant === undefined ? "" : `${variant}-`}simulated.txt`;
}

test("every row of the tables in docs/explanation/lifecycle.md has a test in SHOWN above", () => {
  const rows = SECTIONS.flatMap((title) => rowsOf(section(title)));
  const unshown = [...rows, "a planted row"].filter((row) => !SHOWN.some(([line]) => row.startsWith(line)));
  expect(rows.length).toBeGreaterThan(50);
  expect(unshown).toEqual(["a planted row"]);
});

test("each line that SHOWN names stands once in docs/explanation/lifecycle.md", () => {
  const lines = page.split("\n").map(contents);
  const found = ([line]: (typeof SHOWN)[number]) => lines.filter((other) => other.startsWith(line)).length;
  expect(SHOWN.filter((shown) => found(shown) !== 1)).toEqual([]);
});

test.each(SHOWN)("%s: shown by %s, which has %s", (_line, shownBy, text) => {
  expect(readFileSync(join(root, fileOf(shownBy)), "utf8")).toContain(text);
});

import type { ExecutionOutputs } from "../run/record/record";
import { decide, inputs, recorded, replaces, same, text, updates } from "../testing/diff-facts";

describe("decideDiff", () => {
  test("nothing changed", () => expect(decide()).toEqual(same()));

  test.each([
    ["comments, order and quoting", "# hello\nservices: {worker: {\"image\": 'busybox'}}\n"],
    ["obsolete version", `version: "3"\n${text}`],
  ])("a text that differs only in %s is not a change", (_name, composeFileCode) => {
    expect(decide({ news: inputs({ composeFileCode }) })).toEqual(same());
  });

  test.each([
    ["timeout", ["timeout"], { timeout: 90 }],
    ["clocks", ["clocks.run"], { clocks: { run: 5 } }],
    ["waitFor", ["*"], { waitFor: "accepted" }],
    ["registryCredentials", ["registryCredentials"], { registryCredentials: { type: "basic", username: "u" } }],
  ])("%s calls for a new run if replaceOnChanges names it", (name, $replaceOnChanges, change) => {
    expect(decide({ news: inputs({ ...change, $replaceOnChanges }) })).toMatchObject({
      kind: "replace",
      why: `aborts run r1 (last status: running) and starts a new run: ${name} changed, which replaceOnChanges names`,
    });
    // `replaceOnChanges` has no effect if the run was adopted, or if the inputs of the last command are unknown.
    expect(decide({ olds: undefined, news: inputs({ ...change, $replaceOnChanges }) }).kind).not.toBe("replace");
    expect(decide({ news: inputs({ ...change, $replaceOnChanges: ["fileName"] }) }).kind).not.toBe("replace");
    const taken = { ...change, existingExecutionId: "r1" };
    expect(decide({ news: inputs({ ...taken, $replaceOnChanges }) }).kind).not.toBe("replace");
    // The argument does the same in every language.
    expect(decide({ news: inputs({ ...change, rerunOnChanges: $replaceOnChanges }) })).toMatchObject({
      kind: "replace",
      why: `aborts run r1 (last status: running) and starts a new run: ${name} changed, which rerunOnChanges names`,
    });
  });

  test("a change of rerunOnChanges itself starts nothing", () => {
    expect(decide({ news: inputs({ rerunOnChanges: ["*"] }) })).toEqual(same());
  });

  test.each([
    ["compose", { composeFileCode: text.replace("busybox", "alpine") }, "image changed in services.worker"],
    ["executionType", { executionType: "gpu.a100" }, "executionType changed from cpu to gpu.a100"],
    ["enableS3Mount", { enableS3Mount: true }, "enableS3Mount changed to true"],
    ["triggers", { triggers: ["again"] }, "triggers changed"],
  ])("%s calls for a new run, and the row shows why", (_name, change, why) => {
    const decision = decide({ news: inputs(change) });
    expect(decision).toEqual(replaces(why));
    expect(decision).toEqual(replaces("aborts run r1 (last status: running) and starts a new run"));
  });

  test.each([
    [{}, "aborts run r1 (last status: running) and adopts another run"],
    [{ onDelete: "leave" }, "leaves run r1 (last status: running) active and adopts another run"],
    [{ status: "completed" }, "adopts another run in place of run r1 (completed)"],
  ] as const)("an id that names another run starts none; recorded %j", (of, why) => {
    expect(decide({ news: inputs({ existingExecutionId: "other" }), recorded: recorded(of) })).toMatchObject({
      kind: "replace",
      why: `${why}: existingExecutionId names another run, other`,
    });
  });

  const START = "the start that got no clear answer";
  test.each([
    [{}, updates(`looks for the run of ${START}`)],
    [{ triggers: [1] }, replaces(`starts a new run in place of ${START}: triggers changed`)],
    [
      { existingExecutionId: "other" },
      replaces(`adopts a run in place of ${START}: existingExecutionId names a run, other`),
    ],
  ])("the run of a start without a clear answer is looked for, until the user decides: %j", (change, decision) => {
    expect(decide({ news: inputs(change), recorded: recorded({ executionId: "", status: "unknown" }) })).toEqual(
      decision,
    );
  });

  test.each([
    ["credentials", { registryCredentials: { type: "basic", username: "u", password: "p" } }, "registryCredentials"],
    ["timeout", { timeout: 90 }, "timeout (60 → 90 s)"],
    ["gracefulTimeout", { gracefulTimeout: 3 }, "gracefulTimeout (10 → 3 s)"],
    ["fileName", { fileName: "label" }, "fileName"],
    ["userCallbackUrls", { userCallbackUrls: ["https://x"] }, "userCallbackUrls"],
  ])("changed %s changes nothing; an active run gets one warning", (_name, change, word) => {
    expect(decide({ news: inputs(change) })).toEqual(same(word));
    expect(decide({ news: inputs(change), recorded: recorded({ status: "completed" }) })).toEqual(same());
  });

  test("changed clocks change nothing", () => {
    expect(decide({ news: inputs({ clocks: { total: 5 } }) })).toEqual(same());
  });

  test.each([
    ["completed", "running"],
    ["running", "pending"],
    ["completed", "cancelling"],
    ["completed", "a new word"],
  ])("waitFor %s with a run recorded as %s resumes the wait", (waitFor, status) => {
    expect(decide({ news: inputs({ waitFor }), recorded: recorded({ status }) })).toEqual(
      updates("resumes waiting for run r1"),
    );
  });

  test.each<readonly [Partial<ExecutionOutputs>, string]>([
    [{ status: "completed" }, "may start a new run in place of run r1 (completed)"],
    [{}, "may start a new run and end run r1 (last status: running)"],
    [{ onDelete: "leave" }, "may start a new run next to run r1 (last status: running)"],
  ])("an unknown text may start a new run: %j", (overrides, message) => {
    expect(decide({ recorded: recorded(overrides), unknown: ["composeFileCode"] })).toMatchObject({
      kind: "replace",
      why: `${message}: composeFileCode not known yet`,
    });
  });

  test.each<readonly [Partial<ExecutionOutputs>, string, string]>([
    [{ status: "completed" }, "triggers", "starts a new run in place of run r1 (completed)"],
    [{}, "triggers", "aborts run r1 (last status: running) and starts a new run"],
    [{}, "existingExecutionId", "aborts run r1 (last status: running) and adopts another run"],
  ])("an input from a replaced resource certainly starts a new run: %j, %s", (overrides, name, message) => {
    expect(decide({ recorded: recorded(overrides), unknown: [name], upstreamReplaced: true })).toMatchObject({
      kind: "replace",
      why: `${message}: ${name} not known until another resource is replaced`,
    });
    expect(decide({ recorded: recorded(overrides), upstreamReplaced: true })).toMatchObject({ kind: "same" });
  });

  test("a new scope changes nothing by itself, since its digests cannot be compared", () => {
    const news = inputs({ $scope: "another" });
    expect(decide({ news })).toEqual(same());
    expect(decide({ news: inputs({ $scope: "another", triggers: [1] }) })).toEqual(replaces());
    expect(decide({ news, olds: undefined })).toEqual(same());
    expect(decide({ scopeUnknown: true })).toEqual(same());
  });

  test("an unchanged text is not read, for any recorded digest", () => {
    const unreadable = inputs({ composeFileCode: "services: [" });
    expect(decide({ news: unreadable, olds: unreadable })).toEqual(same());
    expect(decide({ news: unreadable })).toEqual(replaces());
  });

  test("a digest made by another version's rules changes nothing by itself", () => {
    const older = recorded({ composeDigest: "made-by-other-rules", triggersDigest: "made-by-other-rules" });
    expect(decide({ recorded: older })).toEqual(same());
    expect(decide({ recorded: older, news: inputs({ triggers: [1] }) })).toEqual(replaces());
    expect(decide({ recorded: older, olds: undefined })).toEqual(replaces());
  });

  test.each([{ onDelete: "leave" }, { deleteRecord: true }])(
    "%j is recorded at once, since a destroy sees only what is recorded",
    (change) => expect(decide({ news: inputs(change) })).toEqual(updates()),
  );

  test("a recorded `deleteRecord` is compared with that of the program", () => {
    const kept = recorded({ deleteRecord: true });
    expect(decide({ recorded: kept, news: inputs({ deleteRecord: true }) })).toEqual(same());
    expect(decide({ recorded: kept })).toEqual(updates("deleteRecord changed to false for run r1"));
  });

  test("values of the compose text are never shown", () => {
    const before = inputs({ composeFileCode: `${text}    environment: {DB: hunter2}\n` });
    const decision = decide({
      olds: before,
      recorded: recorded({}, before),
      news: inputs({ composeFileCode: `${text}    environment: {DB: swordfish}\n` }),
    });
    expect(decision).toEqual(replaces("environment.DB"));
    expect(JSON.stringify(decision)).not.toMatch(/hunter2|swordfish/);
  });

  test.each([
    ["existingExecutionId", { existingExecutionId: "canary" }, {}],
    ["executionType", { executionType: "canary" }, {}],
    ["executionType", { executionType: "canary" }, { executionType: "canary.old" }],
    ["enableS3Mount", { enableS3Mount: true }, {}],
    ["timeout", { timeout: 599 }, {}],
    ["gracefulTimeout", { gracefulTimeout: 299 }, {}],
    ["onDelete", { onDelete: "leave" }, {}],
    ["deleteRecord", { deleteRecord: true }, {}],
  ])("a secret %s that changed is named, and its value is not shown", (name, change, before) => {
    const olds = inputs(before);
    for (const secret of [
      { news: inputs({ ...change, $secrets: [name] }), olds },
      // A change of a secret value is reported without values, even if the new value is public.
      { news: inputs(change), olds: inputs({ ...before, $secrets: [name] }) },
    ]) {
      const reported = JSON.stringify(decide({ ...secret, recorded: recorded({}, olds) }));
      expect(reported).toContain(name);
      expect(reported).not.toMatch(/canary|true|599|299|leave/);
    }
    expect(JSON.stringify(decide({ news: inputs(change), olds, recorded: recorded({}, olds) }))).toMatch(
      /canary|true|599|299|leave/,
    );
  });

  test("a status that was just observed has its time", () => {
    const decision = decide({ news: inputs({ triggers: [1] }), observedAt: Date.parse("2026-03-01T12:04:10Z") });
    expect(decision).toEqual(replaces("aborts run r1 (running at 12:04:10 UTC)"));
  });

  test("as long as a setting is unknown, the decision is same", () => {
    const news = inputs({ waitFor: "completed", timeout: 90 });
    expect(decide({ news, recorded: recorded({ status: "failed" }), unknownSettings: ["waitFor"] })).toEqual(same());
  });
});

describe("a start that got no clear answer", () => {
  const unclear = recorded({ executionId: "", status: "unknown" });

  test.each(["accepted", "running", "completed"])("is looked for, for each waitFor: %s", (waitFor) =>
    expect(decide({ recorded: unclear, news: inputs({ waitFor }), olds: inputs({ waitFor }) })).toEqual(
      updates("looks for the run of the start that got no clear answer"),
    ),
  );

  test("is replaced if the inputs of the run changed, or name another run", () => {
    const why = "in place of the start that got no clear answer";
    expect(decide({ recorded: unclear, news: inputs({ triggers: [1] }) })).toEqual(replaces(`starts a new run ${why}`));
    const other = inputs({ existingExecutionId: "run-1" });
    expect(decide({ recorded: unclear, news: other })).toEqual(replaces(`adopts a run ${why}`));
    expect(decide({ recorded: unclear, unknown: ["triggers"] })).toEqual(replaces(`may start a new run ${why}`));
  });
});

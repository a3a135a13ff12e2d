import type { Deviation } from "./testing/http-service";
import { active, createStack, LONG, READS, type Stack, unclearStart } from "./testing/stack";

// Tests with a service that gives no clear answer to a start, and changes file names in its answers. `FORMS` and
// `CONSTANT` contain the changes.

const FORMS: Readonly<Record<string, (name: string) => string>> = {
  "in upper case": (name) => name.toUpperCase(),
  "with a prefix": (name) => `compose_${name}`,
  "with a suffix": (name) => `${name}-1700000000`,
  "cut to 20 characters": (name) => name.slice(0, 20),
  "cut to 22 characters": (name) => name.slice(0, 22),
  "with other separators": (name) => name.replaceAll("-", "_"),
  "without separators": (name) => name.replaceAll("-", ""),
};
const CONSTANT: Readonly<Record<string, (name: string) => string>> = {
  "all alike": () => "docker-compose.yml",
  "cut to 12 characters": (name) => name.slice(0, 12),
  "as random words": () => "65f1c0ffee65f1c0ffee65f1c0ffee00",
};

/** Makes a deviation that changes every file name in an answer. */
function named(form: (name: string) => string): Deviation {
  return (answer) => ({
    ...answer,
    body: answer.body.replaceAll(/"file_name":"([^"]*)"/g, (_all, name: string) => `"file_name":"${form(name)}"`),
  });
}

function alter(stack: Stack, form: (name: string) => string): void {
  stack.http.deviate(READS, named(form));
}

describe.each(Object.entries(FORMS))("a service that returns file names %s", (_form, form) => {
  test("shows the run of a start without an answer, which is adopted, and destroy aborts it", async () => {
    const stack = createStack(LONG);
    stack.service.behaviour.starts = [unclearStart()];
    alter(stack, form);
    expect((await stack.run("up")).result).toEqual({ kind: "ok", errors: [] });
    expect(stack.service.runs).toHaveLength(1);
    expect((await stack.run("destroy")).result.kind).toBe("ok");
    expect(active(stack)).toEqual([]);
  });

  test("shows the run of a killed command, and a replacement's next attempt", async () => {
    const stack = createStack(LONG);
    alter(stack, form);
    await stack.run("up");
    stack.state.entries.clear();
    expect((await stack.run("up")).result.kind).toBe("ok");
    expect(stack.service.runs).toHaveLength(1);
    stack.service.behaviour.starts = [unclearStart()];
    expect((await stack.run("up", { text: 2 })).result).toEqual({ kind: "ok", errors: [] });
    expect(stack.service.runs).toHaveLength(2);
    expect(active(stack)).toEqual(["run-2"]);
  });

  test("is not reported, since the key can be read", async () => {
    const stack = createStack(LONG);
    alter(stack, form);
    expect((await stack.run("up")).reported.join()).not.toContain("the file name of run run-1");
  });
});

describe.each(Object.entries(CONSTANT))("a service that returns file names %s", (_form, form) => {
  test("proves nothing about an unanswered start: no second one is sent, and the error has the remedy", async () => {
    const stack = createStack(LONG);
    stack.service.behaviour.starts = [unclearStart()];
    alter(stack, form);
    const { result } = await stack.run("up");
    expect(stack.service.runs).toHaveLength(1);
    expect(result.errors).toEqual([
      expect.stringMatching(/^LYC3004: .*run-1.*pulumi-lyceum list.*existingExecutionId/),
    ]);
    // If no call identifies the run, neither the next `up` nor a destroy may start or abort a run.
    expect((await stack.run("up")).result.errors).toEqual([expect.stringMatching(/^LYC3004: .*run-1/)]);
    expect(stack.service.runs).toHaveLength(1);
    expect((await stack.run("destroy")).warnings.join()).toMatch(/The start with the key \w{28} got no clear answer/);
    expect(active(stack)).toEqual(["run-1"]);
  });

  test("allows a program to name the run of such a start, or to request another one", async () => {
    for (const [more, runs] of [
      [{ existingExecutionId: "run-1" }, ["run-1"]],
      [{ text: 2 }, ["run-1", "run-2"]],
    ] as const) {
      const stack = createStack(LONG);
      stack.service.behaviour.starts = [unclearStart()];
      alter(stack, form);
      await stack.run("up");
      expect((await stack.run("up", more)).result).toEqual({ kind: "ok", errors: [] });
      expect(active(stack)).toEqual(runs);
    }
  });

  test("allows a start that certainly made no run to be sent again, even if there are older runs", async () => {
    const stack = createStack(LONG);
    await stack.run("up", { text: 2 });
    stack.state.entries.clear();
    stack.service.behaviour.starts = [unclearStart(false)];
    alter(stack, form);
    expect((await stack.run("up")).result).toEqual({ kind: "ok", errors: [] });
    expect(stack.service.runs).toHaveLength(2);
  });

  test("is reported once, in the command that meets it", async () => {
    const stack = createStack(LONG);
    alter(stack, form);
    expect((await stack.run("up")).warnings).toEqual([expect.stringMatching(/alters the file name of run run-1, so/)]);
    expect((await stack.run("up")).warnings).toEqual([expect.stringMatching(/alters the file name of run run-1, so/)]);
  });
});

test("if names are hidden, LYC3004 does not advise a second start", async () => {
  const stack = createStack(LONG);
  stack.service.behaviour.hideFileNames = true;
  stack.service.behaviour.starts = [unclearStart()];
  const { result } = await stack.run("up");
  expect(result.errors).toEqual([expect.stringMatching(/^LYC3004: .*run-1.*pulumi-lyceum list.*existingExecutionId/)]);
  expect((await stack.run("up")).result.kind).toBe("failed");
  expect(stack.service.runs).toHaveLength(1);
});

test("if names are shown but the lists fail, the next up finds the run, as LYC3004 announces", async () => {
  const stack = createStack(LONG);
  await stack.run("up");
  stack.service.behaviour.starts = [unclearStart()];
  const { start } = stack.service.client;
  stack.service.client.start = (request, options) => {
    stack.service.behaviour.lag = 1000;
    stack.http.deviate("list", () => ({ status: 500, body: "{}" }));
    return start(request, options);
  };
  const { result } = await stack.run("up", { text: 2 });
  expect(result.errors).toEqual([expect.stringMatching(/^LYC3004: .*Run `pulumi up` again/)]);
  stack.http.deviate("list", undefined);
  stack.service.behaviour.lag = 0;
  expect((await stack.run("up", { text: 2 })).result.kind).toBe("ok");
  expect(stack.service.runs).toHaveLength(2);
});

import type { Deviation } from "./testing/http-service";
import { active, createStack, LONG, outputsOf, READS, type Stack } from "./testing/stack";

// Tests that the client neither follows nor repeats a redirect. An address that answers with a redirect is not the
// address of Lyceum.

const redirect = (status: number, refuses = true): Deviation =>
  Object.assign(() => ({ status, body: "", location: "https://login.example/start?next=secret" }), { refuses });

/** Executes a command that must fail. Returns the command's only error, its starts and its duration. */
async function failing(stack: Stack, command: "up" | "refresh" | "destroy", declared = {}) {
  const begun = stack.clock.now();
  const { result, requests } = await stack.run(command, declared);
  const [error = "", ...others] = result.errors;
  expect(others).toEqual([]);
  expect(error).not.toContain("secret");
  const starts = requests.filter((request) => request.startsWith("start")).length;
  return { error, starts, seconds: (stack.clock.now() - begun) / 1000, requests };
}

test.each([307, 308])("a start that was answered %d was not carried out, and fails at once", async (status) => {
  const stack = createStack(LONG);
  stack.http.deviate("startComposeExecution", redirect(status));
  const { error, starts, seconds } = await failing(stack, "up");
  expect(error).toMatch(
    /^LYC1109: .*redirect \(30\d\) to https:\/\/login\.example, .*Nothing was started\. Set the base/,
  );
  expect([starts, seconds]).toEqual([1, 0]);
  stack.http.deviate("startComposeExecution", undefined);
  expect((await stack.run("up")).result.errors).toEqual([]);
  expect(active(stack)).toEqual(["run-1"]);
});

test.each([301, 302, 303])("a start answered %d is looked up once, and never sent again", async (status) => {
  const stack = createStack(LONG);
  stack.http.deviate("startComposeExecution", redirect(status));
  const { error, starts, seconds } = await failing(stack, "up");
  expect(error).toMatch(/^LYC3004: .*LYC1109: .*redirect \(30\d\) to https:\/\/login\.example, /);
  expect(starts).toBe(1);
  expect(seconds).toBeLessThanOrEqual(5);

  const other = createStack(LONG);
  other.http.deviate("startComposeExecution", redirect(status, false));
  expect((await other.run("up")).result.errors).toEqual([]);
  expect(active(other)).toEqual(["run-1"]);
});

describe("where every call is redirected", () => {
  const everywhere = [...READS, "abort", "startComposeExecution", "listMachineTypes"] as const;

  test("nothing is started", async () => {
    const stack = createStack(LONG);
    stack.http.deviate(everywhere, redirect(302));
    const { error, starts, seconds } = await failing(stack, "up");
    expect(error).toMatch(
      /^LYC1109: .*redirect \(302\) to https:\/\/login\.example, which is not followed\. Set the base/,
    );
    expect([starts, seconds]).toEqual([0, 0]);
  });

  test("a refresh changes nothing, and warns", async () => {
    const stack = createStack(LONG);
    await stack.run("up");
    stack.http.deviate(everywhere, redirect(302));
    const { result, warnings } = await stack.run("refresh");
    expect(result.errors).toEqual([]);
    expect(warnings).toEqual([expect.stringMatching(/^LYC3015: .*answered with a redirect \(302\)/)]);
    expect(outputsOf(stack)).toMatchObject({ status: "running" });
  });

  test.each(["destroy", "up"] as const)("%s of a recorded run stops at once, without an abort", async (command) => {
    const stack = createStack(LONG);
    await stack.run("up");
    stack.http.deviate(everywhere, redirect(302));
    const { error, seconds } = await failing(stack, command, { text: 2 });
    expect(error).toMatch(/^LYC1109: .*redirect \(302\) to https:\/\/login\.example, /);
    expect(seconds).toBeLessThanOrEqual(5);
    expect(active(stack)).toEqual(["run-1"]);
    stack.http.deviate(everywhere, undefined);
    expect((await stack.run("destroy")).result.errors).toEqual([]);
    expect(active(stack)).toEqual([]);
  });
});

import { startProcess } from "../../lifecycle/testing/model/process";
import { dynamicHost as host } from "./testing/dynamic-host";
import type { Deviation } from "./testing/http-service";
import { createStack, GOING, READS } from "./testing/stack";

// Tests with a service whose errors repeat the requests or earlier answers.

const scope = "scope-secret";
const streamingUrl = "https://stream/run-1";
const repeats = (status: number): Deviation =>
  Object.assign(() => ({ status, body: JSON.stringify({ detail: `got ${scope}; see ${streamingUrl}. The end` }) }), {
    refuses: true,
  });

async function stackWithRun() {
  const stack = createStack(GOING);
  expect((await stack.run("up")).result.errors).toEqual([]);
  return stack;
}

function expectRedacted(errors: readonly string[]): void {
  expect(errors.join()).toMatch(/The end/);
  expect(errors.join()).not.toMatch(/scope-secret|stream\/run-1/);
}

test("an error of a refresh shows no recorded secret", async () => {
  const stack = await stackWithRun();
  stack.http.deviate(READS, repeats(401));
  const { errors } = (await stack.run("refresh")).result;
  expect(errors.join()).toMatch(/The end/);
  expect(errors.join()).not.toContain("stream/run-1");
});

test("an error of a diff shows no secret of the resource", async () => {
  const { clock, http } = await stackWithRun();
  const process = startProcess({ clock, port: http.client() }, undefined, (runtime) => ({
    ...runtime,
    context: () => {
      throw new TypeError(`got ${scope}; see ${streamingUrl}. The end`);
    },
  }));
  const urn = "urn:train";
  const state = { id: "run-1", urn, properties: { executionId: "run-1", streamingUrl } };
  const news = { urn, scope, values: { composeFileCode: "services: {}" } };
  const failed = process
    .call(() => host.diff(process.runtime, { state, news }))
    .catch((error: Error) => [error.message]);
  const errors = await failed;
  // The liveness checks of the engine continue in virtual time until the process ends.
  process.end();
  expectRedacted(errors as string[]);
});

test("an error of the rehearsal before a delete shows no secret of the replacement", async () => {
  const stack = await stackWithRun();
  stack.http.deviate(["list", "history"], repeats(500));
  expectRedacted((await stack.run("up", { triggers: 7 })).result.errors);
});

test("an error of the abort shows no secret of the resource", async () => {
  const stack = await stackWithRun();
  stack.http.deviate("abort", repeats(500));
  expectRedacted((await stack.run("up", { triggers: 7 })).result.errors);
});

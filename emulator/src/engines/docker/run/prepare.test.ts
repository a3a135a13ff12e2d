import type { ComposeExit } from "../daemon/compose";
import { runScope } from "../names";
import { prepareModel } from "./prepare";

const scope = runScope("local-1", "0123456789ab", "me");

function prepare(text: string, exit: Partial<ComposeExit> = {}) {
  const calls: string[] = [];
  const result = prepareModel(
    text,
    scope,
    2,
    async (args, input, { withConfig }) => {
      calls.push(`${args.join(" ")} config=${withConfig === true} ${input}`);
      return { code: 0, stdout: '{"services":{"a":{"image":"x"}}}', stderr: "", ...exit };
    },
    (hidden) => hidden,
  );
  return { result, calls };
}

test("compose does not get a text that names other files", async () => {
  const { result, calls } = prepare("services: {a: {image: x, env_file: /etc/passwd}}");
  expect(await result).toEqual({ kind: "failed", reasons: [expect.stringMatching(/^services\.a\.env_file: /)] });
  expect(calls).toEqual([]);
});

test("interpolated values are validated too", async () => {
  const stdout = '{"services":{"a":{"image":"x","network_mode":"host"}}}';
  const mode = "$" + "{MODE:-host}";
  const { result, calls } = prepare(`services: {a: {image: x, network_mode: "${mode}"}}`, { stdout });
  expect(await result).toEqual({ kind: "failed", reasons: [expect.stringMatching(/^services\.a\.network_mode: /)] });
  expect(calls).toEqual([
    `config --format json config=false {"services": {"a": {"image": "x", "network_mode": "${mode}"}}}`,
  ]);
});

test("a text that compose refuses, and a model too large to print, fail with a reason", async () => {
  const text = "services: {a: {imag: x}}";
  expect(await prepare(text, { code: 15, stderr: "additional property imag\n" }).result).toEqual({
    kind: "failed",
    reasons: ["additional property imag"],
  });
  expect(await prepare(text, { stdout: "" }).result).toMatchObject({ kind: "failed" });
});

test("the model of a run has the project name of the run", async () => {
  const prepared = await prepare("services: {a: {image: x}}").result;
  expect(prepared).toMatchObject({ kind: "done", value: { model: { name: scope.project } } });
});

import { validateCompose } from "../../compose";
import { web } from "../../compose/validate/testing/fixture";
import { rulesOfText } from ".";

function reported(text: string, executionType?: string): string[] {
  const run = executionType === undefined ? {} : { executionType };
  return validateCompose(text, rulesOfText(run)).diagnostics.map(
    ({ code, range, message }) => `${code}@${range?.start.line}:${range?.start.column} ${message}`,
  );
}
const marks = (text: string, executionType?: string) => reported(text, executionType).map((line) => line.split(" ")[0]);

test("distinguishes Docker's socket from a path that may not exist", () => {
  expect(reported(web("volumes: ['/run/docker.sock:/s', '/data:/d']"))).toEqual([
    "LYC2404@4:15 services.web.volumes[0] mounts the socket of the remote Docker, which Lyceum may not give",
    "LYC2404@4:38 services.web.volumes[1] mounts a path of the remote machine, which may not be there",
  ]);
});

test("warns of a GPU on a machine with the name of a CPU, and on no other", () => {
  expect(
    ["cpu", "cpu.large", "cpuish", "gpu.a100", undefined].map((machine) => marks(web("gpus: all"), machine)),
  ).toEqual([["LYC2406@4:5"], ["LYC2406@4:5"], [], [], []]);
});

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

test.each([
  ["/mnt/s3", true],
  ["/mnt/s3/a..b/c", true],
  ["/mnt/s3/../etc", false],
  ["/mnt/s3/a/../../etc", false],
  ["/mnt/s33", false],
  ["/mnt", false],
])("with the bucket, the path %s of the remote machine is there: %s", (source, isThere) => {
  const marksOf = (hasBucket: boolean) =>
    validateCompose(web(`volumes: ['${source}:/data']`), rulesOfText({ hasBucket })).diagnostics.map(
      ({ code }) => code,
    );
  expect([marksOf(true), marksOf(false)]).toEqual([isThere ? [] : ["LYC2404"], ["LYC2404"]]);
});

test("warns of a GPU on a machine with the name of a CPU, and on no other", () => {
  expect(
    ["cpu", "cpu.large", "cpuish", "gpu.a100", undefined].map((machine) => marks(web("gpus: all"), machine)),
  ).toEqual([["LYC2406@4:5"], ["LYC2406@4:5"], [], [], []]);
});

test("takes the name of a CDI device as a request for a GPU, not as a device of the machine", () => {
  const text = web("devices: [nvidia.com/gpu=all, {source: nvidia.com/gpu=0, target: x}, /dev/fuse]");
  expect(marks(text, "gpu.a100")).toEqual(["LYC2403@4:74"]);
  expect(marks(text, "cpu")).toEqual(["LYC2406@4:15", "LYC2406@4:35", "LYC2403@4:74"]);
});

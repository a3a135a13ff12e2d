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

test.each([
  ["ipc: host", "LYC2402@4:10"],
  ["uts: host", "LYC2402@4:10"],
  ["userns_mode: host", "LYC2402@4:18"],
  ["cgroup: host", "LYC2402@4:13"],
  ["security_opt: [seccomp=unconfined]", "LYC2401@4:5"],
])("warns of what is the remote machine's own: %s", (settings, mark) => expect(marks(web(settings))).toEqual([mark]));

test.each(["volumes", "networks", "configs", "secrets"])(
  "warns of external %s, which nobody may have made",
  (section) => {
    const text = (external: boolean) =>
      `${web()}${section}: {a: {external: ${external}, ${external ? "" : "content: x"}}}\n`;
    expect(marks(text(true))).toEqual([`LYC2405@4:${section.length + 8}`]);
  },
);

test("distinguishes Docker's socket from a path that may not be there", () => {
  expect(reported(web("volumes: ['/run/docker.sock:/s', '/data:/d']"))).toEqual([
    "LYC2404@4:15 services.web.volumes[0] mounts the socket of the remote Docker, which Lyceum may not give",
    "LYC2404@4:38 services.web.volumes[1] mounts a path of the remote machine, which may not be there",
  ]);
});

test("warns of a GPU on a machine that is called a CPU, and on no other", () => {
  expect(
    ["cpu", "cpu.large", "cpuish", "gpu.a100", undefined].map((machine) => marks(web("gpus: all"), machine)),
  ).toEqual([["LYC2406@4:5"], ["LYC2406@4:5"], [], [], []]);
});

import { hclOf } from "./hcl.cjs";

test("a program in HCL names types, attributes and references as the Registry's programs do", () => {
  const program = {
    resources: {
      data: { type: "lyceum:StoredFiles", properties: { source: "data", exclude: ["*.tmp"] } },
      train: {
        type: "lyceum:ComposeExecution",
        properties: { enableS3Mount: true, timeout: 600, variables: { DATA: reference("data.mountPath") } },
      },
    },
    variables: {
      result: { "fn::invoke": { function: "lyceum:getExecution", arguments: { executionId: reference("train.id") } } },
    },
    outputs: { status: reference("result.status"), all: reference("result") },
  };
  const [head, ...blocks] = hclOf(program).split(/(?<=\n\}\n)\n/);
  expect(head).toMatch(/^terraform \{\n {2}required_providers \{\n {4}lyceum = \{\n {6}source = "pulumi\/lyceum"\n/);
  expect(blocks).toEqual([
    'resource "lyceum_stored_files" "data" {\n  source  = "data"\n  exclude = ["*.tmp"]\n}\n',
    'resource "lyceum_compose_execution" "train" {\n  enable_s3_mount = true\n  timeout         = 600\n' +
      '  variables       = { "DATA" = lyceum_stored_files.data.mount_path }\n}\n',
    'data "lyceum_get_execution" "result" {\n  execution_id = lyceum_compose_execution.train.id\n}\n',
    'output "status" {\n  value = data.lyceum_get_execution.result.status\n}\n',
    'output "all" {\n  value = data.lyceum_get_execution.result\n}\n',
  ]);
});

function reference(path: string): string {
  return `\${${path}}`;
}

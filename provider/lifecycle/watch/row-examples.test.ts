import { runInNewContext } from "node:vm";
import { ARGUMENTS, inputRow } from "../../schema";
import { checkMaps } from "../testing/maps";
import { memoryProjects } from "../testing/projects";

const text =
  "services:\n  a:\n    image: busybox\n  train:\n    image: busybox\n  web:\n    build: .\n    image: web:dev\n";
const files = {
  "compose.yaml": text,
  "compose.gpu.yaml": text,
  "deploy/compose.yaml": text,
  "defaults.env": "A=1\n",
  "production.env": "B=2\n",
};

/** Returns the arguments of an example, with a stack's secret in the form that the provider receives. */
function argumentsOf(example: string): Record<string, unknown> {
  const config = {
    require: (name: string) => `registry.example/${name.toLowerCase()}:1`,
    requireSecret: (name: string) => `secret ${name}`,
  };
  const given = JSON.parse(JSON.stringify(runInNewContext(`({ ${example} })`, { config }))) as Record<string, unknown>;
  const complete = ["composeFile", "composeFileCode", "existingExecutionId"].some((name) => name in given);
  return complete ? given : { composeFile: "compose.yaml", ...given };
}

function failuresOf(given: Record<string, unknown>): string[] {
  const news = { $scope: "s", $urn: "urn:x", $secrets: [], ...given };
  return checkMaps({}, news, memoryProjects(files)).failures.map(({ property, reason }) => `${property}: ${reason}`);
}

test("a planted example with a wrong value is refused", () => {
  expect(failuresOf(argumentsOf("timeout: 6000"))).toEqual([expect.stringContaining("timeout: ")]);
});

test.each(ARGUMENTS)("the example of %s sets it, and check accepts it", (name) => {
  const given = argumentsOf(inputRow(name).example);
  expect(given).toHaveProperty(name);
  expect(failuresOf(given)).toEqual([]);
});

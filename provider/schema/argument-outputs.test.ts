import { ARGUMENT_OUTPUTS, argumentOutputs } from "./argument-outputs";
import { ARGUMENTS } from "./derive-inputs";
import { isOutput, parseRecorded } from "./outputs";

test("every argument is an output, except those whose row says why not", () => {
  const missing = ARGUMENTS.filter((name) => !isOutput(name) && !ARGUMENT_OUTPUTS.includes(name));
  expect(missing).toEqual(["composeFileCode", "variables", "registryCredentials", "triggers"]);
});

test.each([
  ["an argument that is given", { waitFor: "completed" }, { waitFor: "completed" }],
  ["one that is absent", { waitFor: undefined }, {}],
  ["a large one and secret ones", { composeFileCode: "services: {}", variables: {}, registryCredentials: {} }, {}],
  ["one with an output of its own", { timeout: 60, job: "train" }, {}],
  ["another input", { compose: {} }, {}],
])("%s is recorded, or is not, as the table says", (_what, values, recorded) => {
  expect(argumentOutputs(values)).toEqual(recorded);
});

test("the lifecycle does not read the arguments among the recorded outputs", () => {
  expect(Object.keys(parseRecorded(argumentOutputs({ waitFor: "completed", clocks: { queue: 5 } })))).toEqual(
    Object.keys(parseRecorded({})),
  );
});

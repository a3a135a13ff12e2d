import { bundleOf, messagesOf } from "../testing/bundle";

const services = `services:
  web: {image: i}
  train: {image: i, profiles: [training, gpu, gpu-a100, stage-2, train-gpu, worker-a]}
`;
const errorsOf = (profiles: readonly string[]) => messagesOf(bundleOf({ "compose.yaml": services }, { profiles }));

test.each([
  [
    "a misspelt profile",
    ["gpu", "trainig"],
    ["LYC2316 no service has the profile `trainig`; did you mean `training`?"],
  ],
  ["a profile of another project, which Compose accepts too", ["nightly"], []],
  ["a short name, which is another one and not a mistake", ["cpu"], []],
  ["a name with other digits", ["gpu-h100", "stage-1"], []],
  ["a name with another short part", ["train-cpu", "worker-b"], []],
  ["another word", ["draining"], []],
  ["every profile", ["*"], []],
  ["profiles of the project", ["training", "gpu"], []],
])("%s", (_name, profiles, errors) => expect(errorsOf(profiles)).toEqual(errors));

test("the error names the item of the argument", () => {
  const { diagnostics } = bundleOf({ "compose.yaml": services }, { profiles: ["gpu", "trainig"] });
  expect(diagnostics).toMatchObject([{ path: "profiles[1]" }]);
});

test("a dependency is removed only if it is optional and the profiles of its service are not requested", () => {
  const optional = "{condition: service_started, required: false}";
  const text = `services:
  a: {image: i, depends_on: {b: ${optional}, c: ${optional}}}
  b: {image: i}
  c: {image: i, profiles: [x, y]}
`;
  const of = (profiles: readonly string[], compose = text) => bundleOf({ "compose.yaml": compose }, { profiles });
  const kept = { condition: "service_started", required: false };
  expect(of(["z"]).bundle?.model.services).toEqual({ a: { image: "i", depends_on: { b: kept } }, b: { image: "i" } });
  expect(of(["y"]).bundle?.model.services).toMatchObject({
    a: { depends_on: { b: kept, c: kept } },
    c: { image: "i" },
  });
  expect(messagesOf(of(["z"], text.replaceAll("false", "true")))).toEqual(['LYC2202 the service "c" is not defined']);
});

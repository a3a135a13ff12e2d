import { dataMark, runLabels, runScope } from "./names";

test("engines with different folders do not own each other's things", () => {
  const one = runLabels(runScope("local-1", dataMark("/data/one")));
  const two = runLabels(runScope("local-1", dataMark("/data/two")));
  expect(one).toEqual({
    "pulumi-lyceum.emulator": expect.stringMatching(/^[0-9a-f]{12}$/),
    "pulumi-lyceum.execution": "local-1",
  });
  expect(one["pulumi-lyceum.emulator"]).not.toBe(two["pulumi-lyceum.emulator"]);
});

import fc from "fast-check";
import { dataMark, projectName, runLabels, runScope } from "./names";

test("a project name is one that compose accepts, whatever the id", () => {
  fc.assert(
    fc.property(fc.string(), (id) => {
      expect(projectName(id)).toMatch(/^[a-z0-9][a-z0-9_-]{0,80}$/);
    }),
  );
});

test("two ids never share a project", () => {
  expect(projectName("local-A")).not.toBe(projectName("local-a"));
  expect(projectName("local-a b")).not.toBe(projectName("local-a-b"));
  const long = `local-${"x".repeat(80)}`;
  expect(projectName(`${long}1`)).not.toBe(projectName(`${long}2`));
});

test("an ordinary id is readable in the name", () => {
  expect(projectName("local-0f9e")).toBe("lyceum-local-0f9e");
});

test("engines with different folders do not own each other's things", () => {
  const one = runLabels(runScope("local-1", dataMark("/data/one")));
  const two = runLabels(runScope("local-1", dataMark("/data/two")));
  expect(one).toEqual({
    "pulumi-lyceum.emulator": expect.stringMatching(/^[0-9a-f]{12}$/),
    "pulumi-lyceum.execution": "local-1",
  });
  expect(one["pulumi-lyceum.emulator"]).not.toBe(two["pulumi-lyceum.emulator"]);
});

import { createExecution, rehearseCreate } from "../create/create";
import { createWorld, someInputs } from "../testing/world";
import { requireScope } from "./identity";

test("the scope has the package of its runs, also where a run has a parent", () => {
  const urn = "urn:pulumi:dev::shop::my:index:Shop$lyceum:index:ComposeExecution::train";
  expect(() => requireScope({ scope: "", urn })).toThrow(
    "--target 'urn:pulumi:dev::shop::lyceum:index:Scope::lyceum-scope'",
  );
  expect(() => requireScope({ scope: "", urn: "" })).toThrow("--target 'lyceum-scope'");
});

test.each([createExecution, rehearseCreate])(
  "without the stack's scope, %p reports its name and sends no request",
  async (call) => {
    const { context, service } = createWorld();
    await expect(call(context, someInputs({ $scope: undefined }))).rejects.toThrow(
      /^LYC3020: .*--target 'urn:pulumi:dev::shop::pulumi-nodejs:dynamic\/lyceum:Scope::lyceum-scope'/,
    );
    expect(service.runs).toEqual([]);
  },
);

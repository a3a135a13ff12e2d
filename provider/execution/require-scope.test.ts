import { createExecution, rehearseCreate } from "./create";
import { createWorld, someInputs } from "./testing/world";

test.each([createExecution, rehearseCreate])(
  "without the stack's scope %p names it, and asks for nothing",
  async (call) => {
    const { context, service } = createWorld();
    await expect(call(context, someInputs({ __scope: undefined }))).rejects.toThrow(
      /^LYC3020: .*--target 'urn:pulumi:dev::shop::pulumi-nodejs:dynamic\/lyceum:Scope::lyceum-scope'/,
    );
    expect(service.runs).toEqual([]);
  },
);

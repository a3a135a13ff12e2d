import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { automationError, installAutomation } from "../testing/automation";
import { reasonOf } from "./automation";
import { openStack, stackSettingsOf } from "./stack";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lyceum-stack-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** The text of a creation that found a lock of another command, and could not read it any more. */
const LOCK_GONE =
  'could not create stack: blob (key ".pulumi/locks/organization/training/dev/1.json") (code=NotFound): no';

/**
 * Makes a project without the stack. `remove` removes a stack that the command created. With `exists`, another command
 * creates the stack in the meantime. `refused` has the messages of the first creations, which fail. Errors of the CLI
 * itself are tested in `tests/gitops/apply/new-stack`.
 */
function project(
  remove: (...options: readonly unknown[]) => void,
  { exists = false, refused = [] }: { exists?: boolean; refused?: string[] } = {},
): void {
  const stack = {
    workspace: {
      projectSettings: async () => ({ name: "training" }),
      removeStack: async (...options: readonly unknown[]) => remove(...options),
    },
  };
  let selected = 0;
  const selectStack = async () => {
    if (exists && selected++ > 0) return stack;
    throw automationError("StackNotFoundError");
  };
  const createStack = async () => {
    const reason = refused.shift();
    if (reason !== undefined) throw automationError("CommandError", `code: 255\nstderr: error: ${reason}\n`);
    if (exists) throw automationError("StackAlreadyExistsError");
    return stack;
  };
  installAutomation(folder, { selectStack, createStack });
}

test("a stack that another command creates at the same time is selected, and is not removed", async () => {
  const remove = jest.fn();
  project(remove, { exists: true });
  const open = await openStack(folder, "dev");
  expect(open.project).toBe("training");
  await open.removeIfNew();
  expect(remove).not.toHaveBeenCalled();
});

test.each([
  ["another command has created the stack", true, 0],
  ["another command has created and removed the stack", false, 1],
])("a creation that meets a lock while it is released is no failure: %s", async (_what, exists, removals) => {
  const remove = jest.fn();
  project(remove, { exists, refused: [LOCK_GONE] });
  await (await openStack(folder, "dev")).removeIfNew();
  expect(remove).toHaveBeenCalledTimes(removals);
});

test.each([
  ["another reason, at once", ["access denied", "LATER"], "access denied"],
  ["a lock that is released at each of five creations", Array.from({ length: 6 }, () => LOCK_GONE), "code=NotFound"],
])("a stack that cannot be created is an error: %s", async (_what, refused, reason) => {
  project(jest.fn(), { refused });
  await expect(openStack(folder, "dev")).rejects.toThrow(reason);
  expect(refused).toHaveLength(1);
});

test("a stack that this command created is removed, unless another command has begun to use it", async () => {
  const remove = jest.fn();
  project(remove);
  await (await openStack(folder, "dev")).removeIfNew();
  expect(remove).toHaveBeenCalledTimes(1);
  remove.mockImplementation(() => {
    throw automationError("ConcurrentUpdateError");
  });
  await (await openStack(folder, "dev")).removeIfNew();
  remove.mockImplementation(() => {
    throw new TypeError("a bug");
  });
  await expect((await openStack(folder, "dev")).removeIfNew()).rejects.toThrow("a bug");
});

test.each([
  ["the errors of the CLI, each once", "code: 255\nstderr: error: no\nerror: why\n  error: no\n", "no\nwhy"],
  ["its first line without the code and the output", "\n code: 1\n stdout: x\n  killed \n later\n", "killed"],
  ["the whole message, if no other line is left", " code: 1 ", "code: 1"],
  ["the missing CLI", "spawn /usr/bin/pulumi ENOENT", expect.stringMatching(/^LYC5002: There is no `pulumi` on PATH/)],
])("the reason of a failed command is %s", (_what, message, reason) => {
  expect(reasonOf(new Error(message))).toEqual(reason);
});

test.each([
  ["is removed, if the stack had none", undefined, undefined],
  ["is as it was before, if there was one", "config: {}\n", "config: {}\n"],
])("the settings file of a stack that this command created %s", async (_what, before, after) => {
  const settings = join(folder, "Pulumi.dev.yaml");
  if (before !== undefined) writeFileSync(settings, before);
  const removed: unknown[] = [];
  project((...options) => removed.push(...options));
  const open = await openStack(folder, "acme/training/dev");
  writeFileSync(settings, "config: { lyceum:baseUrl: x }\n");
  await open.removeIfNew();
  // Pulumi itself would remove the file, also one of the user.
  expect(removed).toEqual(["acme/training/dev", { preserveConfig: true }]);
  expect(existsSync(settings) ? readFileSync(settings, "utf8") : undefined).toBe(after);
});

test("only the settings of the stack that select the account are read", async () => {
  const config = { "lyceum:apiKey": { value: "lk_1" }, "lyceum:baseUrl": { value: "https://a.example" } };
  const stack = { getAllConfig: async () => ({ ...config, "app:apiKey": { value: "other" } }) } as never;
  expect(await stackSettingsOf({ stack })).toEqual({
    apiKey: "lk_1",
    baseUrl: "https://a.example",
    orgSlug: undefined,
  });
});

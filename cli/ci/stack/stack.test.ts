import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openStack } from "./stack";

/** What each call of the Automation API answers in its turn: nothing, or an error. */
type Script = Readonly<Record<"select" | "create" | "remove", (Error | undefined)[]>>;

function failure(name: string, stderr = ""): Error {
  return Object.assign(new Error(`code: -2\n stdout: \n stderr: ${stderr}`), { name });
}

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lyceum-stack-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A project whose Automation API follows a script, and the calls that it got. */
function project({ select, create, remove }: Script): string[] {
  const calls: string[] = [];
  const answer = async (name: string, errors: (Error | undefined)[]) => {
    calls.push(name);
    const error = errors.shift();
    if (error !== undefined) throw error;
    return {
      workspace: {
        projectSettings: async () => ({ name: "training" }),
        removeStack: () => answer("remove", remove),
      },
    };
  };
  const api = {
    LocalWorkspace: { selectStack: () => answer("select", select), createStack: () => answer("create", create) },
  };
  const module = join(folder, "node_modules", "@pulumi", "pulumi", "automation");
  mkdirSync(module, { recursive: true });
  const key = `automation of ${folder}`;
  (globalThis as Record<string, unknown>)[key] = api;
  const text = `module.exports = { get LocalWorkspace() { return globalThis[${JSON.stringify(key)}].LocalWorkspace; } };`;
  writeFileSync(join(module, "index.js"), text);
  return calls;
}

test("a stack that another command creates meanwhile is selected, and is not removed", async () => {
  const calls = project({
    select: [failure("StackNotFoundError"), undefined],
    create: [failure("StackAlreadyExistsError")],
    remove: [],
  });
  const open = await openStack(folder, "dev");
  expect(open.project).toBe("training");
  await open.removeIfNew();
  expect(calls).toEqual(["select", "create", "select"]);
});

test("a stack that this command created is removed, unless another one works on it by then", async () => {
  const script = () => ({ select: [failure("StackNotFoundError")], create: [undefined] });
  const calls = project({ ...script(), remove: [undefined] });
  await (await openStack(folder, "dev")).removeIfNew();
  expect(calls).toEqual(["select", "create", "remove"]);
  project({ ...script(), remove: [failure("ConcurrentUpdateError")] });
  await (await openStack(folder, "dev")).removeIfNew();
  project({ ...script(), remove: [new TypeError("a bug")] });
  await expect((await openStack(folder, "dev")).removeIfNew()).rejects.toThrow("a bug");
});

test("a role that may only read the state cannot create the stack, and the error says what to do", async () => {
  const reason = "error: could not create stack: PutObject states/dev.json: AccessDenied: not authorized";
  project({ select: [failure("StackNotFoundError")], create: [failure("CommandError", reason)], remove: [] });
  await expect(openStack(folder, "dev")).rejects.toThrow(
    /^LYC5005: The stack dev does not exist, and Pulumi cannot create it: could not create stack: .*AccessDenied: not authorized\. .*`pulumi stack init NAME`/,
  );
});

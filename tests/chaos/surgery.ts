import { join } from "node:path";
import type { RunResult } from "../harness/processes/run";
import type { StackId, Surgery } from "./plan/stage";
import type { Stacks } from "./stacks";

/** The result of a change of a state. */
export interface SurgeryResult {
  /** Why the state was not changed. `undefined` if the state was changed. */
  readonly refused?: string;
  /** Ids of the runs that a person removed from a state. */
  readonly takenOut: readonly string[];
}

const DONE: SurgeryResult = { takenOut: [] };

/** Changes a state with the CLI, as a person does. */
export async function operate(stacks: Stacks, stack: StackId, surgery: Surgery): Promise<SurgeryResult> {
  const run = async (...commands: readonly (readonly [StackId, ...string[]])[]): Promise<SurgeryResult> => {
    for (const [on, ...args] of commands) {
      const result = await stacks.run(on, args);
      if (result.exitCode !== 0) return { refused: refusalOf(args, result), takenOut: [] };
    }
    return DONE;
  };
  const checkpoint = join(stacks.folders.dir, `${stack}.checkpoint.json`);
  switch (surgery.kind) {
    case "move": {
      const { names, to } = surgery;
      const urns = names.map((name) => stacks.urnOf(stack, name));
      const move = ["state", "move", `--source=${stack}`, `--dest=${to}`, "--yes", ...urns] as const;
      const result = await run(...(stacks.exists(to) ? [] : [[to, "stack", "init"] as const]), [
        stack,
        ...move,
      ] as const);
      if (result.refused === undefined) stacks.adoptProgram(stack, to, names);
      return result;
    }
    case "rename":
      return run([stack, "state", "rename", stacks.urnOf(stack, surgery.name), surgery.to, "--yes"]);
    case "delete": {
      const rows = stacks.contents(stack).rows.filter(({ name }) => surgery.names.includes(name));
      const result = await run(...rows.map(({ urn }) => [stack, "state", "delete", urn, "--yes", "--force"] as const));
      return { ...result, takenOut: rows.map(({ executionId }) => executionId) };
    }
    case "copy": {
      const copy: StackId = "dev of the copy";
      stacks.copyBackend(surgery.by === "folder");
      const result =
        surgery.by === "folder"
          ? DONE
          : await run(
              [stack, "stack", "export", "--file", checkpoint],
              [copy, "stack", "init"],
              [copy, "stack", "import", "--file", checkpoint],
            );
      for (const one of stacks.existing.filter((name) => name.endsWith(" of the copy")))
        stacks.adoptProgram(one === copy ? "dev" : "other", one);
      return result;
    }
    case "export": {
      const program = stacks.program(stack);
      stacks.setProgram(stack, { ...program, exported: program.declared });
      return run([stack, "stack", "export", "--file", checkpoint]);
    }
    case "restore":
      return run([stack, "stack", "import", "--file", checkpoint]);
  }
}

function refusalOf(args: readonly string[], { stdout, stderr }: RunResult): string {
  return `pulumi ${args.join(" ")} refused: ${`${stdout}\n${stderr}`.trim().split("\n").slice(-4).join(" | ")}`;
}

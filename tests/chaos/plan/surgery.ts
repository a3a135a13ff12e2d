import type { Random } from "../random";
import type { SurgeryCell } from "./cells";
import type { Edit } from "./edit";
import type { CommandStage, StackId, Stage, Surgery, Targets } from "./stage";

/** The stacks in the plan, with the changes of all steps so far. */
export interface Draft {
  readonly random: Random;
  /** The names of the resources that `dev` declares so far. The steps of a cell change this list. */
  names: readonly string[];
  /**
   * Names of resources whose runs continue until they are deleted. Only the run of such a resource can be ended
   * wrongly.
   */
  readonly lasting: ReadonlySet<string>;
  readonly stacks: Set<StackId>;
}

/** The faults of a command in a plan. */
export type Fire = Pick<CommandStage, "signal" | "faults" | "faultsOfRecovery">;

/** No faults. */
export const QUIET: Fire = { faults: [], faultsOfRecovery: [] };

/**
 * Returns the steps of one cell that changes the state of `dev`: the person's change, the command of the cell, and
 * later commands of the other stacks.
 *
 * @param fire the faults during the cell's command
 */
export function surgeryStages(cell: SurgeryCell, draft: Draft, fire: Fire = QUIET): readonly Stage[] {
  return STAGES[cell.action](cell, draft, fire);
}

/** Selects the resource whose state is changed. */
function subjectOf({ names, lasting, random }: Draft): string {
  const preferred = names.filter((name) => lasting.has(name));
  return random.pick(preferred.length > 0 && random.chance(0.85) ? preferred : names);
}

type Planner = (cell: SurgeryCell, draft: Draft, fire: Fire) => readonly Stage[];

const STAGES: Readonly<Record<SurgeryCell["action"], Planner>> = {
  "state move": (cell, draft, fire) => {
    const { random, names } = draft;
    const name = subjectOf(draft);
    const others = names.filter((one) => one !== name);
    const moved = others.length > 0 && random.chance(0.3) ? [name, random.pick(others)] : [name];
    draft.stacks.add("other");
    forget(cell, draft, moved);
    const surgery = operate({ kind: "move", names: moved, to: "other" }, `${moved.join(", ")}: state move to other`);
    const here = up(sequelOf(cell, moved), cell, fire);
    const there = (edit: Edit) => later("other", edit, `other goes on with ${moved.join(", ")}`);
    if (random.chance(0.3)) return [surgery, there({}), here];
    return [surgery, here, there(random.chance(0.5) ? { change: [name] } : {})];
  },
  "state rename": (cell, draft, fire) => {
    const { random } = draft;
    const name = subjectOf(draft);
    const to = `${name}x`;
    const rename = { from: name, to };
    const surgery = operate({ kind: "rename", name, to }, `${name}: state rename to ${to}`);
    const others = draft.names.filter((one) => one !== name);
    if (cell.then === "removed") {
      draft.names = [...others, to];
      return [surgery, up({ rename }, cell, fire)];
    }
    // If the program does not declare the new name, the command deletes the resource. With other targets, the command
    // keeps it.
    const isLimited = random.chance(0.5);
    const isDeclared = random.chance(isLimited ? 0.5 : 0.8);
    const text = cell.then === "the same text" ? "same" : "another";
    const edit = isDeclared ? { rename, again: { names: [name], text } as const } : sequelOf(cell, [name]);
    if (isDeclared) draft.names = [...others, name, to];
    if (!isLimited) return [surgery, up(edit, cell, fire)];
    // If the scope is a target, all recorded resources that the program does not declare must be targets too. Otherwise
    // the engine refuses the command.
    const targets = isDeclared ? targeted([name], random) : { names: [name], withScope: false };
    const limited = { ...up(edit, cell, fire), targets };
    const destroyed: CommandStage = { ...later("dev", {}, `destroy --target ${name}`), command: "destroy", targets };
    // The next command without targets deletes a resource that the program does not declare.
    const whole = isDeclared ? [] : [later("dev", {}, "up without --target")];
    return [surgery, limited, ...(random.chance(0.5) ? [destroyed] : whole)];
  },
  "state delete": (cell, draft, fire) => {
    const name = subjectOf(draft);
    const surgery = operate({ kind: "delete", names: [name] }, `${name}: state delete`);
    forget(cell, draft, [name]);
    return [surgery, up(sequelOf(cell, [name]), cell, fire), ...comesBack(cell, [name])];
  },
  "copied backend": (cell, draft, fire) => copied("folder", cell, draft, fire),
  "imported copy": (cell, draft, fire) => copied("import", cell, draft, fire),
  "restored checkpoint": (cell, draft, fire) => {
    const { random } = draft;
    const name = subjectOf(draft);
    const goesBack = cell.then === "the same text" && random.chance(0.5);
    const edit: Edit = goesBack ? { asExported: true } : sequelOf(cell, [name]);
    const restored = operate({ kind: "restore" }, "stack import of the older state");
    const before = [
      operate({ kind: "export" }, "stack export"),
      later("dev", { change: [name] }, `${name} is changed behind the export`),
      restored,
    ];
    forget(cell, draft, [name]);
    // The restored stack is destroyed at once, or after another `up`.
    if (cell.then === "removed" && random.chance(0.3)) return [...before.slice(0, 2), { ...restored, counts: cell }];
    return [...before, up(edit, cell, fire)];
  },
  "up --target": (cell, draft, fire) => {
    const { random, names } = draft;
    const name = subjectOf(draft);
    const others = names.filter((one) => one !== name && random.chance(0.6));
    const edit = { ...sequelOf(cell, [name]), change: [...(cell.then === "another text" ? [name] : []), ...others] };
    const limited = { ...up(edit, cell, fire), title: `up --target ${name}`, targets: targeted([name], random) };
    forget(cell, draft, [name]);
    return [limited, later("dev", {}, "up without --target")];
  },
  retainOnDelete: (cell, draft, fire) => {
    const { random } = draft;
    const name = subjectOf(draft);
    // The provider gets the option of the class as an argument. The provider does not get the option of the engine.
    const how = random.chance(0.75) ? "engine" : "class";
    const retain = later("dev", { retain: { names: [name], how } }, `${name} is retained (the ${how}'s option)`);
    if (cell.then === "another text") {
      const first = later("dev", { change: [name] }, `${name} is changed`);
      return [retain, first, up({ change: [name] }, cell, fire)];
    }
    const gone = later("dev", { remove: [name] }, `${name} is removed`);
    const text = cell.then === "the same text" ? "same" : "another";
    return [retain, gone, up({ again: { names: [name], text } }, cell, fire)];
  },
};

/** Returns the steps after which both backends stay in use. The first command may end runs that both states record. */
function copied(by: "folder" | "import", cell: SurgeryCell, draft: Draft, fire: Fire): readonly Stage[] {
  const { random, stacks } = draft;
  const name = subjectOf(draft);
  stacks.add("dev of the copy");
  if (by === "folder" && stacks.has("other")) stacks.add("other of the copy");
  const title =
    by === "folder" ? "the backend's folder is copied" : "stack export, and stack import into another backend";
  const edits: Readonly<Record<SurgeryCell["then"], readonly [Edit, Edit]>> = {
    // Both stacks get the same new text, so the second stack finds the run of the first stack.
    "the same text": [{ change: [name] }, { like: "dev" }],
    "another text": [{ change: [name] }, { change: [name] }],
    removed: [{ remove: [name] }, random.chance(0.5) ? {} : { change: [name] }],
  };
  const [here, there] = edits[cell.then];
  forget(cell, draft, [name]);
  const changesAgain = cell.then !== "removed" && random.chance(0.4);
  return [
    operate({ kind: "copy", by }, title),
    later("dev", here, "the first backend goes on"),
    { ...up(there, cell, fire), stack: "dev of the copy" },
    ...(changesAgain ? [later("dev", { change: [name] }, "the first backend goes on")] : []),
  ];
}

/** Removes resources from the draft if the cell has removed them, so that later steps do not use them. */
function forget({ then }: SurgeryCell, draft: Draft, names: readonly string[]): void {
  if (then === "removed") draft.names = draft.names.filter((name) => !names.includes(name));
}

/** Returns how the program changes its resources after the change of the state. */
function sequelOf({ then }: SurgeryCell, names: readonly string[]): Edit {
  if (then === "the same text") return {};
  return then === "another text" ? { change: names } : { remove: names };
}

/** Returns the steps in which a removed resource is declared again, with another text. */
function comesBack({ then }: SurgeryCell, names: readonly string[]): readonly Stage[] {
  if (then !== "removed") return [];
  const text = "another";
  return [
    later("dev", { again: { names, text } }, `${names.join(", ")}: declared again`),
    later("dev", { remove: names }, `${names.join(", ")}: removed again`),
  ];
}

function targeted(names: readonly string[], random: Random): Targets {
  return { names, withScope: random.chance(0.5) };
}

function operate(surgery: Surgery, title: string): Stage {
  return { title, stack: "dev", surgery };
}

/** Returns the command of a cell. */
function up(edit: Edit, cell: SurgeryCell, fire: Fire): CommandStage {
  return { title: `up with ${cell.then}`, stack: "dev", command: "up", edit, ...fire, counts: cell };
}

function later(stack: StackId, edit: Edit, title: string): CommandStage {
  return { title, stack, command: "up", edit, ...QUIET };
}

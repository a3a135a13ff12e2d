import { changed, type DesiredRun, type Retained } from "./desired";
import type { StackId } from "./stage";

/** Changes of a program, by the names of its resources. The changes are applied in the order of these fields. */
export interface Edit {
  /** Also declares the resources that the program of this stack declares. */
  readonly like?: StackId;
  /** Declares the resources that the program declared when the stack was exported. */
  readonly asExported?: boolean;
  /** Renames a resource. */
  readonly rename?: { readonly from: string; readonly to: string };
  readonly retain?: { readonly names: readonly string[]; readonly how: Retained };
  /** Gives another text to each of these resources. */
  readonly change?: readonly string[];
  readonly remove?: readonly string[];
  /** Declares removed resources again, with their last text or with another text. */
  readonly again?: { readonly names: readonly string[]; readonly text: "same" | "another" };
  readonly add?: readonly DesiredRun[];
}

/** The program of a stack, and what it declared earlier. */
export interface Program {
  readonly declared: readonly DesiredRun[];
  /** The last declaration of each name, even if the program no longer declares this name. */
  readonly last: ReadonlyMap<string, DesiredRun>;
  /** What the program declared when the state was exported. */
  readonly exported?: readonly DesiredRun[];
}

/** A program that declares nothing yet. */
export const EMPTY_PROGRAM: Program = { declared: [], last: new Map() };

/** Returns the program with other declarations. */
export function declaring(program: Program, declared: readonly DesiredRun[]): Program {
  const last = new Map([...program.last, ...declared.map((desired) => [desired.name, desired] as const)]);
  return { ...program, declared, last };
}

/**
 * Applies an edit to a program. Skips names that the program does not declare, because an earlier step may have failed.
 *
 * @param floor the smallest number for new texts of this stack, so that no two stacks get the same text by chance
 * @param programOf returns the programs of the other stacks
 */
export function applyEdit(
  program: Program,
  edit: Edit,
  floor: number,
  programOf: (stack: StackId) => Program,
): Program {
  const { rename, retain, change = [], remove = [], again, add = [] } = edit;
  let declared = edit.asExported === true ? (program.exported ?? program.declared) : program.declared;
  if (edit.like !== undefined) declared = programOf(edit.like).declared;
  if (rename !== undefined)
    declared = declared.map((desired) => (desired.name === rename.from ? renamed(desired, rename.to) : desired));
  if (retain !== undefined)
    declared = declared.map((one) => (retain.names.includes(one.name) ? { ...one, retain: retain.how } : one));
  declared = declared
    .map((desired) => (change.includes(desired.name) ? changed(desired, floor) : desired))
    .filter(({ name }) => !remove.includes(name));
  const missing = (again?.names ?? []).filter((name) => declared.every((desired) => desired.name !== name));
  const back = missing.flatMap((name) => program.last.get(name) ?? []);
  declared = [...declared, ...back.map((desired) => (again?.text === "same" ? desired : changed(desired, floor)))];
  return declaring(program, [...declared, ...add]);
}

/** Returns a resource with the same text and another name. */
function renamed(desired: DesiredRun, to: string): DesiredRun {
  return { ...desired, name: to, origin: desired.origin ?? desired.name };
}

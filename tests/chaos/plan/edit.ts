import { changed, type DesiredRun, type Retained } from "./desired";
import type { StackId } from "./stage";

/** Changes of a program, by the names of its resources. They are applied in this order. */
export interface Edit {
  /** Declares the resources of another stack's program as well. */
  readonly like?: StackId;
  /** Declares the resources that were declared when the stack was exported. */
  readonly asExported?: boolean;
  /** Renames a resource. */
  readonly rename?: { readonly from: string; readonly to: string };
  readonly retain?: { readonly names: readonly string[]; readonly how: Retained };
  /** Changes the text of each of these resources. */
  readonly change?: readonly string[];
  readonly remove?: readonly string[];
  /** Declares resources again, with their last text or with another one. */
  readonly again?: { readonly names: readonly string[]; readonly text: "same" | "another" };
  readonly add?: readonly DesiredRun[];
}

/** The program of a stack, with its earlier declarations. */
export interface Program {
  readonly declared: readonly DesiredRun[];
  /** The last declaration of each name, even if the program no longer has it. */
  readonly last: ReadonlyMap<string, DesiredRun>;
  /** The declarations when the state was exported. */
  readonly exported?: readonly DesiredRun[];
}

/** A program that declares nothing yet. */
export const EMPTY_PROGRAM: Program = { declared: [], last: new Map() };

/** The same program with other declarations. */
export function declaring(program: Program, declared: readonly DesiredRun[]): Program {
  const last = new Map([...program.last, ...declared.map((desired) => [desired.name, desired] as const)]);
  return { ...program, declared, last };
}

/**
 * Applies an edit. Skips names that are not declared, because an earlier step may have failed.
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

/** The same text, for a resource with another name. */
function renamed(desired: DesiredRun, to: string): DesiredRun {
  return { ...desired, name: to, origin: desired.origin ?? desired.name };
}

import { UNKNOWN_TEXT } from "../../../../provider/schema/wire-forms";
import type { EngineEvent } from "../../stack/automation";
import { step, TYPE } from "../../testing/events";

/** A resource in a program: its inputs, in which `{ ref }` is an output of another resource. */
export interface Declared {
  readonly kind: "execution" | "database";
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** A resource in a state, with resolved inputs. */
interface Recorded extends Declared {
  readonly id: string;
}

export type Program = Readonly<Record<string, Declared>>;
export type State = Readonly<Record<string, Recorded>>;

const DATABASE = "acme:index:Database";
const hasSecret = (value: unknown): boolean => JSON.stringify(value)?.includes('"secret":') ?? false;

/** An effect of a command. Unknown values are `UNKNOWN_TEXT`. */
export interface Effect {
  readonly what: string;
  readonly name: string;
  readonly value: unknown;
}

/**
 * Runs a command in a small model of the engine. Returns the steps from a state to a program, their effects, and the
 * state afterwards. In an update, all values are known. The command acts only on the resources in `only`.
 */
export function command(
  state: State,
  program: Program,
  isPreview: boolean,
  only: (name: string) => boolean = () => true,
): { readonly events: readonly EngineEvent[]; readonly effects: readonly Effect[]; readonly state: State } {
  const events: EngineEvent[] = [];
  const effects: Effect[] = [];
  const after: Record<string, Recorded> = { ...state };
  const changes = new Set<string>();
  // A resource is not changed if it depends on one that was not changed.
  const skipped = new Set<string>();
  const acts = (name: string, inputs: Declared["inputs"]) => {
    const isDone = only(name) && !Object.values(inputs).some((value) => skipped.has(refOf(value) ?? ""));
    if (!isDone) skipped.add(name);
    return isDone;
  };
  for (const name of Object.keys(program).sort()) {
    const { kind, inputs: declared } = program[name] as Declared;
    const inputs = resolved(declared, (ref) => (isPreview && changes.has(ref) ? UNKNOWN_TEXT : after[ref]?.id));
    const old = state[name];
    const type = kind === "execution" ? TYPE : DATABASE;
    const shown = masked(inputs);
    if (old === undefined) {
      changes.add(name);
      events.push(step("create", name, { type, new: shown }));
      effects.push(...created(kind, name, inputs));
      if (acts(name, declared)) after[name] = { kind, inputs, id: idOf(name, inputs, undefined) };
      continue;
    }
    const sides = { type, id: old.id, oldInputs: masked(old.inputs), old: { executionId: old.id }, new: shown };
    const paths = changedPaths(old.inputs, inputs);
    if (paths.length === 0) {
      events.push(step("same", name, sides));
      continue;
    }
    const replaces = paths.some((path) => (kind === "execution" ? path !== "timeout" : path === "engine"));
    // An execution is kept if only its timeout changes. The state then records the new inputs.
    const op = replaces ? "replace" : kind === "execution" ? "same" : "update";
    if (op !== "same") changes.add(name);
    events.push(step(op, name, { ...sides, paths: paths.filter((path) => hasSecret(inputs[path])) }));
    if (replaces) {
      events.push(step("delete-replaced", name, sides), step("create-replacement", name, sides));
      effects.push(
        { what: kind === "execution" ? "end" : "recreate", name, value: old.id },
        ...created(kind, name, inputs),
      );
    }
    if (kind === "execution" && !replaces) effects.push({ what: "record", name, value: masked(inputs) });
    if (kind === "database") effects.push(...paths.map((path) => setting(name, old, inputs, path)));
    if (acts(name, declared)) after[name] = { kind, inputs, id: replaces ? idOf(name, inputs, old) : old.id };
  }
  for (const [name, old] of Object.entries(state)) {
    if (program[name] !== undefined) continue;
    const type = old.kind === "execution" ? TYPE : DATABASE;
    const sides = { type, id: old.id, oldInputs: masked(old.inputs), old: { executionId: old.id } };
    events.push(step("delete", name, sides));
    effects.push({ what: "remove", name, value: old.id });
    if (only(name)) delete after[name];
  }
  return { events, effects, state: after };
}

function created(kind: Declared["kind"], name: string, inputs: Declared["inputs"]): readonly Effect[] {
  const value = masked(inputs);
  if (kind === "database") return [{ what: "create", name, value }];
  return [
    { what: "start", name, value },
    { what: "record", name, value },
  ];
}

function setting(name: string, old: Recorded, inputs: Declared["inputs"], path: string): Effect {
  const side = (values: Declared["inputs"]) => masked({ value: values[path] ?? null }).value;
  return { what: `set ${path} of ${old.id} from ${JSON.stringify(side(old.inputs))}`, name, value: side(inputs) };
}

function idOf(name: string, inputs: Declared["inputs"], old: Recorded | undefined): string {
  return `${name}-${old === undefined ? "1" : `${old.id}+`}-${JSON.stringify(inputs).length}`;
}

function changedPaths(olds: Declared["inputs"], news: Declared["inputs"]): readonly string[] {
  return [...new Set([...Object.keys(olds), ...Object.keys(news)])].filter(
    (key) => JSON.stringify(olds[key]) !== JSON.stringify(news[key]),
  );
}

function refOf(value: unknown): string | undefined {
  return ((value ?? {}) as { readonly ref?: string }).ref;
}

function resolved(inputs: Declared["inputs"], idOfRef: (ref: string) => string | undefined): Declared["inputs"] {
  return Object.fromEntries(
    Object.entries(inputs).map(([key, value]) => {
      const ref = refOf(value);
      return [key, ref === undefined ? value : (idOfRef(ref) ?? "none")];
    }),
  );
}

/** Returns the inputs as the engine reports them: secrets are masked. */
function masked(inputs: Declared["inputs"]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(inputs).map(([key, value]) => [key, hasSecret(value) ? "[secret]" : value]));
}

import { UNKNOWN_TEXT } from "../../../../provider/schema/wire-forms";
import type { EngineEvent } from "../../stack/automation";
import { step, TYPE, urnOf } from "../../testing/events";

/** A resource that a program declares. In `inputs`, a value `{ ref }` stands for an output of another resource. */
export interface Declared {
  readonly kind: "execution" | "database" | "provider";
  readonly inputs: Readonly<Record<string, unknown>>;
  /** The name of the provider that the resource uses; by default the default provider. */
  readonly provider?: string;
  /** The former name of the resource. */
  readonly formerly?: string;
  /** The id that the resource is imported with, if it is not in the state. */
  readonly imports?: string;
}

/** A resource in a state, with resolved inputs. */
interface Recorded extends Declared {
  readonly id: string;
}

export type Program = Readonly<Record<string, Declared>>;
export type State = Readonly<Record<string, Recorded>>;

const TYPES = {
  execution: TYPE,
  database: "acme:index:Database",
  provider: "pulumi:providers:acme",
} as const satisfies Readonly<Record<Declared["kind"], string>>;
const providerOf = ({ provider = "default" }: Pick<Declared, "provider">) => `${urnOf(provider, TYPES.provider)}::1b2c`;
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
): {
  readonly events: readonly EngineEvent[];
  readonly effects: readonly Effect[];
  /**
   * The effects of recording the unchanged executions again. This command does not have these effects, but a review of
   * the command allows them: another apply may change an execution after the review, so that a later apply of the same
   * program records it again.
   */
  readonly kept: readonly Effect[];
  readonly state: State;
} {
  const events: EngineEvent[] = [];
  const effects: Effect[] = [];
  const kept: Effect[] = [];
  const renamed = new Set<string>();
  const after: Record<string, Recorded> = { ...state };
  const changes = new Set<string>();
  // A command skips the resources that are not in `only`, and the resources that refer to a skipped resource.
  const skipped = new Set<string>();
  const acts = (name: string, inputs: Declared["inputs"]) => {
    const isDone = only(name) && !Object.values(inputs).some((value) => skipped.has(refOf(value) ?? ""));
    if (!isDone) skipped.add(name);
    return isDone;
  };
  for (const name of Object.keys(program).sort()) {
    const { kind, inputs: declared, provider, formerly, imports } = program[name] as Declared;
    const isRenamed = formerly !== undefined && state[name] === undefined && program[formerly] === undefined;
    // An alias has no effect if another resource was already renamed from this name, or if the recorded resource has
    // another type.
    const before = isRenamed && !renamed.has(formerly) && state[formerly]?.kind === kind ? formerly : name;
    const inputs = resolved(declared, (ref) => (isPreview && changes.has(ref) ? UNKNOWN_TEXT : after[ref]?.id));
    const old = state[before]?.kind === kind ? state[before] : undefined;
    const [type, recorded] = [TYPES[kind], { kind, inputs, ...(provider === undefined ? {} : { provider }) }];
    const shown = masked(inputs);
    const uses: Effect = { what: "use", name, value: provider ?? "default" };
    const reference = providerOf({ ...(provider === undefined ? {} : { provider }) });
    if (old === undefined && imports !== undefined) {
      changes.add(name);
      events.push(step("import", name, { type, new: shown, newId: imports, provider: reference }));
      effects.push(uses, { what: "import", name, value: { imports, ...shown } });
      if (kind === "execution") effects.push({ what: "record", name, value: shown });
      if (acts(name, declared)) after[name] = { ...recorded, id: imports };
      continue;
    }
    if (old === undefined) {
      changes.add(name);
      events.push(step("create", name, { type, new: shown, provider: reference }));
      effects.push(uses, ...created(kind, name, inputs));
      if (acts(name, declared)) after[name] = { ...recorded, id: idOf(name, inputs, undefined) };
      continue;
    }
    const sides = {
      type,
      id: old.id,
      oldInputs: masked(old.inputs),
      old: { executionId: old.id },
      new: shown,
      provider: reference,
      oldProvider: providerOf(old),
      ...(before === name ? {} : { oldUrn: urnOf(before, type) }),
    };
    if (before !== name) {
      renamed.add(before);
      // For a kept execution, the id of the run does not matter, because the command does nothing to the run.
      effects.push(uses, { what: "rename", name, value: kind === "execution" ? before : [before, old.id] });
      if (kind === "execution") effects.push({ what: "record", name, value: shown });
    }
    const rename = () => {
      if (before === name) return;
      delete after[before];
      after[name] = { ...old };
    };
    const paths = changedPaths(old.inputs, inputs);
    const moves = providerOf(old) !== reference;
    if (paths.length === 0 && !moves) {
      events.push(step("same", name, sides));
      if (kind === "execution") kept.push(uses, { what: "record", name, value: shown });
      if (acts(name, declared)) rename();
      continue;
    }
    const replaces =
      moves ||
      paths.some((path) => (kind === "execution" ? path !== "timeout" : path === "engine" || path === "account"));
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
    effects.push(uses);
    if (kind === "execution" && !replaces) effects.push({ what: "record", name, value: masked(inputs) });
    if (kind !== "execution") effects.push(...paths.map((path) => setting(name, old, inputs, path)));
    if (acts(name, declared)) {
      rename();
      after[name] = { ...recorded, id: replaces ? idOf(name, inputs, old) : old.id };
    }
  }
  for (const [name, old] of Object.entries(state)) {
    if (renamed.has(name) || program[name]?.kind === old.kind) continue;
    const type = TYPES[old.kind];
    const sides = { type, id: old.id, oldInputs: masked(old.inputs), old: { executionId: old.id } };
    events.push(step("delete", name, sides));
    effects.push({ what: "remove", name: `${old.kind} ${name}`, value: old.id });
    if (only(name) && after[name] === old) delete after[name];
  }
  return { events, effects, kept, state: after };
}

function created(kind: Declared["kind"], name: string, inputs: Declared["inputs"]): readonly Effect[] {
  const value = masked(inputs);
  if (kind !== "execution") return [{ what: "create", name, value }];
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

import { Random } from "../random";
import {
  type Cell,
  type Phase,
  SERVICE_CELLS,
  type ServiceCell,
  SIGNAL_CELLS,
  type SignalCell,
  SURGERY_CELLS,
  type SurgeryCell,
} from "./cells";
import { anyDesiredRun, type DesiredRun, job, LASTS, longRun } from "./desired";
import type { CommandStage, Plan, StackId, Stage } from "./stage";
import { type Draft, type Fire, QUIET, surgeryStages } from "./surgery";

const SIZES = [1, 1, 1, 2, 2, 2, 3, 3, 4, 5, 6, 8, 12, 20];
/** The chaos runs take these cells from a shuffled deck, one after another. So each cell occurs once in each deck. */
const UP_CELLS = SIGNAL_CELLS.filter(({ phase }) => phase !== "deleting");
const DELETE_CELLS = SIGNAL_CELLS.filter(({ phase }) => phase === "deleting");

/**
 * Makes the plan of a chaos run. The plan depends only on the seed and the number, so a single chaos run can be
 * repeated.
 */
export function planRun(seed: string, run: number): Plan {
  const random = new Random(`${seed}/${run}`);
  const first = draw(UP_CELLS, `${seed}/signals`, 2 * run);
  const second = draw(UP_CELLS, `${seed}/signals`, 2 * run + 1);
  const third = draw(DELETE_CELLS, `${seed}/deletes`, run);
  const service = SERVICE_PER_RUN.map((_, position) =>
    draw(SERVICE_CELLS, `${seed}/service`, run * SERVICE_PER_RUN.length + position),
  );
  const takeService = (phases: (phase: Phase) => boolean, most: number): ServiceCell[] => {
    const taken = service.filter(({ phase }) => phases(phase)).slice(0, most);
    for (const cell of taken) service.splice(service.indexOf(cell), 1);
    return taken;
  };
  const early = (phase: Phase): boolean => phase !== "deleting";
  const onUp = (signal?: SignalCell): Fire => ({
    ...(signal === undefined ? {} : { signal }),
    faults: takeService(early, 2),
    faultsOfRecovery: takeService(early, 2),
  });
  const desiredRuns = firstRuns(random, [first, second]);
  const faultsOfDestroy = takeService((phase) => phase === "deleting", 2);
  const draft = draftOf(desiredRuns, random);
  const up: CommandStage = { title: "up", stack: "dev", command: "up", edit: { add: desiredRuns }, ...onUp(first) };
  // The signal of the second command comes either after a change of the program or after a change of a state.
  const isOfSurgery = random.chance(0.5);
  const isEditedFirst = random.chance(0.5);
  // A person may change the states of a stack even if its last command was killed.
  const edit = () => [editStage(draft, isOfSurgery ? QUIET : onUp(second), isEditedFirst ? 0.4 : 0.12)];
  const operations = () => surgeries(seed, run, draft, isOfSurgery ? onUp(second) : onUp());
  // The steps are planned in the order in which they happen, because each step begins with the results of earlier
  // steps.
  const order = isEditedFirst ? [edit, operations] : [operations, edit];
  const middle = order.flatMap((plan) => plan());
  const destroy: Fire = {
    ...(random.chance(0.6) ? { signal: third } : {}),
    faults: faultsOfDestroy,
    faultsOfRecovery: [],
  };
  return { stages: [up, ...middle, ...destroys(random.shuffled([...draft.stacks]), destroy)] };
}

function draftOf(desiredRuns: readonly DesiredRun[], random: Random): Draft {
  const lasting = desiredRuns.filter(({ run }) => run === LASTS).map(({ name }) => name);
  return {
    random,
    names: desiredRuns.map(({ name }) => name),
    lasting: new Set(lasting),
    stacks: new Set(["dev"]),
  };
}

/** Makes a step that changes some texts. Sometimes, the step also adds or removes a resource. */
function editStage(draft: Draft, fire: Fire, abandoned: number): CommandStage {
  const { random, names } = draft;
  const remove = names.length > 1 && random.chance(0.3) ? names.slice(-1) : [];
  const kept = names.filter((name) => !remove.includes(name));
  const change = kept.filter((_, index) => index === 0 || random.chance(0.4));
  const add = random.chance(0.3) && kept.length < 20 ? [anyDesiredRun(`n${names.length}`, random)] : [];
  draft.names = [...kept, ...add.map(({ name }) => name)];
  const abandons = random.chance(abandoned);
  return {
    title: "the program is changed",
    stack: "dev",
    command: "up",
    edit: { remove, change, add },
    ...fire,
    abandons,
  };
}

/** Makes one or two steps that change states. Their positions in the seed's deck select the cells. */
function surgeries(seed: string, run: number, draft: Draft, fire: Fire): readonly Stage[] {
  const drawn = [0, 1].map((position) => draw(SURGERY_CELLS, `${seed}/surgery`, 2 * run + position));
  const [one, two] = drawn as [SurgeryCell, SurgeryCell];
  const first = surgeryStages(one, draft, fire);
  const isSecondCopy = [one, two].every(({ action }) => action === "copied backend" || action === "imported copy");
  if (isSecondCopy || draft.names.length === 0 || draft.random.chance(0.4)) return first;
  return [...first, ...surgeryStages(two, draft)];
}

function destroys(stacks: readonly StackId[], fire: Fire): readonly Stage[] {
  return stacks.map((stack, index) => ({
    title: `destroy of ${stack}`,
    stack,
    command: "destroy",
    ...(index === 0 ? fire : QUIET),
  }));
}

/**
 * Makes the plan of a chaos run with a single cell and one execution. Cells of a phase that lasts only milliseconds
 * need such a plan, because they occur too rarely in programs with many other events.
 */
export function planAimedRun(seed: string, run: number, aim: Cell): Plan {
  const random = new Random(`${seed}/${run}/aimed`);
  if (aim.kind === "surgery") return planSurgery(aim.surgery, random);
  const phase = aim.kind === "signal" ? aim.signal.phase : aim.fault.phase;
  const awaited = phase === "ended" || (phase === "waiting" && aim.kind === "service");
  const first: DesiredRun = awaited
    ? { ...job("r0", random), run: random.between(3, 5) }
    : { ...longRun("r0", random), waitFor: "running" };
  const [early, late] = phase === "deleting" ? [{}, aimedAt(aim)] : [aimedAt(aim), {}];
  return {
    stages: [
      { title: "up", stack: "dev", command: "up", edit: { add: [first] }, ...QUIET, ...early },
      { title: "the program is changed", stack: "dev", command: "up", edit: { change: ["r0"] }, ...QUIET },
      ...destroys(["dev"], { ...QUIET, ...late }),
    ],
  };
}

/** Makes the plan for a single change of a state. The change does not affect the second resource. */
function planSurgery(cell: SurgeryCell, random: Random): Plan {
  const add = ["r0", "r1"].map((name) => ({ ...longRun(name, random), waitFor: "running" as const }));
  const draft = draftOf(add, random);
  const operations = surgeryStages(cell, draft);
  return {
    stages: [
      { title: "up", stack: "dev", command: "up", edit: { add }, ...QUIET },
      ...operations,
      ...destroys(random.shuffled([...draft.stacks]), QUIET),
    ],
  };
}

function aimedAt(aim: Exclude<Cell, { readonly kind: "surgery" }>): Partial<Fire> {
  if (aim.kind === "signal") return { signal: aim.signal };
  // A lookup can miss a run only if a killed command has left a run.
  const left: SignalCell = { signal: "SIGKILL", target: "both", phase: "POST, after commit" };
  const isLookup =
    ["lagging list", "altered names", "refused list"].includes(aim.fault.fault) &&
    aim.fault.phase === "before the look-up";
  return isLookup ? { signal: left, faultsOfRecovery: [aim.fault] } : { faults: [aim.fault] };
}

const SERVICE_PER_RUN = Array.from({ length: 9 });

/** Returns the cell at a position in an endless sequence of shuffled decks. */
function draw<T>(deck: readonly T[], seed: string, position: number): T {
  const round = Math.floor(position / deck.length);
  const cell = new Random(`${seed}/${round}`).shuffled(deck)[position % deck.length];
  if (cell === undefined) throw new Error("An empty deck.");
  return cell;
}

/** Makes a first program in which every phase occurs: the command waits for an end, and a run is active. */
function firstRuns(random: Random, signals: readonly SignalCell[]): readonly DesiredRun[] {
  const size = random.pick(SIZES);
  const awaited = signals.some(({ phase }) => phase === "ended") || random.chance(0.4);
  const names = Array.from({ length: size }, (_, index) => `r${index}`);
  return names.map((name, index) => {
    if (index === 0) return awaited ? job(name, random) : { ...longRun(name, random), waitFor: "running" };
    return index === 1 ? longRun(name, random) : anyDesiredRun(name, random);
  });
}

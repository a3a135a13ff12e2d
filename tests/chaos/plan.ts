import { type Cell, type Phase, SERVICE_CELLS, type ServiceCell, SIGNAL_CELLS, type SignalCell } from "./cells";
import { anyDesiredRun, changed, type DesiredRun, job, longRun } from "./desired";
import { Random } from "./random";

/** One thing that a person wants, and what gets in the way of the first command and of those that fix it. */
export interface Stage {
  readonly title: string;
  readonly command: "up" | "destroy";
  /** What the program declares from here on. */
  readonly desiredRuns: readonly DesiredRun[];
  readonly signal?: SignalCell;
  readonly faults: readonly ServiceCell[];
  readonly faultsOfRecovery: readonly ServiceCell[];
  /** A first command that fails is not tried again: the next stage begins. */
  readonly abandons?: boolean;
}

/** Everything that one run does, as far as the script decides it. */
export interface Plan {
  readonly stages: readonly Stage[];
}

const SIZES = [1, 1, 1, 2, 2, 2, 3, 3, 4, 5, 6, 8, 12, 20];
/** Draws of a deck are never further apart than two of its lengths, so every cell comes up in time. */
const UP_CELLS = SIGNAL_CELLS.filter(({ phase }) => phase !== "deleting");
const DELETE_CELLS = SIGNAL_CELLS.filter(({ phase }) => phase === "deleting");

/** The plan of a run. It depends on seed and number alone, so that one run can be repeated by itself. */
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
  const desiredRuns = firstRuns(random, [first, second]);
  const edited = editedRuns(random, desiredRuns);
  const faultsOfDestroy = takeService((phase) => phase === "deleting", 2);
  const up: Stage = {
    title: "up",
    command: "up",
    desiredRuns,
    signal: first,
    faults: takeService(early, 2),
    faultsOfRecovery: takeService(early, 2),
  };
  const edit: Stage = {
    title: "the program is changed",
    command: "up",
    desiredRuns: edited,
    signal: second,
    faults: takeService(early, 2),
    faultsOfRecovery: takeService(early, 2),
    abandons: random.chance(0.12),
  };
  const again: Stage = {
    title: "nothing is changed",
    command: "up",
    desiredRuns: edited,
    faults: [],
    faultsOfRecovery: [],
  };
  const destroy: Stage = {
    title: "destroy",
    command: "destroy",
    desiredRuns: [],
    ...(random.chance(0.6) ? { signal: third } : {}),
    faults: faultsOfDestroy,
    faultsOfRecovery: [],
  };
  const repeats = random.chance(0.25) && edit.abandons !== true;
  return { stages: [up, edit, ...(repeats ? [again] : []), destroy] };
}

/**
 * The plan of a run that one cell alone is to happen in, to one execution: the cells that last for milliseconds come up too
 * rarely in programs in which much else happens.
 */
export function planAimedRun(seed: string, run: number, aim: Cell): Plan {
  const random = new Random(`${seed}/${run}/aimed`);
  const phase = aim.kind === "signal" ? aim.signal.phase : aim.fault.phase;
  const awaited = phase === "ended" || (phase === "waiting" && aim.kind === "service");
  const first: DesiredRun = awaited
    ? { ...job("r0", random), run: random.between(3, 5) }
    : { ...longRun("r0", random), waitFor: "running" };
  const quiet = { faults: [], faultsOfRecovery: [] };
  const [early, late] = phase === "deleting" ? [{}, aimedAt(aim)] : [aimedAt(aim), {}];
  return {
    stages: [
      { title: "up", command: "up", desiredRuns: [first], ...quiet, ...early },
      { title: "the program is changed", command: "up", desiredRuns: [changed(first)], ...quiet },
      { title: "destroy", command: "destroy", desiredRuns: [], ...quiet, ...late },
    ],
  };
}

function aimedAt(aim: Cell): Partial<Stage> {
  if (aim.kind === "signal") return { signal: aim.signal };
  // A lookup is shown too little only where a killed command has left something to be shown.
  const left: SignalCell = { signal: "SIGKILL", target: "both", phase: "POST, after commit" };
  const isLookup =
    ["lagging list", "altered names", "refused list"].includes(aim.fault.fault) &&
    aim.fault.phase === "before the look-up";
  return isLookup ? { signal: left, faultsOfRecovery: [aim.fault] } : { faults: [aim.fault] };
}

const SERVICE_PER_RUN = Array.from({ length: 9 });

/** The cell at a place in an endless row of shuffled decks. */
function draw<T>(deck: readonly T[], seed: string, position: number): T {
  const round = Math.floor(position / deck.length);
  const cell = new Random(`${seed}/${round}`).shuffled(deck)[position % deck.length];
  if (cell === undefined) throw new Error("An empty deck.");
  return cell;
}

/** A program in which the phases of the signals come about: an end that is waited for, a run that is still going. */
function firstRuns(random: Random, signals: readonly SignalCell[]): readonly DesiredRun[] {
  const size = random.pick(SIZES);
  const awaited = signals.some(({ phase }) => phase === "ended") || random.chance(0.4);
  const names = Array.from({ length: size }, (_, index) => `r${index}`);
  return names.map((name, index) => {
    if (index === 0) return awaited ? job(name, random) : { ...longRun(name, random), waitFor: "running" };
    return index === 1 ? longRun(name, random) : anyDesiredRun(name, random);
  });
}

/** Some texts are changed, the first always; perhaps one resource goes, perhaps one comes. */
function editedRuns(random: Random, desiredRuns: readonly DesiredRun[]): readonly DesiredRun[] {
  const kept = desiredRuns.length > 1 && random.chance(0.3) ? desiredRuns.slice(0, -1) : desiredRuns;
  const next = kept.map((desired, index) => (index === 0 || random.chance(0.4) ? changed(desired) : desired));
  return random.chance(0.3) && next.length < 20 ? [...next, anyDesiredRun(`r${desiredRuns.length}`, random)] : next;
}

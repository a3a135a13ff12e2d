// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how a compose document writes a variable
import fc from "fast-check";
import type { SecretFinding } from "../../../provider/secrets";
import { secretsIn } from "../../../provider/secrets";
import { CANDIDATES, type Candidate, type CandidateKind } from "./candidates";
import { type Placed, SPOTS } from "./spots";
import { anchor, inBlock, inFlow, list, mapping, raw, STYLES, type Style, text, type Yaml } from "./yaml";

/** A project with secrets and mistakes in it. */
export interface GeneratedProject {
  /** The content of the files, by their paths below the project folder. `compose.yaml` is always one of the files. */
  readonly files: Readonly<Record<string, string>>;
  /** The secrets that the detector finds in the texts of the project. */
  readonly findings: readonly SecretFinding[];
}

/** The plan of a service that contains one candidate. */
interface ServicePlan {
  readonly candidate: Candidate;
  readonly spot: number;
  readonly style: Style;
  /** Whether the service is written on one line. */
  readonly isFlat: boolean;
  /** Whether an anchor has the entries with the candidate, and the service has an alias of this anchor. */
  readonly isShared: boolean;
  /** The file that contains the service. */
  readonly file: "compose.yaml" | "compose.override.yaml" | "parts/more.yaml";
  readonly mistakes: readonly number[];
  /** Whether the mistakes come before the candidate. */
  readonly isBehind: boolean;
}

/** The plan of a project, before its files are written. */
export interface ProjectPlan {
  readonly services: readonly ServicePlan[];
  readonly mistakes: readonly number[];
  /** A text for the end of `compose.yaml` that makes the YAML invalid. Empty if there is no such text. */
  readonly tail: string;
}

type Entry = readonly [string, Yaml];

const SERVICE_MISTAKES: readonly ((own: readonly Entry[]) => readonly Entry[])[] = [
  () => [["prots", list()]],
  () => [["ports", text("many words")]],
  () => [["cpus", text("many")]],
  () => [["user", text("${UNSET_NAME}")]],
  () => [["image", text("UPPER Case::")]],
  () => [["image", text("other")]],
  () => [["depends_on", list(text("missing"))]],
  () => [["environment", text("none")]],
  () => [["volumes", list(text("./gone.txt:/x"))]],
  () => [["x-other", text("${BAD-", "double quotes")]],
  () => [["restart", list()]],
  // The key of the candidate occurs a second time, with the same value or with another value.
  (own) => own.slice(0, 1),
  (own) => own.slice(0, 1).map(([key]) => [key, text("again")] as const),
  (own) => own.slice(0, 1).map(([key, value]) => [key, list(value)] as const),
  () => [["<<", raw("*unknown")]],
];

const DOCUMENT_MISTAKES: readonly Entry[] = [
  ["vresion", text("3")],
  ["name", text("Bad Name")],
  ["volumes", list()],
  ["networks", mapping(["n", mapping(["driver_opts", list()])])],
  ["services", mapping(["s0", mapping(["image", text("again")])])],
];

const TAILS = [
  "bad: [unclosed",
  "\tbad: x",
  "a: b: c",
  'a: "open',
  "- item",
  "%bad",
  "? : :",
  "a: 'x' y",
  "x-a: *none",
];

const oneOf = <T>(values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
const KINDS = Object.keys(CANDIDATES) as CandidateKind[];

const servicePlans: fc.Arbitrary<ServicePlan> = oneOf(KINDS).chain((kind) =>
  fc.record({
    candidate: oneOf(CANDIDATES[kind]),
    spot: fc.nat({ max: SPOTS[kind].length - 1 }),
    style: oneOf(STYLES),
    isFlat: fc.boolean(),
    isShared: fc.nat({ max: 9 }).map((number) => number === 9),
    file: oneOf(["compose.yaml", "compose.yaml", "compose.yaml", "compose.override.yaml", "parts/more.yaml"] as const),
    mistakes: fc.oneof(fc.constant([]), fc.array(fc.nat({ max: SERVICE_MISTAKES.length - 1 }), { maxLength: 2 })),
    isBehind: fc.boolean(),
  }),
);

/** Plans of random projects. About half of the projects are valid, so that the outputs of a run are tested too. */
export const projectPlans: fc.Arbitrary<ProjectPlan> = fc.record({
  services: fc.array(servicePlans, { minLength: 1, maxLength: 3 }),
  mistakes: fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    fc.array(fc.nat({ max: DOCUMENT_MISTAKES.length - 1 }), { maxLength: 1 }),
  ),
  tail: fc.oneof({ weight: 4, arbitrary: fc.constant("") }, oneOf(TAILS)),
});

/** Writes the files of a project. */
export function written({ services, mistakes, tail }: ProjectPlan): GeneratedProject {
  const placed = services.map((plan, index) => placedBy(plan, `s${index}`));
  const files: Record<string, string> = {};
  for (const { files: own } of placed) Object.assign(files, own);
  for (const file of ["compose.override.yaml", "parts/more.yaml", "compose.yaml"] as const) {
    const members = placed.map((one, index) => ({ one, index })).filter(({ index }) => services[index]?.file === file);
    if (members.length === 0 && file !== "compose.yaml") continue;
    const isFirst = file === "compose.yaml";
    const shared = members.flatMap(({ one, index }) =>
      services[index]?.isShared === true
        ? [[`x-shared${index}`, anchor(`a${index}`, mapping(...one.service))] as const]
        : [],
    );
    const own = members.map(({ one, index }) => serviceOf(services[index], one, index));
    const includes: Entry[] =
      isFirst && files["parts/more.yaml"] !== undefined ? [["include", list(text("parts/more.yaml", "plain"))]] : [];
    const all: Entry[] = [
      ...includes,
      ...shared,
      ...(own.length === 0 ? [["x-none", text("")] as const] : [["services", mapping(...own)] as const]),
      ...joined(members.flatMap(({ one }) => one.document ?? [])),
      ...(isFirst ? mistakes.flatMap((index) => DOCUMENT_MISTAKES.slice(index, index + 1)) : []),
    ];
    const lines = inBlock(mapping(...all), "").slice(1);
    files[file] = `${lines}\n${isFirst && tail !== "" ? `${tail}\n` : ""}`;
  }
  // Paths in `parts/more.yaml` are relative to `parts`. So the files of services in `parts/more.yaml` are in `parts`
  // too.
  for (const [index, { file }] of services.entries()) {
    if (file !== "parts/more.yaml") continue;
    for (const [path, content] of Object.entries(placed[index]?.files ?? {})) {
      delete files[path];
      files[`parts/${path}`] = content;
    }
  }
  return { files, findings: placed.flatMap(({ asked }) => asked.flatMap(findingsIn)) };
}

/**
 * Returns the secrets in a text that no output may show. A key of a mapping that only looks random is left out, because
 * it is a name. For the same reason, the first part of a longer word is left out. An encoded address is left out,
 * because another finding has its password.
 */
function findingsIn({ text: value, place, isKey }: Placed["asked"][number]): SecretFinding[] {
  return secretsIn(value, place).filter(
    (finding) =>
      !(finding.kind.startsWith("an encoded") && finding.value.includes("://")) &&
      (finding.certainty !== "random" || !(isKey || /=\w/.test(finding.value))),
  );
}

function placedBy({ candidate, spot, style, isFlat }: ServicePlan, id: string): Placed {
  const found = SPOTS[candidate.kind][spot];
  if (found === undefined) throw new Error("There is no such spot.");
  return found(candidate, isFlat ? "double quotes" : style, `${id}-file`);
}

function serviceOf(plan: ServicePlan | undefined, { service }: Placed, index: number): Entry {
  if (plan === undefined) throw new Error("There is no such service.");
  const mistakes = plan.mistakes.flatMap((mistake) => SERVICE_MISTAKES[mistake]?.(service) ?? []);
  const own: readonly Entry[] = plan.isShared ? [["<<", raw(`*a${index}`)]] : service;
  const image: readonly Entry[] = service.some(([key]) => key === "image" || key === "build")
    ? []
    : [["image", text("busybox", "plain")]];
  const entries = mapping(...image, ...(plan.isBehind ? [...mistakes, ...own] : [...own, ...mistakes]));
  return [`s${index}`, plan.isFlat ? raw(inFlow(entries)) : entries];
}

/** Joins the sections with the same name to one section. */
function joined(entries: readonly Entry[]): Entry[] {
  const sections = new Map<string, Entry[]>();
  for (const [name, value] of entries) {
    if (value.kind === "mapping") sections.set(name, [...(sections.get(name) ?? []), ...value.entries]);
  }
  return [...sections].map(([name, all]) => [name, mapping(...all)] as const);
}

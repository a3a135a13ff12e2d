import type { DiagnosticCollector } from "../diagnostic";
import { formatPath } from "../path";
import type { Span } from "../position";
import { isOpen } from "../structure";
import type { JudgeCode } from "./catalogue";
import { children, type MappingNode, type Place, pathOf, select, valueSpan } from "./location";
import { nearest } from "./suggestion";
import { hasUnknown } from "./variables";

/** A service of the document that is a mapping. */
export interface Service {
  readonly name: string;
  readonly place: Place & { readonly node: MappingNode };
}

/** How images are asked for. Absent parts are not known. */
export type RegistryAccess =
  | { readonly type: "none" }
  | { readonly type: "basic"; readonly username?: string }
  | { readonly type: "aws"; readonly accessKeyId?: string; readonly region?: string };

/** What is known of the run beside its text. A rule that needs what is absent says nothing. */
export interface Surroundings {
  /** The machine of the run, such as `cpu` or `gpu.l40s`. */
  readonly executionType?: string;
  /** The credentials of the run. */
  readonly registry?: RegistryAccess;
  /** The text is secret, so secrets may stand in it. */
  readonly secret?: boolean;
  /** Names of variables that are set. Without it, none is. */
  readonly variables?: ReadonlySet<string>;
}

/** What a rule looks at, and where it tells its faults. */
export class JudgeContext {
  readonly root: Place;
  readonly services: readonly Service[];
  /** Keys of the top level that nobody has meant for one of Compose's. */
  readonly strangeKeys: string[] = [];
  private readonly told = new Set<string>();
  private readonly knownMembers = new Map<string, readonly Place[]>();
  private readonly declarations = new Map<string, ReadonlySet<string> | undefined>();

  constructor(
    root: Place,
    readonly text: string,
    private readonly faults: DiagnosticCollector<JudgeCode>,
    readonly surroundings: Surroundings,
  ) {
    this.root = root;
    this.services = this.members("services").flatMap((place) =>
      place.node.kind === "mapping" ? [{ name: String(place.step), place: { ...place, node: place.node } }] : [],
    );
  }

  /** Adds a fault at a place. A fault in a value that several services share is told once. */
  add(code: JudgeCode, place: Place, message: string, details: { span?: Span; remedy?: string } = {}): void {
    const span = details.span ?? valueSpan(place);
    const key = `${code}@${span.start}`;
    if (this.told.has(key)) return;
    this.told.add(key);
    const remedy = details.remedy === undefined ? {} : { remedy: details.remedy };
    this.faults.add(code, message, { span, path: pathOf(place), ...remedy });
  }

  /** Adds a fault whose message starts with the path of the place: `services.web.ports[0] must be …`. */
  addAt(code: JudgeCode, place: Place, words: string, details: { span?: Span; remedy?: string } = {}): void {
    const path = formatPath(pathOf(place));
    this.add(code, place, `${path === "" ? "the document" : path} ${words}`, details);
  }

  /** The names that a top-level section declares; `undefined` when included files or unknown values may declare others. */
  declared(section: string): ReadonlySet<string> | undefined {
    if (!this.declarations.has(section)) this.declarations.set(section, this.declarationsOf(section));
    return this.declarations.get(section);
  }

  /**
   * The name that was probably meant. Not looked for once nobody would read it: among thousands of names each look costs
   * more than the rest of the fault.
   */
  meant(written: string, candidates: Iterable<string>): string | undefined {
    return this.faults.isFull ? undefined : nearest(written, candidates);
  }

  private declarationsOf(section: string): ReadonlySet<string> | undefined {
    if (this.section("include") !== undefined) return undefined;
    const place = this.section(section);
    if (place !== undefined && isOpen(place.node)) return undefined;
    const names = [...children(place)].map(({ step }) => String(step));
    return names.some(hasUnknown) ? undefined : new Set(names);
  }

  /** What stands under the names of a top-level section. */
  members(section: string): readonly Place[] {
    const known = this.knownMembers.get(section) ?? select(this.section(section), ["*"]);
    this.knownMembers.set(section, known);
    return known;
  }

  /** A top-level section. */
  section(name: string): Place | undefined {
    return select(this.root, [name])[0];
  }
}

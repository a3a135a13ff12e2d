import type { DiagnosticCollector } from "../diagnostic";
import { formatPath } from "../path";
import type { Span } from "../position";
import type { JudgeCode } from "./catalogue";
import { children, type MappingNode, type Place, pathOf, select, valueSpan } from "./place";

/** A service of the document that is a mapping. */
export interface Service {
  readonly name: string;
  readonly place: Place & { readonly node: MappingNode };
}

/** What a rule looks at, and where it tells its faults. */
export class JudgeContext {
  readonly root: Place;
  readonly services: readonly Service[];
  /** The names under `services`, also of those that are not mappings. */
  readonly serviceNames: ReadonlySet<string>;
  private readonly told = new Set<string>();

  constructor(
    root: Place,
    readonly text: string,
    private readonly faults: DiagnosticCollector<JudgeCode>,
    /** The machine of the run (`executionType`), where it is known. */
    readonly executionType: string | undefined,
  ) {
    this.root = root;
    const all = [...select(root, "services.*")];
    this.serviceNames = new Set(all.map((place) => String(place.step)));
    this.services = all.flatMap((place) =>
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

  /** The names that a top-level section declares. */
  declared(section: string): ReadonlySet<string> {
    return new Set([...children(this.section(section))].map((place) => String(place.step)));
  }

  /** A top-level section. */
  section(name: string): Place | undefined {
    return [...select(this.root, [name])][0];
  }
}

import { nearest } from "../../diagnostics/nearest";
import { type ComposePath, printableKey, type Span } from "../../diagnostics/position";
import { unescapeDollars } from "../../model/interpolation";
import { type ComposeEntry, type ComposeNode, isNull } from "../../model/model";
import { didYouMean } from "../../validate/remedies";
import { checkServiceType, isOpen } from "../../yaml/structure";
import type { ProjectDiagnostics } from "../diagnostics";
import {
  entriesOf,
  type MappingNode,
  mapValues,
  replacedBelow,
  textOf,
  valueAt,
  withoutKeys,
  withoutReplaced,
} from "../nodes";
import { validateExtends } from "../validate-part";
import { mergeNodes } from "./merge";

/**
 * A file with services that other services may extend. Its variables are already replaced. Its relative paths are
 * already rewritten: they start at the folder at which the paths of the extending file start.
 */
export interface Extendable {
  /** The absolute path of the file. */
  readonly file: string;
  readonly root: ComposeNode;
  readonly replaced: readonly ComposePath[];
}

/**
 * Reads the file that an `extends` names. If the file cannot be read, reports an error.
 *
 * @param location the node with the name of the file, at which the error is reported
 * @param at the path of this node in the document
 */
export type OpenExtended = (path: string, location: ComposeNode, at: ComposePath) => Extendable | undefined;

/** Merges extended services into the services that extend them. */
export function applyExtends(document: Extendable, open: OpenExtended, collector: ProjectDiagnostics): ComposeNode {
  const { root } = document;
  if (root.kind !== "mapping") return root;
  const run = new Extending(open, collector);
  return mapValues(root, (value, section) => {
    if (section !== "services" || value.kind !== "mapping") return value;
    return mapValues(value, (service, name) => {
      const whole = run.service({ document, name });
      // If the extended service is empty, Compose merges nothing, and the key `extends` stays in the service. As in
      // Compose, the schema then applies to this key.
      const extended = valueAt(service, "extends");
      if (extended !== undefined && run.tookNothing({ document, name })) validateExtends(name, extended, collector);
      return whole;
    });
  });
}

/** A service, with the file that contains it. */
interface Named {
  readonly document: Extendable;
  readonly name: string;
}

/**
 * A link of a chain: the service `from` extends the service `target`. `service` is the node of `from`, and `entry` is
 * the entry of `target` in its `services`.
 */
interface Link {
  readonly from: Named;
  readonly service: MappingNode;
  readonly target: Named;
  readonly entry: ComposeEntry;
  readonly mention: { readonly span: Span; readonly path: ComposePath };
}

function idOf({ document, name }: Named): string {
  return `${document.file}#${name}`;
}

class Extending {
  private readonly done = new Map<string, ComposeNode>();
  private readonly without = new Set<string>();

  constructor(
    private readonly open: OpenExtended,
    private readonly collector: ProjectDiagnostics,
  ) {}

  /** Whether a service extends an empty service. */
  tookNothing(named: Named): boolean {
    return this.without.has(idOf(named));
  }

  /**
   * Returns a service merged with all services that it extends. A loop replaces recursion, because a chain of services
   * may be as long as the document.
   */
  service(first: Named): ComposeNode | undefined {
    const chain: Link[] = [];
    const open = new Set<string>();
    let base: ComposeNode | undefined;
    let next: Named | undefined = first;
    while (next !== undefined) {
      const id = idOf(next);
      const service: ComposeNode | undefined = valueAt(valueAt(next.document.root, "services"), next.name);
      const extended = valueAt(service, "extends");
      base = this.done.get(id) ?? service;
      if (this.done.has(id) || service?.kind !== "mapping" || extended === undefined || isNull(extended)) break;
      open.add(id);
      const link = this.link(next, service, extended, open);
      // If `link` is undefined, the extended service was not found, and the service stays unchanged. An error reports
      // why, unless the name of the file is not known yet.
      if (link === undefined) this.done.set(id, service);
      else chain.push(link);
      next = link?.target;
    }
    for (const link of chain.reverse()) {
      base = this.merged(link, base);
      this.done.set(idOf(link.from), base);
    }
    return base;
  }

  /**
   * Finds the service that `extends` names. Returns `undefined` if the service is missing, or if the services extend
   * each other in a circle.
   */
  private link(from: Named, service: MappingNode, extended: ComposeNode, open: ReadonlySet<string>): Link | undefined {
    const path = ["services", from.name, "extends"];
    const wanted = extended.kind === "mapping" ? valueAt(extended, "service") : extended;
    const ref = textOf(wanted);
    // If `extends` does not contain a name, the schema reports an error.
    if (wanted === undefined || ref === undefined) return undefined;
    const file = valueAt(extended, "file");
    const document = file === undefined || isNull(file) ? from.document : this.file(file, path);
    if (document === undefined) return undefined;
    const services = entriesOf(valueAt(document.root, "services"));
    const entry = services.get(ref);
    const mention = { span: wanted.span, path };
    if (entry === undefined) {
      const details = { ...mention, ...didYouMean(nearest(ref, services.keys())) };
      this.collector.add("LYC2505", `the extended service ${printableKey(ref)} is not defined`, details);
      return undefined;
    }
    const target = { document, name: ref };
    if (open.has(idOf(target))) {
      this.collector.add("LYC2504", `the services that ${printableKey(from.name)} extends are a circle`, mention);
      return undefined;
    }
    return { from, service, target, entry, mention };
  }

  private merged({ from, service, target, entry, mention }: Link, base: ComposeNode | undefined): ComposeNode {
    const own = withoutKeys(service, ["extends"]);
    if (base !== undefined && isNull(base)) this.without.add(idOf(from));
    if (base === undefined || isNull(base) || isOpen(base)) return own;
    if (base.kind !== "mapping") {
      checkServiceType(target.name, entry, this.collector);
      return service;
    }
    if (!this.collector.grow(base.weight, mention)) return own;
    const path = ["services", from.name];
    const kept = withoutReplaced(base, replacedBelow(from.document.replaced, path));
    return mergeNodes(kept, own, path, this.collector);
  }

  private file(file: ComposeNode, path: ComposePath): Extendable | undefined {
    const text = textOf(file);
    return text === undefined ? undefined : this.open(unescapeDollars(text), file, [...path, "file"]);
  }
}

import type { ComposeNode } from "../../model/model";
import { entriesOf } from "../nodes";

/** The largest number of characters that a name takes from a path. */
const LONGEST_NAME = 100;

/** Makes names of configs or volumes from paths. The same path always gets the same name. */
export class LocalNames {
  private readonly names = new Map<string, string>();
  private readonly taken: Set<string>;

  /** @param declared the section of the document whose names are already used */
  constructor(
    private readonly prefix: string,
    declared: ComposeNode | undefined,
  ) {
    this.taken = new Set(entriesOf(declared).keys());
  }

  /** Returns the name of the config or volume for a local path. `path` is relative to the project folder. */
  of(path: string): string {
    const known = this.names.get(path);
    if (known !== undefined) return known;
    const words = path.replace(/[^A-Za-z0-9-]+/g, "_").replace(/^_|_$/g, "");
    let name = `${this.prefix}_${words.slice(-LONGEST_NAME)}`;
    while (this.taken.has(name)) name = `${name}_`;
    this.taken.add(name);
    this.names.set(path, name);
    return name;
  }

  /** Returns a path that already has a name, and that contains `path` or lies below it. */
  related(path: string): string | undefined {
    return [...this.names.keys()].find((other) => other.startsWith(`${path}/`) || path.startsWith(`${other}/`));
  }
}

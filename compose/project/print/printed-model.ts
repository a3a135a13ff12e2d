import type { ComposeMapping, ComposeNode } from "../../model/model";
import { isTooLarge, LARGEST_COMPOSE_TEXT } from "../../yaml/text";
import { mapItems, mapValues } from "../nodes";
import { printModel } from "./print-model";

/** The largest number of levels that the canonical form adds to a document, for example with long syntax. */
const ADDED_LEVELS = 10;
/** The longest escape of a character in double quotes, in characters. */
const WIDEST_CHARACTER = 6;

/**
 * Returns an upper limit for the size of a model's YAML text in bytes, without making the text.
 *
 * @param height the number of levels of the model, or a larger number
 */
export function mostPrinted(model: ComposeMapping, height: number): number {
  // A character has at most six bytes in YAML, as an escape. Each line of YAML has an indent of at most two spaces for
  // each level. A line begins with a key or an item, or follows a line break in a text, and all of these have at least
  // two characters in JSON. So `height` bytes for each character are enough for the indents.
  return JSON.stringify(model).length * (WIDEST_CHARACTER + height);
}

/**
 * A model and its text as YAML. The text is made only on demand, because most projects are sent as their author wrote
 * them.
 */
export class PrintedModel {
  private printed: string | undefined;

  /** @param height the number of levels of the document from which the model was made */
  constructor(
    private readonly model: ComposeMapping,
    private readonly height: number,
  ) {}

  /** The model as YAML. */
  get text(): string {
    this.printed ??= printModel(this.model);
    return this.printed;
  }

  /**
   * Whether the printed text is larger than 1 MB. A fast estimate of the largest possible size comes first. The text is
   * printed only if this estimate is larger than 1 MB.
   */
  get isTooLarge(): boolean {
    return mostPrinted(this.model, this.height + ADDED_LEVELS) > LARGEST_COMPOSE_TEXT && isTooLarge(this.text);
  }
}

/** Whether a tree contains a value that is marked as secret. */
export function holdsSecret(node: ComposeNode): boolean {
  if (node.kind === "scalar") return node.secret === true;
  if (node.kind === "sequence") return node.items.some(holdsSecret);
  return [...node.entries.values()].some((entry) => holdsSecret(entry.node));
}

/** Returns a tree in which `replace` has replaced the text of every scalar that is marked as secret. */
export function withSecretsReplaced(node: ComposeNode, replace: (value: string) => string): ComposeNode {
  if (node.kind === "scalar") {
    return node.secret === true ? { ...node, value: replace(String(node.value)), style: "quoted" } : node;
  }
  if (node.kind === "mapping") return mapValues(node, (value) => withSecretsReplaced(value, replace));
  return mapItems(node, (item) => withSecretsReplaced(item, replace));
}

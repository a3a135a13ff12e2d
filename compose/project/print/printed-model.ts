import type { ComposeMapping, ComposeNode } from "../../model/model";
import { isTooLarge, LARGEST_COMPOSE_TEXT } from "../../yaml/text";
import { mapItems, mapValues } from "../nodes";
import { printModel } from "./print-model";

/** The largest number of levels that the canonical form adds to a document, because short syntax becomes long. */
const ADDED_LEVELS = 10;
/** The longest escape in double quotes, in characters. */
const WIDEST_CHARACTER = 6;

/**
 * Returns the largest possible size of a model's text in bytes, without printing the text.
 *
 * @param height the number of levels of the model, or a larger number
 */
export function mostPrinted(model: ComposeMapping, height: number): number {
  // An escape makes a character at most six characters wide. In JSON, a value has at least two characters. In YAML, a
  // value has at most one line, which is indented by two spaces for each level.
  return JSON.stringify(model).length * (WIDEST_CHARACTER + height);
}

/**
 * A model, and its text as YAML. The text is not printed until a caller needs it, because most projects are sent as
 * their author wrote them.
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
   * Whether the text is larger than 1 MB. The text is printed for this check only if its largest possible size is over
   * the limit.
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

/** Returns a tree in which every value that is marked as secret is replaced. */
export function withSecretsReplaced(node: ComposeNode, replace: (value: string) => string): ComposeNode {
  if (node.kind === "scalar") {
    return node.secret === true ? { ...node, value: replace(String(node.value)), style: "quoted" } : node;
  }
  if (node.kind === "mapping") return mapValues(node, (value) => withSecretsReplaced(value, replace));
  return mapItems(node, (item) => withSecretsReplaced(item, replace));
}

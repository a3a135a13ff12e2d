import type { ComposeMapping, ComposeNode } from "../../model/model";
import { isTooLarge, LARGEST_COMPOSE_TEXT } from "../../yaml/text";
import { mapItems, mapValues } from "../nodes";
import { printModel } from "./print-model";

/** The most levels that the canonical form adds to a document: short syntax becomes long. */
const ADDED_LEVELS = 10;
/** The most characters of an escape in double quotes. */
const WIDEST_CHARACTER = 6;

/**
 * The most bytes that the text of a model can have, found without printing it.
 *
 * @param height levels of the model, or more.
 */
export function mostPrinted(model: ComposeMapping, height: number): number {
  // A value takes at least two characters of JSON, and at most one line of its own, indented by its level.
  return JSON.stringify(model).length * (WIDEST_CHARACTER + height);
}

/** A model and its text, which is printed on first use: most projects are sent as their author wrote them. */
export class PrintedModel {
  private printed: string | undefined;

  /** @param height levels of the document that the model was made of. */
  constructor(
    private readonly model: ComposeMapping,
    private readonly height: number,
  ) {}

  /** The model as YAML. */
  get text(): string {
    this.printed ??= printModel(this.model);
    return this.printed;
  }

  /** Whether the text is larger than 1 MB. It is not printed when it surely is not. */
  get isTooLarge(): boolean {
    return mostPrinted(this.model, this.height + ADDED_LEVELS) > LARGEST_COMPOSE_TEXT && isTooLarge(this.text);
  }
}

/** Whether a value of a tree holds a secret. */
export function holdsSecret(node: ComposeNode): boolean {
  if (node.kind === "scalar") return node.secret === true;
  if (node.kind === "sequence") return node.items.some(holdsSecret);
  return [...node.entries.values()].some((entry) => holdsSecret(entry.node));
}

/** A tree with every value replaced that contains a secret. */
export function withSecretsReplaced(node: ComposeNode, replace: (value: string) => string): ComposeNode {
  if (node.kind === "scalar") {
    return node.secret === true ? { ...node, value: replace(String(node.value)), style: "quoted" } : node;
  }
  if (node.kind === "mapping") return mapValues(node, (value) => withSecretsReplaced(value, replace));
  return mapItems(node, (item) => withSecretsReplaced(item, replace));
}

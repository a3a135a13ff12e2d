import type { ComposeMapping } from "../model";
import { isTooLarge, largestComposeText } from "../text";
import { printModel } from "./print-model";

/** The canonical form adds so many levels to a document at most: short syntax becomes long. */
const addedLevels = 10;
/** A character in double quotes takes so many at most, as an escape. */
const widestCharacter = 6;

/**
 * Bytes that the text of a model has at most, found without printing it.
 *
 * @param height levels of the model, or more.
 */
export function mostPrinted(model: ComposeMapping, height: number): number {
  // A value takes two characters of JSON at least, and each stands on a line of its own at most, indented by its level.
  return JSON.stringify(model).length * (widestCharacter + height);
}

/** A model's text, printed when somebody wants it: most projects are sent as their author wrote them. */
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

  /** Whether the text is larger than 1 MB. It is not printed to find that out where it surely is not. */
  get isTooLarge(): boolean {
    return mostPrinted(this.model, this.height + addedLevels) > largestComposeText && isTooLarge(this.text);
  }
}

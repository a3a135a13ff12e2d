import { looksSecret } from "../../../secrets";
import { imageError } from "../../short-forms";
import type { ValidationContext } from "../context";
import { child, isMarkedSecret, stringAt } from "../location";
import { hasVariables } from "../variables";

/** References that no registry could be asked for. */
export function validateImages(context: ValidationContext): void {
  for (const { location: service } of context.services) {
    const image = child(service, "image");
    const text = stringAt(image);
    if (image === undefined || text === undefined || text === "" || hasVariables(text)) continue;
    const error = imageError(text);
    if (error === undefined) continue;
    context.addAt("LYC2223", image, error.reason, remedyFor(text, isMarkedSecret(image) ? undefined : error.meant));
  }
}

function remedyFor(text: string, meant: string | undefined): { remedy?: string } {
  const write = meant === undefined || looksSecret(meant) ? [] : [`Write \`${meant}\`.`];
  if (text.endsWith(":")) write.push("If the tag comes from a variable, set the variable.");
  return write.length === 0 ? {} : { remedy: write.join(" ") };
}

import { UNKNOWN_MARKER } from "../../../compose";
import { type CheckFailure, MAPS_OF_TEXTS, nameOf, outputTextFailure, withoutOutputTexts } from "../../schema";
import { textsIn } from "../inputs/variables";
import type { ResourceInputs } from "../run/inputs";

/**
 * Finds arguments with the text that Pulumi makes if a program puts an Output into a string. The run would start with
 * this text instead of the value.
 *
 * @returns the errors, and the inputs with an unknown value in place of each of these texts, so that no other rule
 * reports it
 */
export function withoutTexts(news: ResourceInputs): {
  readonly inputs: ResourceInputs;
  readonly failures: readonly CheckFailure[];
} {
  const failures = nameFailures(news.urn);
  const values: Record<string, unknown> = { ...news.values };
  for (const [name, given] of Object.entries(news.values)) {
    const { value, found } = withoutOutputTexts(given, name, UNKNOWN_MARKER);
    if (found.length === 0) continue;
    values[name] = value;
    failures.push(...found.map((one) => outputTextFailure(showsPath(news, name) ? one : { ...one, path: name })));
  }
  return { inputs: { ...news, values }, failures };
}

/**
 * Whether a message may show a path into an argument. Names inside a secret argument may be secret, except field names
 * of `registryCredentials` and the names in `variables` and `images`, which the Compose text contains.
 */
function showsPath({ secrets }: ResourceInputs, name: string): boolean {
  const hasKnownNames = name === "registryCredentials" || (MAPS_OF_TEXTS as readonly string[]).includes(name);
  return hasKnownNames || !textsIn(secrets).includes(name);
}

function nameFailures(urn: string): CheckFailure[] {
  const { found } = withoutOutputTexts(urn === "" ? "" : nameOf(urn), "the name of the resource", "");
  return found.map((one) => outputTextFailure({ ...one, instead: "a name that the program knows" }));
}

import { UNKNOWN_MARKER } from "../../../compose";
import { type CheckFailure, MAPS_OF_TEXTS, nameOf, outputTextFailure, withoutOutputTexts } from "../../schema";
import { textsIn } from "../inputs/variables";
import type { ResourceInputs } from "../run/inputs";

/**
 * Finds arguments into which the program put an Output as a string, such as a template string in TypeScript. The run
 * would start with a constant text instead of the value.
 *
 * @returns the errors, and the inputs with an unknown value for each such string, so that the rest of the check does
 * not report it again
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

/** Whether a message may show a path into an argument. Names inside a secret value may be secret. */
function showsPath({ secrets }: ResourceInputs, name: string): boolean {
  const hasKnownNames = name === "registryCredentials" || (MAPS_OF_TEXTS as readonly string[]).includes(name);
  return hasKnownNames || !textsIn(secrets).includes(name);
}

function nameFailures(urn: string): CheckFailure[] {
  const { found } = withoutOutputTexts(urn === "" ? "" : nameOf(urn), "the name of the resource", "");
  return found.map((one) => outputTextFailure({ ...one, instead: "a name that the program knows" }));
}

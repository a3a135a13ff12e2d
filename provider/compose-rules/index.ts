import type { Rule, RuleOptions } from "../../compose/rule";
import { secretRules } from "../secrets";
import { validateAssumptions } from "./assumptions";
import { ARGUMENT_TEXTS, COMPOSE_CATALOGUE, type RemoteCode } from "./catalogue";
import type { RemoteContext, RunContext } from "./context";
import { validateEndings } from "./endings";
import { validateRegistry } from "./registry";
import { validateFiles, validateMachine } from "./unsent";

export { COMPOSE_CATALOGUE, type ComposeCode } from "./catalogue";
export type { RegistryAccess, RunContext } from "./context";
export { certainSecrets, documentSecrets, isSecretLine } from "./written-secrets";

/** The rules of Lyceum, and the rules that decide which texts are secrets. */
type LyceumRules = Required<Pick<RuleOptions, "rules" | "secretRules">>;

type RemoteRule = (context: RemoteContext, run: RunContext) => void;

const PROJECT_RULES: readonly RemoteRule[] = [validateMachine, validateAssumptions, validateRegistry, validateEndings];

/**
 * Returns the rules for a project. `validateFiles` is not one of them, because the provider reads the files that the
 * documents name.
 */
export function rulesOfProject(run: RunContext = {}): LyceumRules {
  return optionsOf(PROJECT_RULES, run);
}

/**
 * Returns the rules for a Compose text that is not read as a project. `validateFiles` is one of them, because Lyceum
 * receives only the text.
 */
export function rulesOfText(run: RunContext = {}): LyceumRules {
  return optionsOf([validateFiles, ...PROJECT_RULES], run);
}

function optionsOf(all: readonly RemoteRule[], run: RunContext): LyceumRules {
  const rules = all.map(
    (rule): Rule<RemoteCode> =>
      (context) =>
        rule(context, run),
  );
  return { rules: { catalogue: COMPOSE_CATALOGUE, rules, texts: ARGUMENT_TEXTS }, secretRules };
}

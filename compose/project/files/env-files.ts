import type { Span } from "../../diagnostics/position";
import { ambiguousCharacters } from "../../yaml/text";
import { type EnvFormat, readEnvFile } from "../variables/dotenv";
import type { VariableLookup, VariableValue } from "../variables/template";
import type { Mention, ProjectContext } from "./reader";

/** The value of a variable in an env file, with its position. */
export interface LocatedVariable extends VariableValue {
  readonly span: Span;
}

/** The options of `envEntries`. */
export interface EnvFileContext extends ProjectContext {
  /** The position at which the document names the env files. */
  readonly mention: Mention;
  /**
   * Looks up the variables to which values in the files refer. This lookup has precedence over variables of the files.
   */
  readonly lookup: VariableLookup;
  /**
   * Looks up a variable in env files of earlier calls. Called only if neither `lookup` nor the files of this call have
   * a value.
   */
  readonly earlier?: VariableLookup;
  readonly format?: EnvFormat;
}

/** Matches variables that are settings of Compose. Their values are never secret. */
const SETTINGS = /^COMPOSE_(?:ENV_FILES|FILE|PATH_SEPARATOR|PROFILES|PROJECT_NAME)$/;

/**
 * Returns the variables of env files. If several files set a variable, the last file counts. All values are secret,
 * except those of settings such as `COMPOSE_FILE`.
 */
export function envEntries(paths: readonly string[], context: EnvFileContext): Map<string, LocatedVariable> {
  const { reader, collector, mention, format } = context;
  const entries = new Map<string, LocatedVariable>();
  const variables = {
    given: context.lookup,
    earlier: (name: string) => entries.get(name) ?? context.earlier?.(name),
  };
  for (const path of paths) {
    const read = reader.text(path, mention, true);
    if (read === undefined) continue;
    const { text, source } = read;
    const file = readEnvFile(text, variables, format);
    const location = ({ start, end }: Span): Span => ({ start: source.start + start, end: source.start + end });
    const ambiguous = ambiguousCharacters(text);
    for (const { message, span } of ambiguous) collector.add("LYC2016", message, { span: location(span) });
    // If the file has ambiguous characters, no other errors are reported, because these characters may cause them.
    for (const error of ambiguous.length > 0 ? [] : file.errors)
      collector.add("LYC2508", error.message, { span: location(error) });
    for (const { name, value, ...span } of file.entries) {
      const secret = !SETTINGS.test(name);
      if (secret) reader.addSecretsOf(value, { key: name });
      entries.set(name, { text: value, secret, span: location(span) });
    }
  }
  return entries;
}

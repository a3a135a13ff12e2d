import type { Span } from "../../diagnostics/position";
import { ambiguousCharacters } from "../../yaml/text";
import { type EnvFormat, readEnvFile } from "../variables/dotenv";
import type { VariableLookup, VariableValue } from "../variables/template";
import type { Mention, ProjectContext } from "./reader";

/** A variable that an env file sets, with its position. */
export interface LocatedVariable extends VariableValue {
  readonly span: Span;
}

/** What is needed to read env files. */
export interface EnvFileContext extends ProjectContext {
  /** The position at which the files are named. */
  readonly mention: Mention;
  /** Values for the variables inside a value. They are used first. */
  readonly lookup: VariableLookup;
  /** Variables of earlier files. They are used last. */
  readonly earlier?: VariableLookup;
  readonly format?: EnvFormat;
}

/** Variables that Compose itself reads. Their values are names, never secrets. */
const SETTINGS = /^COMPOSE_(?:ENV_FILES|FILE|PATH_SEPARATOR|PROFILES|PROJECT_NAME)$/;

/**
 * Variables of env files. Later files win over earlier ones. All values count as secret, because env files are made for
 * secrets. The variables that Compose itself reads are exceptions.
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
    // Further diagnostics after an ambiguous character would only repeat the problem.
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

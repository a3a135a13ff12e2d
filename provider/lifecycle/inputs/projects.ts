import { isDeepStrictEqual } from "node:util";
import {
  areSame,
  type Bundled,
  type BundleOptions,
  bundleProject,
  bundleText,
  mask,
  type ProjectFiles,
  projectFolder,
  watchFiles,
} from "../../../compose/project";
import { certainSecrets, rulesOfProject } from "../../compose-rules";
import { isMap, type Properties } from "../../schema";
import { isKeyLike, keyedDigest, secretRules } from "../../secrets";
import { lifecycleErrors } from "../run/errors";
import { digestOfCanonical } from "../run/identity";
import {
  choicesIn,
  containsUnknown,
  contentDigest,
  type ExecutionInputs,
  leafDigest,
  type MadeProject,
  MODEL_INPUT,
  PROJECT_ARGUMENTS,
  type ProjectInputs,
  parseProject,
  type ResourceInputs,
} from "../run/inputs";
import { TextCache } from "../run/text-cache";
import { declaredImages, declaredVariables, inheritedVariables, textsIn } from "./variables";

/** What projects read from the machine. */
export interface ProjectPorts {
  readonly files: ProjectFiles;
  /** The folder for relative paths, if the program has not passed its folder. */
  readonly folder: () => string;
  /** Reads an environment variable, if the program has not passed it. */
  readonly variable: (name: string) => string | undefined;
}

/** A project that was made into one text, or that has not changed since it was recorded. */
export type ProjectOutcome =
  /** The record is up to date. Only the bytes of the files were compared, and no file was parsed. */
  | { readonly kind: "recorded"; readonly project: ProjectInputs }
  /** Either errors or a model. If there is a model but no record, the scope or a part of the model is unknown. */
  | {
      readonly kind: "made";
      readonly bundled: Bundled;
      readonly model?: ProjectInputs["model"];
      readonly project?: ProjectInputs;
    };

/** The Compose projects of one process. It reads them, and keeps their texts between check and create. */
export interface Projects {
  /** Makes one text of the project that the arguments select. Returns the record if the project has not changed. */
  make(olds: ResourceInputs, inputs: ResourceInputs, options: ProjectOptions): ProjectOutcome;
  /**
   * Adds the text of the project, and its secrets for redaction, to checked inputs.
   *
   * @throws LYC3014 if the text is no longer in memory and the files have changed since the inputs were checked
   */
  complete(news: ResourceInputs, inputs: ExecutionInputs): ExecutionInputs;
}

/** Options for making one text, in addition to the arguments of the project. */
export type ProjectOptions = Pick<BundleOptions, "rules" | "secretRules" | "diagnostics">;

interface Kept {
  readonly text: string;
  readonly secrets: readonly string[];
}

/** The projects of a new process. */
export function createProjects(ports: ProjectPorts): Projects {
  /** Texts by the digest of their meaning. A text that is no longer in this cache is made again. */
  const texts = new TextCache<Kept>(64_000_000, ({ text }) => text.length);
  const sent = new Map<string, Properties>();

  function make(olds: ResourceInputs, inputs: ResourceInputs, options: ProjectOptions): ProjectOutcome {
    const { urn, program } = inputs;
    if (isMap(program)) sent.set(urn, program);
    const request = requestOf(inputs, sent.get(urn) ?? {}, ports);
    const recorded = sameAsRecorded(olds, inputs, request);
    return recorded === undefined ? bundle(request, options) : { kind: "recorded", project: recorded };
  }

  function sameAsRecorded(olds: ResourceInputs, inputs: ResourceInputs, request: Request): ProjectInputs | undefined {
    const before = parseProject(olds);
    const { scope, settings } = request;
    if (before === undefined || settings === undefined || olds.scope !== scope) return undefined;
    const asBefore = PROJECT_ARGUMENTS.every(
      (name) => JSON.stringify(olds.values[name]) === JSON.stringify(inputs.values[name]),
    );
    if (!asBefore || before.record.settings !== settings) return undefined;
    const folder = projectFolder(request.options, ports.files);
    return areSame(before.record.files, folder, ports.files, contentDigest(scope)) ? before : undefined;
  }

  function bundle(request: Request, options: ProjectOptions): ProjectOutcome {
    const { scope, settings } = request;
    const files = watchFiles(ports.files);
    const bundled = bundleProject({ ...request.options, ...options, secretRules }, files);
    if (bundled.bundle === undefined) return { kind: "made", bundled };
    const written = bundled.sources.flatMap(({ file }) => certainSecrets(bundled.linesOf(file)));
    const { model, secrets } = masked(bundled.bundle, leafDigest(scope), written);
    // A text that is sent as it was written need not be printed from the model.
    const text = bundled.bundle.asWritten ?? bundled.bundle.text;
    if (settings === undefined || containsUnknown(text)) return { kind: "made", bundled, model };
    const digest = digestOfCanonical(scope, JSON.stringify(bundled.bundle.model));
    texts.keep(digest, { text, secrets: [...bundled.secrets, ...secrets, ...written] });
    const observed = files.observed(bundled.folder, contentDigest(scope));
    return { kind: "made", bundled, model, project: { record: { digest, settings, files: observed }, model } };
  }

  /** Makes a text again that is no longer in memory. In any version, the same files have the same meaning. */
  function again(news: ResourceInputs, { record }: ProjectInputs): Kept | undefined {
    const request = requestOf(news, sent.get(news.urn) ?? {}, ports);
    const made = bundle(request, { diagnostics: choicesIn(news.values.diagnostics) });
    if (made.kind !== "made" || made.project === undefined) return undefined;
    const same =
      made.project.record.digest === record.digest ||
      (made.project.record.settings === record.settings &&
        JSON.stringify(made.project.record.files) === JSON.stringify(record.files));
    return same ? texts.get(made.project.record.digest) : undefined;
  }

  return {
    make,
    complete(news, inputs) {
      const { project } = inputs;
      if (project === undefined) return inputs;
      const kept = texts.get(project.record.digest) ?? again(news, project);
      if (kept === undefined) throw lifecycleErrors.projectChanged();
      return { ...inputs, composeText: kept.text, projectSecrets: kept.secrets };
    },
  };
}

/**
 * The model without its secrets. In the canonical form, an item of a list becomes an entry of a map, which may hide why
 * a value is secret. So a value that is secret somewhere is masked everywhere.
 */
function masked(
  bundle: NonNullable<Bundled["bundle"]>,
  digest: ReturnType<typeof leafDigest>,
  written: readonly string[],
) {
  const first = mask(bundle, digest, { secretRules });
  // The same text may be found in one position, and be split in another one. No ordinary text contains a key.
  const rest = JSON.stringify(first.model);
  const known = written.filter(
    (value) =>
      !first.secrets.includes(value) || (isKeyLike(value) && rest.includes(JSON.stringify(value).slice(1, -1))),
  );
  return known.length === 0 ? first : mask(bundle, digest, { known, secretRules });
}

interface Request {
  readonly options: BundleOptions;
  /** The stack's secret. Empty while it is unknown. */
  readonly scope: string;
  /** Digest of the settings, without the files; absent without a scope. */
  readonly settings?: string;
}

/**
 * The version of the rules that mask a model. A model that other rules masked is made again, because it may contain
 * secrets.
 */
const MASKED_BY = "shown spans";

/** The project that the arguments select. `sent` contains the folder and the environment of the program. */
function requestOf(inputs: ResourceInputs, sent: Properties, ports: ProjectPorts): Request {
  const { composeFile, composeRoot, envFiles, inheritEnvironment, localFiles } = inputs.values;
  const scope = typeof inputs.scope === "string" && !containsUnknown(inputs.scope) ? inputs.scope : "";
  const names = textsIn(inheritEnvironment);
  const environment = isMap(sent.environment)
    ? sent.environment
    : Object.fromEntries(names.map((name) => [name, ports.variable(name)]));
  const variables = new Map([...inheritedVariables(environment), ...declaredVariables(inputs)]);
  const profiles = textsIn(inputs.values.profiles);
  const images = declaredImages(inputs);
  const options: BundleOptions = {
    paths: typeof composeFile === "string" ? [composeFile] : textsIn(composeFile),
    from: typeof sent.directory === "string" ? sent.directory : ports.folder(),
    ...(typeof composeRoot === "string" ? { root: composeRoot } : {}),
    ...(envFiles === undefined ? {} : { envFiles: textsIn(envFiles) }),
    ...(localFiles === "inline" ? { localFiles } : {}),
    variables,
    images,
    profiles,
  };
  if (scope === "") return { options, scope };
  const sorted = [...variables].sort(([one], [other]) => (one < other ? -1 : 1));
  // Without images, the digest is the same as that of earlier versions.
  const given = images.size === 0 ? [sorted, profiles] : [sorted, profiles, [...images].sort()];
  return { options, scope, settings: keyedDigest(scope, ["settings", MASKED_BY, JSON.stringify(given)]) };
}

/** Whether the text of `composeFileCode` is resolved before it is sent. Otherwise it is sent unchanged. */
export function isResolved({ variables, images, profiles }: Properties): boolean {
  return variables !== undefined || images !== undefined || profiles !== undefined;
}

/** Resolved texts by their inputs. A command needs each of them several times. */
const known = new TextCache<string>(12_000_000, (text) => text.length);

/**
 * The text that is sent for `composeFileCode`. Its variables and images are inserted, and services of other profiles
 * are removed. A text that cannot be resolved stays unchanged, because check has reported the reason.
 */
export function resolvedText(inputs: ResourceInputs): string | undefined {
  const { composeFileCode: code, profiles, diagnostics } = inputs.values;
  if (typeof code !== "string" || code === "") return undefined;
  if (!isResolved(inputs.values) || containsUnknown(code)) return code;
  const options = {
    rules: rulesOfProject().rules,
    variables: declaredVariables(inputs),
    images: declaredImages(inputs),
    profiles: textsIn(profiles),
    diagnostics: choicesIn(diagnostics),
  };
  const { variables, images } = options;
  const key = JSON.stringify([code, [...variables], [...images], options.profiles, options.diagnostics]);
  const before = known.get(key);
  if (before !== undefined) return before;
  const { bundle } = bundleText(code, options);
  return known.keep(key, bundle?.asWritten ?? bundle?.text ?? code);
}

/**
 * The inputs from which check makes a project if the engine ignores changes (`ignoreChanges`). The engine replaces the
 * program's inputs by recorded ones. Two recorded inputs, the model and its record, are never inputs of a program.
 * Before a replacement, the engine calls check again without recorded inputs, so the current files are needed.
 *
 * @returns the program's inputs, and the recorded inputs to keep; absent if no change is ignored
 */
export function ignoredProject(
  olds: ResourceInputs,
  news: ResourceInputs,
): { readonly news: ResourceInputs; readonly held?: MadeProject } {
  const { projectRecord: record, ...others } = news;
  const { [MODEL_INPUT]: model, ...values } = news.values;
  const recorded = olds.values[MODEL_INPUT];
  const isRecorded = recorded !== undefined && isDeepStrictEqual(model, recorded);
  // A model without a record is a misspelt argument of the program.
  if (record === undefined && !isRecorded) return { news };
  const rest = { ...others, values };
  if (recorded === undefined) return { news: rest };
  return { news: rest, held: { model: recorded, record: heldRecord(olds, rest) } };
}

/** An empty digest differs from every real digest. So once the change is no longer ignored, it is found. */
function heldRecord({ projectRecord: record, values }: ResourceInputs, news: ResourceInputs): unknown {
  const isSame = PROJECT_ARGUMENTS.every((name) => isDeepStrictEqual(values[name], news.values[name]));
  return isSame || !isMap(record) ? record : { ...record, settings: "" };
}

import { isSecretLeaf, readCompose } from "../../../compose";
import { INPUT_DEFAULTS, type InputName, isMap, type Properties } from "../../schema";
import { RECORDED_DEFAULTS, UNKNOWN_TEXT } from "../../schema/wire-forms";
import type { PolicyImage, PolicyPart, PolicySubject } from "..";
import { partsIn } from "./parts";
import { sentModel } from "./sent-model";
import { isMasked, isUnknown, knownText, readOr } from "./values";

/**
 * Inputs as a program declares them. Secrets are masked in a command such as `ci preview`. They are in plaintext if the
 * provider itself (`at-update.ts`) or a policy pack (`sdk/policy`) evaluates the rules.
 */
export type DeclaredInputs = Properties;

/** The Compose text of an execution, or why the text is not known. A text can only be secret as a whole. */
export type DeclaredText =
  | { readonly kind: "known"; readonly text: string }
  | { readonly kind: "secret" }
  | { readonly kind: "unknown" };

/** The text in the argument `composeFileCode`. */
export function textOf({ composeFileCode }: DeclaredInputs): DeclaredText {
  const text = knownText(composeFileCode);
  if (text !== undefined) return { kind: "known", text };
  return { kind: isMasked(composeFileCode) ? "secret" : "unknown" };
}

/** The document of an execution, and the images that replace images of its Compose services. */
interface DeclaredDocument {
  readonly model: Properties;
  /**
   * The new images from the argument `images`, by the name of a Compose service or by the image that is replaced. Empty
   * for a project, because its model already has the new images.
   */
  readonly built: Properties;
  /**
   * Whether the provider sends a rewritten Compose text. The provider then leaves out the `build` of each Compose
   * service that has an image, and reads the files and variables that the text names. Otherwise, Docker Compose reads
   * them on the machine of the run.
   */
  readonly isResolved: boolean;
}

/**
 * Returns the document of an execution. The first row that fits decides:
 *
 * | the inputs | result |
 * |---|---|
 * | `images` or `job` is unknown | `later`: the update evaluates the rules |
 * | `job` is secret | undefined: the rules about images report a violation |
 * | the document is unknown, secret or unreadable | undefined |
 * | `images` for a Compose text is not a map | undefined |
 */
function documentOf(inputs: DeclaredInputs): DeclaredDocument | "later" | undefined {
  const { composeFileCode, compose, variables, profiles, job } = inputs;
  // An argument that is null counts as absent.
  const images = inputs.images ?? {};
  // If `images` or `job` is unknown, the model is unknown too.
  if (isUnknown(images) || isUnknown(job)) return "later";
  if (isMasked(job)) return undefined;
  // The provider adds `compose`, the model of a project, only if the program passes no text. If the program passes a
  // text, the provider ignores `compose`.
  if (composeFileCode === undefined)
    return isMap(compose) ? { model: compose, built: {}, isResolved: true } : undefined;
  const given = textOf(inputs);
  const read = given.kind === "known" ? readCompose(given.text) : undefined;
  if (read?.kind !== "document" || !isMap(images)) return undefined;
  const isGiven = [variables, inputs.images, profiles, job].some((given) => given !== undefined && given !== null);
  const isResolved = isGiven || isMap(read.model.jobs);
  return { model: sentModel(read.model, job), built: images, isResolved };
}

/**
 * The images that an execution runs or mounts. Undefined if `documentOf` returns undefined, or if the document has no
 * services.
 */
export function imagesOf(inputs: DeclaredInputs): readonly PolicyImage[] | undefined {
  const document = documentOf(inputs);
  if (document === "later") return [{ service: "", image: undefined, isUnknown: true, path: [] }];
  return document === undefined ? undefined : imagesIn(document);
}

/**
 * Returns the parts of the document that the rules about images cannot check ({@link PolicyPart}). Undefined if
 * `documentOf` returns undefined.
 */
function partsOf(inputs: DeclaredInputs): readonly PolicyPart[] | undefined {
  const document = documentOf(inputs);
  if (document === "later") return [];
  if (document === undefined) return undefined;
  const { model, built, isResolved } = document;
  const services = isMap(model.services) ? model.services : {};
  return partsIn(model, {
    isResolved,
    buildIsLeftOut: (service) => {
      const definition = services[service];
      const image = isMap(definition) ? definition.image : undefined;
      const hasImage = image !== undefined && image !== null && image !== "";
      return builtImage(service, image, services, built) !== undefined || (isResolved && hasImage);
    },
    isGiven: (variable) => isMap(inputs.variables) && Object.hasOwn(inputs.variables, variable),
  });
}

function imagesIn({ model: { services }, built }: DeclaredDocument): readonly PolicyImage[] | undefined {
  if (!isMap(services)) return undefined;
  return Object.entries(services).flatMap(([service, definition]) => {
    const { image: written, volumes } = isMap(definition) ? definition : {};
    const key = builtImage(service, written, services, built);
    const image = key === undefined ? written : readOr(UNKNOWN_TEXT, () => built[key]);
    const mounts = Array.isArray(volumes) ? volumes : [];
    return [
      { service, ...named(image), path: ["services", service, ...(image === undefined ? [] : ["image"])] },
      ...mounts.flatMap((mount: unknown, at) =>
        isMap(mount) && mount.type === "image"
          ? [{ service, ...named(mount.source), path: ["services", service, "volumes", at, "source"] }]
          : [],
      ),
    ];
  });
}

/**
 * Returns the key in `built` whose image replaces the image of a Compose service: the name of the service, or else the
 * image that the service has. Undefined if `built` has neither key.
 */
function builtImage(service: string, written: unknown, services: Properties, built: Properties): string | undefined {
  return [service, ...sharedName(written, services)].find((name) => Object.hasOwn(built, name));
}

/**
 * Returns the image `written` if it can be a key of the argument `images`. Such a key, for example `redis`, replaces
 * the image of each Compose service that has `image: redis`. Exception: if a service `redis` has another image, the key
 * `redis` means only that service. `withImages` has the same rule.
 */
function sharedName(written: unknown, services: Properties): readonly string[] {
  if (typeof written !== "string") return [];
  const called = Object.hasOwn(services, written) ? services[written] : undefined;
  return called === undefined || (isMap(called) && called.image === written) ? [written] : [];
}

function named(value: unknown): Pick<PolicyImage, "image" | "isUnknown"> {
  return isUnknown(value) ? { image: undefined, isUnknown: true } : { image: imageName(value) };
}

/**
 * Returns the name of an image. Undefined if the name is not completely known, because it contains a variable, a masked
 * secret or an unknown value.
 */
function imageName(value: unknown): string | undefined {
  const name = knownText(value);
  return name === undefined || name === "" || name.includes("$") || isSecretLeaf(name) ? undefined : name;
}

/**
 * Returns the facts about an execution that the rules of a policy evaluate. An input is read only when a rule needs it,
 * because reading an unknown input may throw an error.
 *
 * @param inPlaintext whether the inputs contain secrets in plaintext; if true, messages hide the images of a Compose
 * text in the program, because their names may contain secrets
 */
export function subjectOf(
  { name, stack }: Pick<PolicySubject, "name" | "stack">,
  inputs: DeclaredInputs,
  inPlaintext = false,
): PolicySubject {
  return {
    name,
    stack,
    get executionType() {
      return knownText(argumentOrDefault(inputs, "executionType"));
    },
    get timeout() {
      const timeout = argumentOrDefault(inputs, "timeout");
      return typeof timeout === "number" ? timeout : undefined;
    },
    get gracefulTimeout() {
      const seconds = argumentOrDefault(inputs, "gracefulTimeout");
      return typeof seconds === "number" ? seconds : undefined;
    },
    get attempts() {
      return attemptsOf(inputs);
    },
    get waitFor() {
      return knownText(argumentOrDefault(inputs, "waitFor"));
    },
    get fileName() {
      const given = argumentOf(inputs, "fileName");
      return given === undefined ? name : knownText(given);
    },
    get images() {
      const isHidden = inPlaintext && inputs.composeFile === undefined;
      return imagesOf(inputs)?.map((image) => ({ ...image, isHidden }));
    },
    get parts() {
      return partsOf(inputs);
    },
  };
}

/**
 * Returns the largest number of runs that one command may start for an execution: the attempts of `retries`, or 1
 * without `retries`. Undefined if the number is unknown.
 */
export function attemptsOf(inputs: DeclaredInputs): number | undefined {
  const retries = argumentOf(inputs, "retries");
  if (retries === undefined) return 1;
  const attempts = isMap(retries) ? retries.attempts : undefined;
  return typeof attempts === "number" ? attempts : undefined;
}

/**
 * Returns the value that the program sets for an argument, or else the default that `check` has recorded. Undefined if
 * there is neither.
 */
export function argumentOf(inputs: DeclaredInputs, name: InputName): unknown {
  const given = inputs[name];
  // An argument that is null counts as absent.
  if (given !== undefined && given !== null) return given;
  const defaults = inputs[RECORDED_DEFAULTS];
  return isMap(defaults) ? defaults[name] : undefined;
}

/**
 * Returns an argument of an execution, or its default from `INPUT_DEFAULTS`. A policy pack does not get the defaults
 * that `check` has recorded, because the engine passes it no input whose name begins with `__`.
 */
function argumentOrDefault(inputs: DeclaredInputs, name: InputName): unknown {
  return argumentOf(inputs, name) ?? INPUT_DEFAULTS[name];
}

/**
 * Returns true if an execution adopts an existing run by its id. An unknown id does not count, because it may be empty.
 */
export function adoptsRun(inputs: DeclaredInputs): boolean {
  return (knownText(inputs.existingExecutionId) ?? "").trim() !== "";
}

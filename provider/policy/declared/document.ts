import { isSecretLeaf, readCompose } from "../../../compose";
import { INPUT_DEFAULTS, type InputName, isMap, type Properties } from "../../schema";
import { RECORDED_DEFAULTS, UNKNOWN_TEXT } from "../../schema/wire-forms";
import type { PolicyImage, PolicyPart, PolicySubject } from "..";
import { partsIn } from "./parts";
import { sentModel } from "./sent-model";
import { isMasked, isUnknown, knownText, readOr } from "./values";

/** Inputs as a program declares them, with secrets masked. */
export type DeclaredInputs = Properties;

/** The Compose text of an execution, if it is visible. A text is either secret as a whole, or not secret at all. */
export type DeclaredText =
  | { readonly kind: "known"; readonly text: string }
  | { readonly kind: "secret" }
  | { readonly kind: "unknown" };

/** The text that the program contains. */
export function textOf({ composeFileCode }: DeclaredInputs): DeclaredText {
  const text = knownText(composeFileCode);
  if (text !== undefined) return { kind: "known", text };
  return { kind: isMasked(composeFileCode) ? "secret" : "unknown" };
}

/** The visible part of an execution's document, and the images that replace images of its Compose services. */
interface DeclaredDocument {
  readonly model: Properties;
  /** The replacing images. A key is the name of a Compose service, or the image that is replaced. */
  readonly built: Properties;
  /**
   * Whether the provider rewrites the text. If so, the provider leaves out the `build` of a Compose service that has an
   * image. The provider itself then reads the files and variables that the text names.
   */
  readonly isResolved: boolean;
}

/**
 * The document of an execution. `later` if the document is known only at the update. Undefined if the document is
 * secret or unreadable.
 */
function documentOf(inputs: DeclaredInputs): DeclaredDocument | "later" | undefined {
  const { composeFileCode, compose, images, variables, profiles, job } = inputs;
  // If the names of the replacing images are unknown, the model is unknown too.
  if (isUnknown(images) || isUnknown(job)) return "later";
  if (isMasked(job)) return undefined;
  // The provider adds `compose`, the model of a project, only if the program gives no text. If there is a text, a
  // `compose` from the program is ignored.
  if (composeFileCode === undefined)
    return isMap(compose) ? { model: compose, built: {}, isResolved: true } : undefined;
  const given = textOf(inputs);
  const read = given.kind === "known" ? readCompose(given.text) : undefined;
  if (read?.kind !== "document" || (images !== undefined && !isMap(images))) return undefined;
  // The provider's check removes an argument that is null.
  const isGiven = [variables, images, profiles, job].some((given) => given !== undefined && given !== null);
  const isResolved = isGiven || isMap(read.model.jobs);
  return { model: sentModel(read.model, job), built: images ?? {}, isResolved };
}

/** The images that an execution runs or mounts. Undefined if the document is secret or unreadable. */
export function imagesOf(inputs: DeclaredInputs): readonly PolicyImage[] | undefined {
  const document = documentOf(inputs);
  if (document === "later") return [{ service: "", image: undefined, isUnknown: true, path: [] }];
  return document === undefined ? undefined : imagesIn(document);
}

/**
 * The parts of the document that may make the run use an image which no rule about images checks. Undefined if the
 * document is secret or unreadable.
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

/** The key in `built` whose image replaces the image of a Compose service. */
function builtImage(service: string, written: unknown, services: Properties, built: Properties): string | undefined {
  return [service, ...sharedName(written, services)].find((name) => Object.hasOwn(built, name));
}

/**
 * The image of a Compose service, in a list, if that image may be a key of `built`. The list is empty if another
 * Compose service without this image has the key as its name, because the key then means that service. `withImages` has
 * the same rule.
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
 * The name of an image. Undefined for a name that contains a variable or a masked secret, because such a name may mean
 * any image.
 */
function imageName(value: unknown): string | undefined {
  const name = knownText(value);
  return name === undefined || name === "" || name.includes("$") || isSecretLeaf(name) ? undefined : name;
}

/**
 * Returns an execution in the form that the rules of a policy evaluate. An input is read only when a rule needs it,
 * because reading an unknown input may throw an error.
 *
 * @param inPlaintext whether the inputs contain secrets in plaintext; if so, messages never show an image from the
 * program's text
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
 * Returns how many runs one command may start for an execution: the attempts of `retries`, or one run. Undefined if the
 * value is unknown.
 */
export function attemptsOf(inputs: DeclaredInputs): number | undefined {
  const retries = argumentOf(inputs, "retries");
  if (retries === undefined) return 1;
  const attempts = isMap(retries) ? retries.attempts : undefined;
  return typeof attempts === "number" ? attempts : undefined;
}

/** An argument of an execution. If the program does not set it, the default that `check` has added. */
export function argumentOf(inputs: DeclaredInputs, name: InputName): unknown {
  const given = inputs[name];
  if (given !== undefined) return given;
  const defaults = inputs[RECORDED_DEFAULTS];
  return isMap(defaults) ? defaults[name] : undefined;
}

/**
 * An argument, or the provider's default. A policy pack does not receive the defaults that `check` has added, because
 * the engine passes no input whose name begins with `__`. So the default comes from the table.
 */
function argumentOrDefault(inputs: DeclaredInputs, name: InputName): unknown {
  return argumentOf(inputs, name) ?? INPUT_DEFAULTS[name];
}

/**
 * Whether an execution adopts an existing run by its id. An unknown id counts as no id, because the id may be empty.
 */
export function adoptsRun(inputs: DeclaredInputs): boolean {
  return (knownText(inputs.existingExecutionId) ?? "").trim() !== "";
}

import { isSecretLeaf, readCompose } from "../../../compose";
import { INPUT_DEFAULTS, type InputName, isMap, type Properties } from "../../schema";
import { RECORDED_DEFAULTS, UNKNOWN_TEXT } from "../../schema/wire-forms";
import type { PolicyImage, PolicyPart, PolicySubject } from "..";
import { partsIn } from "./parts";
import { isMasked, isUnknown, knownText, readOr } from "./values";

/** Inputs as a program declares them, with secrets masked. */
export type DeclaredInputs = Properties;

/** The text of an execution, if it is visible. A text is secret as a whole or not at all. */
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

/** The document of an execution, as far as it is visible, and the images that replace those of its services. */
interface DeclaredDocument {
  readonly model: Properties;
  /** Images by service, or by the image that they replace. */
  readonly built: Properties;
  /** Whether the provider rewrites the text and leaves out the `build` of a service with an image. */
  readonly isResolved: boolean;
}

/** The document of an execution: `later` if it is known only at the update, undefined if it is secret or unreadable. */
function documentOf(inputs: DeclaredInputs): DeclaredDocument | "later" | undefined {
  const { composeFileCode, compose, images, variables, profiles } = inputs;
  // If even the names of the images are unknown, the model is unknown too.
  if (isUnknown(images)) return "later";
  // The provider adds `compose`, the model of a project, only if there is no text. Otherwise the program has set it.
  if (composeFileCode === undefined)
    return isMap(compose) ? { model: compose, built: {}, isResolved: true } : undefined;
  const given = textOf(inputs);
  const read = given.kind === "known" ? readCompose(given.text) : undefined;
  if (read?.kind !== "document" || (images !== undefined && !isMap(images))) return undefined;
  // The provider's check removes an argument that is null.
  const isResolved = [variables, images, profiles].some((given) => given !== undefined && given !== null);
  return { model: read.model, built: images ?? {}, isResolved };
}

/** The images that an execution runs or mounts; undefined if they are unknown. */
export function imagesOf(inputs: DeclaredInputs): readonly PolicyImage[] | undefined {
  const document = documentOf(inputs);
  if (document === "later") return [{ service: "", image: undefined, isUnknown: true, path: [] }];
  return document === undefined ? undefined : imagesIn(document);
}

/**
 * The parts of the document that may bring in an image without any rule noticing it; undefined if the document is
 * unknown.
 */
function partsOf(inputs: DeclaredInputs): readonly PolicyPart[] | undefined {
  const document = documentOf(inputs);
  if (document === "later") return [];
  if (document === undefined) return undefined;
  const { model, built, isResolved } = document;
  const services = isMap(model.services) ? model.services : {};
  return partsIn(model, (service) => {
    const definition = services[service];
    const image = isMap(definition) ? definition.image : undefined;
    const hasImage = image !== undefined && image !== null && image !== "";
    return { buildIsLeftOut: builtImage(service, image, services, built) !== undefined || (isResolved && hasImage) };
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

/** The key in `built` of the image that replaces the image of a service. */
function builtImage(service: string, written: unknown, services: Properties, built: Properties): string | undefined {
  return [service, ...sharedName(written, services)].find((name) => Object.hasOwn(built, name));
}

/**
 * The image of a service whose image may be a key of `built`. The list is empty if that key is also the name of a
 * service with another image or none, because the key then means that service. `withImages` has the same rule.
 */
function sharedName(written: unknown, services: Properties): readonly string[] {
  if (typeof written !== "string") return [];
  const called = Object.hasOwn(services, written) ? services[written] : undefined;
  return called === undefined || (isMap(called) && called.image === written) ? [written] : [];
}

function named(value: unknown): Pick<PolicyImage, "image" | "isUnknown"> {
  return isUnknown(value) ? { image: undefined, isUnknown: true } : { image: imageName(value) };
}

/** The name of an image. A name that contains a variable or a masked secret is unknown, because it may be any image. */
function imageName(value: unknown): string | undefined {
  const name = knownText(value);
  return name === undefined || name === "" || name.includes("$") || isSecretLeaf(name) ? undefined : name;
}

/**
 * An execution for the rules of a policy. An input is read only when a rule needs it, because reading an unknown input
 * may be an error.
 *
 * @param inPlaintext whether secrets are in plaintext among the inputs: then an image in the program is never shown
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

/** An argument of an execution: the one of the program, or the default that check has added. */
export function argumentOf(inputs: DeclaredInputs, name: InputName): unknown {
  const given = inputs[name];
  if (given !== undefined) return given;
  const defaults = inputs[RECORDED_DEFAULTS];
  return isMap(defaults) ? defaults[name] : undefined;
}

/**
 * An argument, or its default. A policy pack needs this, because the engine passes it no input whose name begins with
 * `__`.
 */
function argumentOrDefault(inputs: DeclaredInputs, name: InputName): unknown {
  return argumentOf(inputs, name) ?? INPUT_DEFAULTS[name];
}

/** Whether an execution adopts a run by its id. An unknown id does not count, because it may be empty. */
export function adoptsRun(inputs: DeclaredInputs): boolean {
  return (knownText(inputs.existingExecutionId) ?? "").trim() !== "";
}

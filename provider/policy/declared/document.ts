import { isSecretLeaf, readCompose } from "../../../compose";
import { INPUT_DEFAULTS, type InputName, isMap, type Properties } from "../../schema";
import { RECORDED_DEFAULTS, UNKNOWN_TEXT } from "../../schema/wire-forms";
import type { PolicyImage, PolicySubject } from "..";

/** Inputs as a program declares them, with secrets masked. */
export type DeclaredInputs = Properties;

/** The text of an execution, if it is visible. A text can only be secret as a whole. */
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

/** The images that an execution runs or mounts; undefined if they are unknown. Nothing else of the document is read. */
export function imagesOf(inputs: DeclaredInputs): readonly PolicyImage[] | undefined {
  const { compose, images } = inputs;
  // If even the names of the images are unknown, the model is unknown too.
  if (isUnknown(images)) return [{ service: "", image: undefined, isUnknown: true, path: [] }];
  if (compose !== undefined) return imagesIn(compose);
  const given = textOf(inputs);
  const read = given.kind === "known" ? readCompose(given.text) : undefined;
  if (read?.kind !== "document" || (images !== undefined && !isMap(images))) return undefined;
  return imagesIn(read.model, images);
}

/**
 * Reads the images of a model.
 *
 * @param built images in addition to the document, by service or by the image that they replace
 */
function imagesIn(model: unknown, built: DeclaredInputs = {}): readonly PolicyImage[] | undefined {
  const services = isMap(model) ? model.services : undefined;
  if (!isMap(services)) return undefined;
  return Object.entries(services).flatMap(([service, definition]) => {
    const { image: written, volumes } = isMap(definition) ? definition : {};
    const key = [service, ...sharedName(written, services)].find((name) => Object.hasOwn(built, name));
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
 * The image of a service, as a name. If the document has a service of this name with another image or none, that
 * counts, as in `withImages`.
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

/** Whether an input is secret. In place of a secret, the engine passes a text or an object as a mask. */
export function isMasked(value: unknown): boolean {
  return isMap(value) || (typeof value === "string" && value.includes(SECRET));
}

/**
 * Whether a value is unknown. Only a whole value can be: a longer text that contains the marker was written by a
 * person.
 */
function isUnknown(value: unknown): boolean {
  return value === UNKNOWN_TEXT;
}

/** The engine's mask for a secret. */
const SECRET = "[secret]";

/** The text of a declared input; undefined if it is not a text, is secret or is unknown. */
export function knownText(value: unknown): string | undefined {
  const isKnown = typeof value === "string" && ![UNKNOWN_TEXT, SECRET].some((marker) => value.includes(marker));
  return isKnown ? value : undefined;
}

/**
 * A value, or another one if reading it throws an error. In `@pulumi/policy`, reading a value that is unknown at
 * preview throws.
 */
export function readOr<Value, Other>(otherwise: Other, read: () => Value): Value | Other {
  try {
    return read();
  } catch {
    return otherwise;
  }
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
    get images() {
      const isHidden = inPlaintext && inputs.composeFile === undefined;
      return imagesOf(inputs)?.map((image) => ({ ...image, isHidden }));
    },
  };
}

/** An argument of an execution: that of the program, or the default that check has added. */
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

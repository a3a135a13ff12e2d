import { printableKey } from "../../diagnostics/position";
import { keysWith } from "../../model/keys";
import { problemAtEnd } from "../../model/name-ends";
import { imageError } from "../../short-forms";
import { describe, isFloat, WRITE_TEXT } from "../../yaml/structure";
import type { ValidationContext } from "../context";
import {
  child,
  children,
  has,
  hasVariables,
  isMarkedSecret,
  keySpanOf,
  type Location,
  select,
  stringAt,
  textAt,
} from "../location";
import { didYouMean, lacksRequired, unsetIn, WRITE_NAME } from "../remedies";

/** Reports values that Compose refuses although its schema accepts them. */
export function validateForms(context: ValidationContext): void {
  validateShortForms(context);
  validateTextsAt(context, select(context.root, "secrets.*.driver_opts.*"));
  for (const location of keysWith("unsigned").flatMap(([pattern]) => select(context.root, pattern))) {
    if (Number(textAt(location)) < 0) context.addAt("LYC2110", location, "must be 0 or more");
  }
  for (const section of ["configs", "networks", "secrets", "volumes"]) {
    for (const declared of select(context.root, `${section}.*`)) validateNameless(context, declared, ["labels.[]"]);
  }
  for (const service of context.containers) {
    validateNames(context, service);
    validateNameless(context, service, NAMED_ITEMS);
    validateHosts(context, service);
    validateNumbers(context, service);
    validateTexts(context, service);
    const build = child(service, "build");
    const inline = child(build, "dockerfile_inline");
    if (inline !== undefined && has(build, "dockerfile_inline") && has(build, "dockerfile")) {
      context.addAtKey("LYC2221", inline, "excludes `dockerfile`");
    }
    validateWatches(context, service);
    validateGpus(context, service);
    for (const location of select(service, "volumes.[]")) {
      if (stringAt(child(location, "type")) !== "bind" || child(location, "source") !== undefined) continue;
      context.addAtKey("LYC2106", location, "needs `source`");
    }
  }
}

/** Checks the short syntax of devices, SSH keys and build contexts. */
export function validateShortForms(context: ValidationContext): void {
  for (const service of context.containers) {
    for (const location of select(service, "devices.[]")) {
      const text = stringAt(location) ?? "";
      if (!hasVariables(text) && text.split(":").length > 3) {
        context.addAt("LYC2109", location, "has too many colons", { remedy: "Write SOURCE[:TARGET[:PERMISSIONS]]." });
      }
    }
    for (const key of select(service, "build.ssh.[]")) {
      const text = stringAt(key);
      if (text === undefined || hasVariables(text) || text === "default" || text.includes("=")) continue;
      context.addAt("LYC2109", key, "must be `default`, or ID=PATH", { remedy: "Write `default`, or ID=PATH." });
    }
    for (const location of select(service, "build.additional_contexts.[]")) {
      const text = stringAt(location);
      if (text === undefined || hasVariables(text) || text.includes("=")) continue;
      context.addAt("LYC2109", location, "must be NAME=CONTEXT", { remedy: "Write NAME=CONTEXT." });
    }
  }
}

function validateNames(context: ValidationContext, service: Location): void {
  for (const pattern of ["environment.[]", "build.args.[]"]) {
    for (const location of select(service, pattern)) {
      const name = stringAt(location)?.split("=", 1)[0];
      const problem = name === undefined || hasVariables(name) ? undefined : problemAtEnd(name);
      if (problem !== undefined) context.addAt("LYC2109", location, problem, { remedy: "Write NAME=value." });
    }
  }
}

/** The patterns of the items `NAME=value` in the lists of a service. */
const NAMED_ITEMS = [
  "annotations",
  "build.args",
  "build.labels",
  "deploy.labels",
  "environment",
  "labels",
  "sysctls",
].map((key) => `${key}.[]`);

/**
 * Reports an item without a name, such as `=value`, in lists of NAME=VALUE. Compose converts such a list to a mapping,
 * and then refuses the empty key.
 */
function validateNameless(context: ValidationContext, owner: Location, patterns: readonly string[]): void {
  for (const pattern of patterns) {
    for (const location of select(owner, pattern)) {
      const text = stringAt(location);
      if (text === undefined || hasVariables(text) || text.split("=", 1)[0] !== "") continue;
      context.addAt("LYC2108", location, "has a value without a name", { remedy: WRITE_NAME });
    }
  }
}

function validateHosts(context: ValidationContext, service: Location): void {
  for (const hosts of [child(service, "extra_hosts"), child(child(service, "build"), "extra_hosts")]) {
    for (const location of children(hosts)) {
      const text = hosts?.node.kind === "mapping" ? `${location.step}` : stringAt(location);
      if (text === undefined || hasVariables(text)) continue;
      const list = hosts?.node.kind === "sequence";
      const name = list ? (text.includes("=") ? text.split("=", 1)[0] : text.split(":", 1)[0]) : text;
      const remedy = { remedy: "Write HOST=ADDRESS." };
      if (list && !/[=:]/.test(text)) context.addAt("LYC2109", location, "has no address", remedy);
      else if (name === "" || /[:=]/.test(name ?? "")) {
        context.addAtKey("LYC2109", location, "does not have a valid host name", remedy);
      }
    }
  }
}

/**
 * Checks keys whose value is a number. For each key, Compose decides whether it also accepts a fraction, or a number in
 * quotes.
 */
function validateNumbers(context: ValidationContext, service: Location): void {
  for (const pattern of ["blkio_config.weight", "blkio_config.weight_device.[].weight", "volumes.[].tmpfs.mode"]) {
    for (const location of select(service, pattern)) {
      const text = stringAt(location);
      if (text !== undefined && !hasVariables(text))
        context.addAt("LYC2104", location, "must be a number, without quotes", {
          remedy: "Write a number, without quotes.",
        });
    }
  }
  for (const pattern of ["build.ulimits.*", "build.ulimits.*.soft", "build.ulimits.*.hard"]) {
    for (const location of select(service, pattern)) {
      if (stringAt(location) !== undefined)
        context.addAt("LYC2104", location, "must be a number, without quotes", {
          remedy: "Write a number, without quotes.",
        });
    }
  }
  for (const location of select(service, "expose.[]")) {
    const isWhole = !isFloat(location.node) && !isFraction(location);
    if (!isWhole)
      context.addAt("LYC2109", location, "must be a whole number, without a point or an exponent", {
        remedy: "Write a whole number, such as 80.",
      });
  }
  for (const pattern of ["gpus.[].count", "deploy.resources.reservations.devices.[].count"]) {
    for (const location of select(service, pattern)) {
      const text = stringAt(location);
      if (text !== undefined && !hasVariables(text) && !/^(all|[-+]?[0-9]+)$/i.test(text))
        context.addAt("LYC2109", location, "must be `all` or a whole number", {
          remedy: "Write `all` or a whole number.",
        });
    }
  }
  for (const pattern of ["configs.[].mode", "secrets.[].mode", "build.secrets.[].mode"]) {
    for (const location of select(service, pattern)) {
      const text = stringAt(location);
      const isWrong = text === undefined ? isFraction(location) : !hasVariables(text) && !/^[-+]?[0-7]+$/.test(text);
      if (isWrong)
        context.addAt("LYC2109", location, "must be an octal number, such as 0440", {
          remedy: "Write an octal number, such as 0440.",
        });
    }
  }
}

function isFraction({ node }: Location): boolean {
  return node.kind === "scalar" && typeof node.value === "number" && !Number.isInteger(node.value);
}

function validateTextsAt(context: ValidationContext, locations: Iterable<Location>): void {
  for (const location of locations) {
    const { node } = location;
    if (node.kind === "scalar" && typeof node.value !== "boolean" && !isFraction(location)) continue;
    context.addAt("LYC2104", location, `must be a string, and it is ${describe(node)}`, { remedy: WRITE_TEXT });
  }
}

/**
 * Reports values of the wrong type, for keys whose value is a text. The keys of `validateTextsAt` also accept a whole
 * number.
 */
function validateTexts(context: ValidationContext, service: Location): void {
  for (const pattern of ["storage_opt.*", "group_add.[]"]) validateTextsAt(context, select(service, pattern));
  for (const pattern of ["build.additional_contexts.*", "pid"]) {
    for (const location of select(service, pattern)) {
      if (stringAt(location) !== undefined) continue;
      context.addAt("LYC2104", location, `must be a string, and it is ${describe(location.node)}`, {
        remedy: WRITE_TEXT,
      });
    }
  }
}

const KEYS_OF_GPUS = ["capabilities", "count", "device_ids", "driver", "options"];

/**
 * Reports keys of `gpus` with wrong capital letters. The schema accepts any key, but a key with capital letters has no
 * effect.
 */
function validateGpus(context: ValidationContext, service: Location): void {
  for (const location of select(service, "gpus.[].*")) {
    const key = String(location.step);
    const meant = key.toLowerCase();
    if (key === meant || !KEYS_OF_GPUS.includes(meant)) continue;
    const details = { span: keySpanOf(location), ...didYouMean(meant) };
    context.add("LYC2105", location, `Compose has no key ${printableKey(key)} here`, details);
  }
}

function validateWatches(context: ValidationContext, service: Location): void {
  for (const watch of select(service, "develop.watch.[]")) {
    const path = child(watch, "path");
    if (path !== undefined && stringAt(path) === "")
      context.addAt("LYC2109", path, "must not be empty", { remedy: "Write the path." });
    const action = stringAt(child(watch, "action"));
    if (action === undefined || hasVariables(action) || action === "rebuild" || action === "restart") continue;
    if ((textAt(child(watch, "target")) ?? "") !== "") continue;
    context.addAtKey("LYC2106", watch, "needs `target`");
  }
}

/** Reports image references that Docker refuses. */
export function validateImages(context: ValidationContext): void {
  for (const service of context.containers) {
    const image = child(service, "image");
    const text = stringAt(image);
    if (image === undefined || text === undefined || text === "" || hasVariables(text)) continue;
    if (lacksRequired(image)) continue;
    const error = imageError(text);
    if (error === undefined) continue;
    const unset = unsetIn(image);
    if (unset !== undefined) context.addAt("LYC2223", image, unset.message, { remedy: unset.remedy });
    else context.addAt("LYC2223", image, error.reason, remedyFor(text, shownName(context, image, text, error.meant)));
  }
}

/**
 * Returns `meant` if a remedy may show it: if neither `meant` nor the written image contains a secret. Both are
 * searched, because `meant` may be the written image in lower case, in which the rules do not recognize a token.
 */
function shownName(
  { secretRules }: ValidationContext,
  image: Location,
  written: string,
  meant: string | undefined,
): string | undefined {
  const isSecret = (text: string) => secretRules.secretsIn(text, { key: "image" }).length > 0;
  return meant === undefined || isMarkedSecret(image) || isSecret(written) || isSecret(meant) ? undefined : meant;
}

function remedyFor(text: string, meant: string | undefined): { remedy?: string } {
  const write = meant === undefined ? [] : [`Write \`${meant}\`.`];
  if (text.endsWith(":")) write.push("If the tag comes from a variable, set the variable.");
  return write.length === 0 ? {} : { remedy: write.join(" ") };
}

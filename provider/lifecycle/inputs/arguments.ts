import { type CheckFailure, failureAt, isMap, type Properties, show } from "../../schema";
import { containsUnknown, isNotKnown } from "../run/inputs";

const VARIABLE_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Returns the errors of the arguments that select the project. The errors contain no values of variables. */
export function projectArgumentFailures(inputs: Properties): CheckFailure[] {
  const { composeFile, composeFileCode, composeRoot, localFiles } = inputs;
  const refused = (isWrong: boolean, reason: string): CheckFailure[] => (isWrong ? [{ property: "", reason }] : []);
  const isRoot = composeRoot === undefined || (typeof composeRoot === "string" && composeRoot !== "");
  const isChoice = [undefined, "inline", "upload"].includes(localFiles as string) || containsUnknown(localFiles);
  return [
    ...pathFailures(composeFile),
    ...refused(!isRoot, "composeRoot must be a path"),
    ...listFailures("profiles", inputs.profiles, "names", (name) => name !== ""),
    ...listFailures("inheritEnvironment", inputs.inheritEnvironment, "names", (name) => VARIABLE_NAME.test(name)),
    ...listFailures("envFiles", inputs.envFiles, "paths", isPath),
    ...refused(!isChoice, `localFiles must be "inline" or "upload", or be left out, not ${show(localFiles)}`),
    ...variableFailures(inputs.variables),
    ...imageFailures(inputs.images),
    ...(composeFile === undefined && composeFileCode !== undefined ? onlyWithFile(inputs) : []),
  ];
}

function pathFailures(value: unknown): CheckFailure[] {
  if (value === undefined) return [];
  const wrong = [value].flat().flatMap((path) => (typeof path === "string" ? (notPath(path) ?? []) : []));
  // If the error named the property, the engine would also print the whole value, which may be a Compose text with
  // secrets.
  if (wrong[0] !== undefined) return [{ property: "", reason: `composeFile must be a path, not ${wrong[0]}` }];
  if (isPath(value)) return [];
  if (Array.isArray(value) && value.length > 0 && value.every(isPath)) return [];
  const given = Array.isArray(value) ? (value.length === 0 ? "an empty list" : "a list of anything else") : show(value);
  return [{ property: "composeFile", reason: `composeFile must be a path or a list of paths, not ${given}` }];
}

/** Returns why a text is certainly not a path, and what to write instead. Otherwise undefined. */
function notPath(text: string): string | undefined {
  // A path may contain `: `, such as `My runs: v2/compose.yaml`.
  const isText = text.trim().includes("\n") || (/^\{?["']?[\w-]+["']?:\s/.test(text) && !text.includes("/"));
  if (isText) return "the text of a Compose file; give the text as composeFileCode";
  if (/^[a-z][a-z0-9+.-]{1,20}:\/\/|^git@/i.test(text))
    return `the URL ${show(text)}; the provider reads only local files: store the file next to the program, and give its path`;
  if (text === "~" || text.startsWith("~/"))
    return `${show(text)}; only a shell replaces "~": write the path of your home folder instead`;
  return undefined;
}

function isPath(value: unknown): boolean {
  return typeof value === "string" && value !== "" && !value.includes("\0");
}

function listFailures(
  property: string,
  value: unknown,
  what: "names" | "paths",
  fits: (item: string) => boolean,
): CheckFailure[] {
  if (isNotKnown(value)) return [];
  const names = Array.isArray(value) ? value : undefined;
  if (names?.every((item) => typeof item === "string" && (containsUnknown(item) || fits(item)))) return [];
  // The value is not shown, because it may be a secret.
  const given = names !== undefined ? "" : isMap(value) ? ", not a map" : `, not a ${typeof value}`;
  return [{ property: "", reason: `${property} must be a list of ${what}${given}` }];
}

function variableFailures(variables: unknown): CheckFailure[] {
  if (isNotKnown(variables)) return [];
  if (!isMap(variables))
    return [{ property: "", reason: 'variables must be a map of names to values, such as {TAG: "v1"}' }];
  return Object.entries(variables).flatMap(([name, value]) => {
    if (!VARIABLE_NAME.test(name)) {
      const reason = `variables has the name ${show(name)}, which no \${…} can hold: letters, digits and "_" only`;
      return [{ property: "", reason }];
    }
    // The value is not shown, because it may be a secret.
    if (["string", "number", "boolean"].includes(typeof value) || value === null || value === undefined) return [];
    return [failureAt(`variables.${name}`, "must be a text, a number, true or false")];
  });
}

function imageFailures(images: unknown): CheckFailure[] {
  if (isNotKnown(images)) return [];
  if (!isMap(images))
    return [
      { property: "", reason: 'images must be a map of services to images, such as {web: "registry.example/web:1"}' },
    ];
  // The value is not shown, because it may be a secret.
  return Object.entries(images).flatMap(([name, value]) =>
    typeof value === "string" && value !== "" ? [] : [failureAt(`images.${name}`, "must be an image reference")],
  );
}

/** Returns errors for arguments that need `composeFile`. */
function onlyWithFile(inputs: Properties): CheckFailure[] {
  return ["inheritEnvironment", "envFiles", "composeRoot", "localFiles"]
    .filter((name) => inputs[name] !== undefined && !containsUnknown(inputs[name]))
    .map((name) => ({
      property: "",
      reason: `${name} goes with composeFile; composeFileCode takes \`variables\` and \`images\` alone`,
    }));
}

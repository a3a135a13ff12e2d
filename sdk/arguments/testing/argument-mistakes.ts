import * as pulumi from "@pulumi/pulumi";

/** A mistake in the arguments: its name, the arguments, and what the errors must contain. */
export type ArgumentMistake = readonly [
  name: string,
  args: () => Readonly<Record<string, unknown>>,
  says: readonly string[],
];

/** The files of the program's folder. */
export const FILES = {
  "compose.yaml":
    "services:\n  web:\n    image: nginx:1.27\n  train:\n    image: busybox:1.36\n    profiles: [training]\n",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how a compose document writes a variable
  "tag.yaml": "services:\n  web:\n    image: nginx:${TAG}\n",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how a compose document writes a variable
  "required.yaml": "services:\n  web:\n    image: nginx:${TAG:?set it}\n",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how a compose document writes a variable
  "default.yaml": "services:\n  web:\n    image: nginx:${TAG:-1.27}\n",
  "notes.txt": "hello",
  "deploy/compose.yml": "services: {a: {image: busybox}}",
  "production.env": "A=1",
};

/** The arguments of a run that has no mistake. */
export const RIGHT = { composeFile: "compose.yaml" };

const TEXT = 'services: {a: {image: "busybox:1.36"}}';
const given = (args: Readonly<Record<string, unknown>>) => () => ({ ...RIGHT, ...args });
const only = (args: Readonly<Record<string, unknown>>) => () => args;

/** Mistakes that people make in the arguments of a `ComposeExecution`. */
export const ARGUMENT_MISTAKES: readonly ArgumentMistake[] = [
  ["a misspelt profile", given({ profiles: ["trainig"] }), ["profiles[0]", "did you mean `training`"]],
  [
    "profiles that are one text",
    given({ profiles: "training" }),
    ["LYC4010: profiles must be a list of names", "not a string"],
  ],
  [
    "a path as the text",
    only({ composeFileCode: "compose.yaml" }),
    ["composeFileCode must be the text", 'write composeFile: "compose.yaml"'],
  ],
  [
    "a text as the path",
    only({ composeFile: TEXT }),
    ["composeFile must be a path", "give the text as composeFileCode"],
  ],
  [
    "a text of several lines as the path",
    only({ composeFile: `${TEXT}\n` }),
    ["composeFile must be a path", "composeFileCode"],
  ],
  [
    "yml for yaml",
    only({ composeFile: "compose.yml" }),
    ["composeFile:", 'did you mean "compose.yaml"?', "/p/compose.yml"],
  ],
  [
    "yaml for yml, in a folder",
    only({ composeFile: "deploy/compose.yaml" }),
    ['did you mean "compose.yml"?', "/p/deploy/compose.yaml"],
  ],
  ["a misspelt folder", only({ composeFile: "deployy" }), ["did you mean deploy?", "/p/deployy"]],
  [
    "a URL as the path",
    only({ composeFile: "https://example.com/compose.yaml" }),
    ["composeFile must be a path", "the URL", "only local files"],
  ],
  [
    "a path in the home folder",
    only({ composeFile: "~/compose.yaml" }),
    ["composeFile must be a path", "only a shell"],
  ],
  [
    "a file that is no YAML mapping",
    only({ composeFile: "notes.txt" }),
    ["notes.txt:1:1", "must be a mapping", "services:"],
  ],
  ["an empty path", only({ composeFile: "" }), ['composeFile must be a path or a list of paths, not ""']],
  ["an empty list of paths", only({ composeFile: [] }), ["composeFile must be a path", "an empty list"]],
  [
    "an asset as the path",
    () => ({ composeFile: new pulumi.asset.FileAsset("compose.yaml") }),
    ["composeFile must be a path", "not a map"],
  ],
  ["an object as the text", only({ composeFileCode: { services: {} } }), ["composeFileCode must be text, not a map"]],
  ["both sources", given({ composeFileCode: TEXT }), ["composeFile and composeFileCode are both given"]],
  ["no source", only({ timeout: 30 }), ["composeFile or composeFileCode is missing"]],
  [
    "an id that is none",
    only({ existingExecutionId: "abc" }),
    ["existingExecutionId must be the id of a run", 'not "abc"', "npx pulumi-lyceum list"],
  ],
  ["image", only({ image: "busybox" }), ["image is not an argument", "images: { SERVICE"]],
  ["environment", given({ environment: { A: "1" } }), ["environment is not an argument", "variables: { NAME"]],
  ["command", given({ command: "echo" }), ["command is not an argument", "in the Compose file"]],
  ["gpu", given({ gpu: "a100" }), ["gpu is not an argument", 'executionType: "gpu.a100"']],
  ["services", only({ services: {} }), ["services is not an argument", 'composeFile: "compose.yaml"']],
  ["file", only({ file: "compose.yaml" }), ["file is not an argument", 'composeFile: "compose.yaml"']],
  [
    "a name in snake case",
    only({ compose_file: "compose.yaml" }),
    ["compose_file is not an argument", "did you mean composeFile?"],
  ],
  ["a misspelt argument", given({ timeOut: 30 }), ["timeOut is not an argument", "did you mean timeout?"]],
  ["a resource option as an argument", given({ dependsOn: [] }), ["dependsOn is not an argument", "resource option"]],
  ["a setting of the provider", given({ apiKey: "k" }), ["apiKey is not an argument", "lyceum:apiKey"]],
  [
    "a duration as the timeout",
    given({ timeout: "10m" }),
    ["timeout must be a whole number from 1 to 600 seconds", '"10m"'],
  ],
  ["a timeout of an hour", given({ timeout: 3600 }), ["timeout must be", "1 to 600", "3600"]],
  [
    "a machine with a hyphen",
    given({ executionType: "gpu-a100" }),
    ["executionType must be", 'did you mean "gpu.a100"'],
  ],
  ["a misspelt word", given({ waitFor: "complete" }), ["waitFor must be one of", '"completed"']],
  ["variables as a list", given({ variables: ["TAG=v1"] }), ["variables must be a map", '{TAG: "v1"}']],
  [
    "a name that no variable can have",
    given({ variables: { "MY-TAG": "1" } }),
    ["variables", '"MY-TAG"', "letters, digits"],
  ],
  ["a map as a variable", given({ variables: { TAG: { a: 1 } } }), ["variables.TAG must be a text"]],
  [
    "an unset variable",
    only({ composeFile: "tag.yaml" }),
    ["tag.yaml:3:12", "needs the variable TAG", "variables: { TAG"],
  ],
  [
    "a misspelt variable, whose warning is made an error",
    only({ composeFile: "default.yaml", variables: { TGA: "1.28" }, diagnostics: { LYC2317: "error" } }),
    ["variables.TGA", "no file uses the variable TGA", "did you mean TAG?"],
  ],
  [
    "an unset required variable",
    only({ composeFile: "required.yaml" }),
    ["required.yaml:3:18", "needs the variable TAG"],
  ],
  ["an image for a misspelt service", given({ images: { wbe: "nginx:1" } }), ["images.wbe", "did you mean `web`?"]],
  ["a misspelt job", given({ job: "trian" }), ["job", "did you mean `train`?"]],
  ["triggers that are one text", given({ triggers: "v1" }), ["triggers must be a list"]],
  [
    "a callback over http",
    given({ userCallbackUrls: ["http://x.example"] }),
    ["userCallbackUrls[0] must be an https: URL"],
  ],
  [
    "credentials without a type",
    given({ registryCredentials: { username: "u", password: "p" } }),
    ["registryCredentials.type", '"basic"'],
  ],
  [
    "a missing env file",
    given({ envFiles: ["prodution.env"] }),
    ["prodution.env", 'did you mean "production.env"?', "/p/prodution.env"],
  ],
  ["an unknown clock", given({ clocks: { que: 3 } }), ["clocks.que is not known", "queue"]],
  ["a misspelt severity", given({ diagnostics: { LYC2401: "of" } }), ["diagnostics.LYC2401 must be", '"off"']],
  ["artifacts without the bucket", given({ artifacts: { m: "out/x" } }), ["artifacts needs enableS3Mount: true"]],
];

import * as pulumi from "@pulumi/pulumi";
import { ComposeExecution } from "../../compose-execution";
import { RIGHT } from "./argument-mistakes";

/** A mistake in a program: its name, the program, and what the errors must contain. */
export type ProgramMistake = readonly [name: string, program: () => unknown, says: readonly string[]];

/** The class without its types, as a program in JavaScript sees it. */
// biome-ignore lint/suspicious/noExplicitAny: the programs of this table do what the types forbid
const Run = ComposeExecution as any;

const output = () => pulumi.output("x");
const run = (args: () => unknown, opts?: unknown) => () => new Run("train", args(), opts);
const withOptions = (opts: unknown) => () => new Run("train", RIGHT, opts);
const text = (compose: string) => () => new Run("train", { composeFileCode: compose });
const service = (...lines: readonly string[]) =>
  text(`services:\n  web:\n    image: nginx:1.27\n${lines.map((line) => `    ${line}\n`).join("")}`);

const TYPESCRIPT = "pulumi.interpolate`";
const PYTHON = "pulumi.Output.concat(";
const GO = "pulumi.Sprintf(";
/** A program with `written` in a string: the text that another language writes in place of an Output. */
const foreign = (written: string) => run(() => ({ ...RIGHT, variables: { M: `model-${written}` } }));

/** Mistakes in programs, in the calls of the class, and in the Compose texts that programs write. */
export const PROGRAM_MISTAKES: readonly ProgramMistake[] = [
  // Outputs in strings.
  [
    "an Output in a variable",
    run(() => ({ ...RIGHT, variables: { M: `m-${output()}` } })),
    ["variables.M contains", TYPESCRIPT],
  ],
  [
    "an Output in a trigger",
    run(() => ({ ...RIGHT, triggers: [{ a: [`${output()}`] }] })),
    ["triggers[0].a[0] contains", TYPESCRIPT],
  ],
  ["an Output in the label", run(() => ({ ...RIGHT, fileName: `m-${output()}` })), ["fileName contains", TYPESCRIPT]],
  [
    "an Output in a text",
    run(() => ({ composeFileCode: `services: {a: {image: "x:${output()}"}}` })),
    ["composeFileCode contains", TYPESCRIPT],
  ],
  [
    "an Output in a path",
    run(() => ({ composeFile: `${output()}/compose.yaml` })),
    ["composeFile contains", TYPESCRIPT],
  ],
  [
    "an Output in an image",
    run(() => ({ ...RIGHT, images: { web: `x:${output()}` } })),
    ["images.web contains", TYPESCRIPT],
  ],
  [
    "an Output in the machine",
    run(() => ({ ...RIGHT, executionType: `gpu.${output()}` })),
    ["executionType contains", TYPESCRIPT],
  ],
  [
    "an Output in an id",
    run(() => ({ existingExecutionId: `${output()}` })),
    ["existingExecutionId contains", TYPESCRIPT],
  ],
  [
    "an Output in an artifact",
    run(() => ({ ...RIGHT, enableS3Mount: true, artifacts: { m: { path: `o/${output()}` } } })),
    ["artifacts.m.path contains", TYPESCRIPT],
  ],
  [
    "an Output in a callback",
    run(() => ({ ...RIGHT, userCallbackUrls: [`https://x.example/${output()}`] })),
    ["userCallbackUrls[0] contains", TYPESCRIPT],
  ],
  [
    "an Output in a password",
    run(() => ({ ...RIGHT, registryCredentials: { type: "basic", username: "u", password: `${output()}` } })),
    ["registryCredentials.password contains", TYPESCRIPT],
  ],
  [
    "an Output in a profile",
    run(() => ({ ...RIGHT, profiles: [`${output()}`] })),
    ["profiles[0] contains", TYPESCRIPT],
  ],
  ["an Output in a job", run(() => ({ ...RIGHT, job: `${output()}` })), ["job contains", TYPESCRIPT]],
  [
    "an Output in a key",
    run(() => ({ ...RIGHT, variables: { [`${output()}`]: "1" } })),
    ["a key of variables contains", TYPESCRIPT],
  ],
  [
    "an Output in JSON",
    run(() => ({ ...RIGHT, variables: { M: JSON.stringify({ a: output() }) } })),
    ["variables.M contains", "pulumi.jsonStringify("],
  ],
  [
    "an Output in the name",
    () => new Run(`train-${output()}`, RIGHT),
    ["the name of the resource contains", "a name that the program knows"],
  ],
  [
    "an object in a string",
    run(() => ({ ...RIGHT, variables: { M: `${{ a: 1 }}` } })),
    ["variables.M contains", "[object Object]"],
  ],
  [
    "a promise in a string",
    run(() => ({ ...RIGHT, variables: { M: `${Promise.resolve(1)}` } })),
    ["variables.M contains", "[object Promise]"],
  ],
  [
    "an Output of Python",
    foreign("Calling __str__ on an Output[T] is not supported."),
    ["variables.M contains", PYTHON],
  ],
  [
    "an Output of an older Python",
    foreign("<pulumi.output.Output object at 0x7f1d3c2b>"),
    ["variables.M contains", PYTHON],
  ],
  [
    "a resource of Python",
    foreign("<pulumi_lyceum.compose_execution.ComposeExecution object at 0x7f1d3c2b>"),
    ["variables.M contains", PYTHON],
  ],
  ["an Output of Go", foreign("{0xc000137180}"), ["variables.M contains", GO]],
  ["an Output of Go as a text", foreign("{%!s(*internal.OutputState=&{{} 0})}"), ["variables.M contains", GO]],
  ["an Output of Go that is missing", foreign("%!v(MISSING)"), ["variables.M contains", GO]],
  [
    "an Output of .NET",
    foreign("Calling [ToString] on an [Output<T>] is not supported."),
    ["variables.M contains", "Output.Format("],
  ],
  [
    "an Output of Java",
    foreign("com.pulumi.core.internal.OutputInternal@5e91993f"),
    ["variables.M contains", "Output.format("],
  ],
  // The call of the constructor.
  ["no arguments", () => new Run("train"), ["LYC4010: train: the second argument", "not undefined", "composeFile"]],
  ["arguments that are null", () => new Run("train", null), ["LYC4010: train: the second argument", "not null"]],
  [
    "a path as the arguments",
    () => new Run("train", "compose.yaml"),
    ["the second argument", '{ composeFile: "compose.yaml" }'],
  ],
  ["a list as the arguments", () => new Run("train", ["compose.yaml"]), ["the second argument", "not a list"]],
  [
    "an Output as the arguments",
    () => new Run("train", pulumi.output(RIGHT)),
    ["the second argument", "not an Output", "single arguments"],
  ],
  [
    "a promise as the arguments",
    () => new Run("train", Promise.resolve(RIGHT)),
    ["the second argument", "not a promise"],
  ],
  ["a function as the arguments", () => new Run("train", () => RIGHT), ["the second argument", "not a function"]],
  ["no name", () => new Run(RIGHT), ["the first argument", "must be the name", "not an object"]],
  ["an empty name", () => new Run("", RIGHT), ["the first argument", "must be the name"]],
  ["an Output as the name", () => new Run(output(), RIGHT), ["the first argument", "not an Output"]],
  ["options as a list", withOptions([]), ["the third argument", "dependsOn"]],
  ["options as a text", withOptions("other"), ["the third argument", '"other"']],
  ["an argument among the options", withOptions({ timeout: 30 }), ["timeout is an argument", "second argument"]],
  ["a source among the options", () => new Run("train", {}, RIGHT), ["composeFile is an argument", "second argument"]],
  ["a number as a time-out", withOptions({ customTimeouts: { create: 60 } }), ["customTimeouts.create", '"30m"', "60"]],
  ["a time-out without a unit", withOptions({ customTimeouts: { create: "60" } }), ["customTimeouts.create", '"30m"']],
  [
    "a text as ignoreChanges",
    withOptions({ ignoreChanges: "triggers" }),
    ["ignoreChanges must be a list", '"triggers"'],
  ],
  [
    "a misspelt path in ignoreChanges",
    withOptions({ ignoreChanges: ["trigers"] }),
    ["ignoreChanges names trigers", "did you mean triggers?"],
  ],
  [
    "a misspelt path in replaceOnChanges",
    withOptions({ replaceOnChanges: ["timout"] }),
    ["replaceOnChanges names timout", "did you mean timeout?"],
  ],
  ["the option import", withOptions({ import: "7d1f0b9c" }), ["LYC4004: train", "existingExecutionId"]],
  [
    "deleteBeforeReplace: false",
    withOptions({ deleteBeforeReplace: false }),
    ["LYC4002: train", "Leave the option out"],
  ],
  ["get without an id", () => Run.get("old"), ["LYC4010: old: ComposeExecution.get needs the id"]],
  [
    "a Date as a trigger",
    run(() => ({ ...RIGHT, triggers: [new Date(0)] })),
    ["triggers[0] is a Date", ".toISOString()"],
  ],
  ["a Map as variables", run(() => ({ ...RIGHT, variables: new Map() })), ["variables is a Map", "Object.fromEntries"]],
  ["a function as a variable", run(() => ({ ...RIGHT, variables: { A: () => "x" } })), ["variables.A is a function"]],
  // Compose texts.
  ["no services", text("web: {image: nginx}"), ["composeFileCode:1:", "services"]],
  ["a list of services", text("services: [web]"), ["composeFileCode:1:", "mapping"]],
  [
    "no image",
    text("services: {web: {command: echo}}"),
    ["composeFileCode:1:", "the service web has neither an image nor a build"],
  ],
  ["a misspelt key", service("comand: echo"), ["composeFileCode:4:5", "Did you mean `command`?"]],
  ["a misspelt dependency", service("depends_on: [dbb]"), ["composeFileCode:4:", "dbb"]],
  ["a port that is none", service('ports: ["http"]'), ["composeFileCode:4:", "services.web.ports[0]"]],
  ["a local mount", service("volumes: [./data:/data]"), ["composeFileCode:4:", "./data"]],
  ["a tab", text("services:\n\tweb: {image: nginx}"), ["composeFileCode:2:", "tab"]],
  ["a bracket that is not closed", service("command: [echo"), ["composeFileCode:4:", "Close it with ]"]],
  ["a key twice", service("image: nginx"), ["composeFileCode:4:5", "image"]],
  ["a build", text("services: {web: {build: .}}"), ["composeFileCode:1:", "build"]],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how a compose document writes a variable
  ["an unset variable", service("environment: [A=1]", 'user: "${WHO:?}"'), ["composeFileCode:5:", "WHO"]],
];

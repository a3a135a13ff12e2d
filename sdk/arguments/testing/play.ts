import * as pulumi from "@pulumi/pulumi";
import { inputsOf } from "../../../provider/hosts/dynamic/translation";
import { checkInputs } from "../../../provider/lifecycle/check/check-inputs";
import { NO_INPUTS } from "../../../provider/lifecycle/run/inputs";
import { memoryProjects } from "../../../provider/lifecycle/testing/projects";

/** The mark with which Pulumi's SDK sends a secret. */
const SECRET_MARK = "4dabf18193072939515e22adb298388d";

/**
 * Runs a program as a preview does. The runs that the program declares go through the translation of the dynamic host
 * and through the check of the provider. Returns all errors: the error that the program throws, or the errors of the
 * check, each with the property for which the engine shows it.
 *
 * @param files the files of the program's folder
 */
export async function play(program: () => unknown, files: Readonly<Record<string, string>>): Promise<string[]> {
  const declared: pulumi.runtime.MockResourceArgs[] = [];
  await pulumi.runtime.setMocks(
    {
      newResource: (args) => {
        declared.push(args);
        return { id: `${args.name}-id`, state: { ...args.inputs, secret: "scope-secret" } };
      },
      call: () => ({}),
    },
    "shop",
    "dev",
    true,
  );
  try {
    await program();
  } catch (error) {
    return [String(error)];
  }
  await pulumi.runtime.disconnect();
  const runs = declared.filter(({ type }) => type.endsWith(":ComposeExecution"));
  return runs.flatMap(({ inputs }) => {
    const { program: sent, ...others } = inputsOf(withoutSecretMarks(inputs) as Record<string, unknown>);
    const news = sent === undefined ? others : { ...others, program: { directory: "/p" } };
    return checkInputs(NO_INPUTS, news, memoryProjects(files)).failures.map(
      ({ property, reason }) => `${property}: ${reason}`,
    );
  });
}

/** Removes the marks of secrets, as the engine does for a dynamic provider. */
function withoutSecretMarks(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecretMarks);
  if (value === null || typeof value !== "object") return value;
  if (SECRET_MARK in value) return withoutSecretMarks((value as { readonly value?: unknown }).value);
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, withoutSecretMarks(item)]));
}

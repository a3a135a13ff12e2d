import { sizeText } from "../../provider/display/sizes";
import { EXIT_CODES, UsageError } from "../command";
import { count } from "../layout";
import { questions } from "../terminal";
import { type FileService, namedFiles } from "./service";

/**
 * `files rm NAME`: asks the user, and then removes a file, or a folder with all that is in it.
 *
 * @param isSure whether to remove without a question
 * @param ask asks a question on the terminal; undefined without a terminal
 */
export async function removeFiles(
  service: FileService,
  name: string,
  isSure: boolean,
  ask: ((question: string) => Promise<string>) | undefined = questions(),
): Promise<number> {
  if (name === "") throw new UsageError("NAME is missing: `files rm` removes one file, or one folder");
  const files = await namedFiles(service, name);
  if (files.length === 0)
    throw new UsageError(`The bucket has no file ${name}; \`npx pulumi-lyceum files\` lists them`);
  const what = `${count(files.length, "file")}, ${sizeText(files.reduce((sum, file) => sum + file.bytes, 0))}`;
  if (!isSure) {
    if (ask === undefined) throw new UsageError(`--yes is missing: it removes ${what}, and nobody can be asked here`);
    const answer = await ask(`Remove ${what}? Lyceum keeps no copy. [y/N] `);
    if (!/^y(es)?$/i.test(answer.trim())) {
      service.print("Nothing was removed.");
      return EXIT_CODES.errors;
    }
  }
  await service.bucket.remove(
    files.map(({ key }) => key),
    { signal: service.signal },
  );
  service.print(`${what}, removed.`);
  return EXIT_CODES.clean;
}

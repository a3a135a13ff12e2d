import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { pulumiFolder } from "../../harness/processes/tools";
import { ROOT } from "../../harness/root";
import type { Scenario } from "../../harness/scenario";
import { ARCHIVE, archives, installedPlugin, testArchive, version, withoutPlugins } from "../archive";

const { pluginDownloadURL } = JSON.parse(readFileSync(join(ROOT, "plugin", "schema.json"), "utf8")) as {
  pluginDownloadURL: string;
};

/** How the test's release server changes the archive of this system. */
type Answer = (archive: Buffer) => Buffer | undefined;

/** A server in place of the real one with the releases. The engine uses it in place of the URL in the schema. */
async function withReleases(
  scenario: Scenario,
  answer: Answer,
  use: (env: Readonly<Record<string, string>>, asked: readonly string[]) => Promise<void>,
): Promise<void> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const name = (request.url ?? "").slice(1);
    asked.push(name);
    const file = join(archives, name);
    const content = existsSync(file) ? answer(readFileSync(file)) : undefined;
    // The engine refuses an answer without a length.
    response.writeHead(content === undefined ? 404 : 200, { "content-length": content?.length ?? 0 }).end(content);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    const pattern = `^${pluginDownloadURL.replaceAll(".", "[.]")}$`;
    await use(
      {
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "false",
        PULUMI_PLUGIN_DOWNLOAD_URL_OVERRIDES: `${pattern}=${url}`,
        PATH: folderWithPulumiAlone(scenario),
      },
      asked,
    );
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** A folder for a PATH that contains nothing else: no Node, no npm, and no commands of a shell. */
function folderWithPulumiAlone(scenario: Scenario): string {
  const folder = join(scenario.work.temporary, "bin");
  mkdirSync(folder);
  symlinkSync(join(pulumiFolder(), "pulumi"), join(folder, "pulumi"));
  return folder;
}

/** A program that names no plugin on this machine. Its first resource has the version, and the URL from the schema. */
function withAddress(text: string): string {
  const options = `    options:\n      version: ${version}\n      pluginDownloadURL: ${pluginDownloadURL}\n`;
  return withoutPlugins(text).replace("    options:\n", options);
}

/** A resource without the address of the plugin. */
const SECOND = `  second:
    type: lyceum:ComposeExecution
    properties: { composeFile: compose.yaml, waitFor: completed }
    options: { dependsOn: ["\${hello}"] }
`;

testArchive(
  "a program that names where the plugin is released fetches it by itself, on a machine without Node",
  { folder: __dirname, variant: "fetched" },
  async (scenario) => {
    scenario.edit("Pulumi.yaml", (text) => withAddress(text).replace("outputs:\n", `${SECOND}outputs:\n`));
    rmSync(join(scenario.work.program, "package.json"));
    await withReleases(
      scenario,
      (archive) => archive,
      async (env, asked) => {
        expect(existsSync(installedPlugin(scenario))).toBe(false);
        await scenario.preview("the preview fetches the plugin", { env });
        expect(asked).toEqual([ARCHIVE]);
        await scenario.up("it is there already", { env });
        await scenario.up("nothing is left to do", { env }, "--expect-no-changes");
        await scenario.destroy("destroy", { env });
        expect(asked.length).toBe(1);
      },
    );
  },
);

testArchive(
  "an archive that is missing, cut short or another one is refused, and nothing starts",
  { folder: __dirname, variant: "refused" },
  async (scenario) => {
    let answer: Answer = (archive) => archive;
    await withReleases(
      scenario,
      (archive) => answer(archive),
      async (env) => {
        const refusal = async (command: readonly string[]): Promise<string> => {
          const ended = await scenario.pulumi.start(command, { env }).ended;
          expect(ended.exitCode).not.toBe(0);
          return `${ended.stdout}${ended.stderr}`;
        };
        // The engine compares a checksum that it gets from this command or from an SDK. A program in YAML cannot
        // contain one.
        const address = ["--server", pluginDownloadURL, "--checksum", "00".repeat(32)];
        const install = ["plugin", "install", "resource", "lyceum", version, ...address];
        expect(await refusal(install)).toMatch(/invalid checksum, expected 0000/);
        expect(existsSync(installedPlugin(scenario))).toBe(false);

        scenario.edit("Pulumi.yaml", withAddress);
        // How often the engine retries, and its messages, are not this package's choice.
        const up = ["up", "--yes", "--skip-preview"];
        answer = () => undefined;
        expect(await refusal(up)).toMatch(/lyceum[\s\S]*404/);
        answer = (archive) => archive.subarray(0, archive.length / 2);
        expect(await refusal(up)).toMatch(/lyceum[\s\S]*unexpected EOF/);
        expect(await scenario.runs()).toEqual([]);
      },
    );
  },
);

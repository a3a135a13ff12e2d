import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { testScenario } from "../../harness/register";
import { ROOT } from "../../harness/root";
import type { Scenario } from "../../harness/scenario";

const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { version: string };
const { pluginDownloadURL } = JSON.parse(readFileSync(join(ROOT, "plugin", "schema.json"), "utf8")) as {
  pluginDownloadURL: string;
};
const declaration = {
  folder: __dirname,
  program: "../../../examples/yaml",
  hosts: ["plugin"],
} as const;

/** What the server of the releases does with the archive of this system. */
type Answer = (archive: Buffer) => Buffer | undefined;

/** A server in place of the releases, to which the engine is sent for the address in the schema. */
async function withReleases(
  scenario: Scenario,
  answer: Answer,
  use: (env: Readonly<Record<string, string>>, asked: readonly string[]) => Promise<void>,
): Promise<void> {
  const out = join(scenario.work.temporary, "releases");
  mkdirSync(out);
  const made = [join(ROOT, "tools", "release", "release-plugin.mjs"), "--draft", "--out", out];
  execFileSync(process.execPath, made, { cwd: scenario.work.temporary, stdio: "ignore" });
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const name = (request.url ?? "").slice(1);
    asked.push(name);
    const file = join(out, name);
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
      },
      asked,
    );
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** A program that names no plugin on this machine: the version, and the address that its schema has. */
function withAddress(text: string): string {
  const options = `    options:\n      version: ${version}\n      pluginDownloadURL: ${pluginDownloadURL}\n`;
  return text.replace(/^plugins:\n( .*\n)+/m, "").replace("    options:\n", options);
}

const installed = (scenario: Scenario) =>
  readdirSync(join(scenario.work.pulumiHome, "plugins")).filter((name) => /^resource-lyceum-v[\d.]+$/.test(name));

testScenario(
  "a program that names where the plugin is released fetches it by itself",
  { ...declaration, variant: "fetched" },
  async (scenario) => {
    scenario.edit("Pulumi.yaml", withAddress);
    await withReleases(
      scenario,
      (archive) => archive,
      async (env, asked) => {
        expect(installed(scenario)).toEqual([]);
        await scenario.preview("the preview fetches the plugin", { env });
        const system = `${process.platform}-${process.arch === "x64" ? "amd64" : process.arch}`;
        expect(asked).toEqual([`pulumi-resource-lyceum-v${version}-${system}.tar.gz`]);
        await scenario.up("it is there already", { env });
        await scenario.up("nothing is left to do", { env }, "--expect-no-changes");
        await scenario.destroy("destroy", { env });
        expect(asked.length).toBe(1);
      },
    );
  },
);

testScenario(
  "an archive that is missing, cut short or another one is refused, and nothing starts",
  { ...declaration, variant: "refused" },
  async (scenario) => {
    let answer: Answer = (archive) => archive;
    await withReleases(
      scenario,
      (archive) => answer(archive),
      async (env) => {
        const refusal = async (command: readonly string[]): Promise<string> => {
          const ended = await scenario.pulumi.start(command, { deadlineSeconds: 120, env }).ended;
          expect(ended.exitCode).not.toBe(0);
          return `${ended.stdout}${ended.stderr}`;
        };
        // The engine compares where it is given a checksum: by this command, or by an SDK that carries one. A program in YAML cannot.
        const address = ["--server", pluginDownloadURL, "--checksum", "00".repeat(32)];
        const install = ["plugin", "install", "resource", "lyceum", version, ...address];
        expect(await refusal(install)).toMatch(/invalid checksum, expected 0000/);
        expect(installed(scenario)).toEqual([]);

        scenario.edit("Pulumi.yaml", withAddress);
        // How often the engine tries again, and its words on the way, are not ours.
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

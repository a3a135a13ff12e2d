import { existsSync, readdirSync } from "node:fs";
import { arch, platform } from "node:os";
import { dirname, join } from "node:path";

/** Where this repository's set-up keeps the tools that it builds, below the repository. */
const toolsFolder = join(".cache", "tools");

/**
 * The compose plugin that this repository's set-up has built, the newest if there are several.
 * @param from searched upwards from here, so that it is found from the sources and from the build alike.
 */
export function setUpPlugin(from: string = __dirname): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const tools = join(folder, toolsFolder);
    if (existsSync(tools)) return newestPlugin(tools);
    if (folder === dirname(folder)) return undefined;
  }
}

function newestPlugin(tools: string): string | undefined {
  return readdirSync(tools)
    .flatMap((name) => {
      const version = /^docker-compose-(\d+)\.(\d+)\.(\d+)-(.+)$/.exec(name);
      const plugin = join(tools, name, "cli-plugins", "docker-compose");
      if (version === null || version[4] !== `${platform()}-${arch()}` || !existsSync(plugin)) return [];
      return [{ plugin, order: version.slice(1, 4).map(Number) }];
    })
    .sort((one, other) => compareVersions(one.order, other.order))
    .at(-1)?.plugin;
}

function compareVersions(one: readonly number[], other: readonly number[]): number {
  const position = one.findIndex((part, index) => part !== other[index]);
  return position < 0 ? 0 : (one[position] ?? 0) - (other[position] ?? 0);
}

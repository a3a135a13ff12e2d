import { closeSync, constants, fstatSync, openSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { codeOf } from "../errors";
import type { ConfigurationInput, ConfigurationResult } from "./configuration";
import { needsConfigurationFile, resolveConfiguration } from "./configuration";
import type { ConfigurationFile } from "./configuration-login";

/** Reads the login file of the vendor's CLI. Synchronous, because Pulumi's `configure` cannot wait. Never throws. */
export type ConfigurationFilePort = () => ConfigurationFile;

/** The size limit of the login file. A login has a few hundred bytes, so a larger file is not a login. */
const LARGEST_CONFIGURATION_FILE_BYTES = 1024 * 1024;

/**
 * Returns a function that reads `.lyceum/config.json` in a home directory. The default is the user's home directory.
 */
export function configurationFileUnder(home: () => string = homedir): ConfigurationFilePort {
  return () => {
    const path = join(safely(home) ?? "~", ".lyceum", "config.json");
    let descriptor: number | undefined;
    try {
      // Opens the file without blocking, because opening a pipe would wait for a writer.
      descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
      const stats = fstatSync(descriptor);
      if (!stats.isFile()) return { kind: "unusable", path, reason: "it is not a file" };
      const isLarge = stats.size > LARGEST_CONFIGURATION_FILE_BYTES;
      if (isLarge) return { kind: "unusable", path, reason: "it is larger than 1 MB" };
      return { kind: "text", path, text: readFileSync(descriptor, "utf8"), openToOthers: (stats.mode & 0o077) !== 0 };
    } catch (cause) {
      return withoutContent(path, cause);
    } finally {
      if (descriptor !== undefined) closeSync(descriptor);
    }
  };
}

/** The result for a login file that could not be opened or read. */
export function withoutContent(path: string, cause: unknown): ConfigurationFile {
  const code = codeOf(cause);
  if (code === "ENOENT" || code === "ENOTDIR") return { kind: "absent", path };
  const reason = code === "EACCES" || code === "EPERM" ? "it may not be read" : `it cannot be read (${code ?? "?"})`;
  return { kind: "unusable", path, reason };
}

/** Resolves the configuration. Reads the login file only if no other source has a token. */
export function loadConfiguration(input: ConfigurationInput, readFile: ConfigurationFilePort): ConfigurationResult {
  const file: ConfigurationFile = needsConfigurationFile(input) ? readFile() : { kind: "not-read" };
  return resolveConfiguration({ ...input, file });
}

function safely(home: () => string): string | undefined {
  try {
    return home();
  } catch {
    return undefined;
  }
}

import { readFileSync } from "node:fs";
import type { Project } from "./corpus";
import { isMap, type Json, mapAt } from "./json";

/**
 * Compares the content in a bundle with the files that Compose names for its configs and secrets. Returns the
 * differences.
 */
export function contentErrors({ name }: Project, bundle: Json, compose: Json): string[] {
  const errors: string[] = [];
  const configs = mapAt(bundle, "configs");
  for (const [section, prefix] of [
    ["configs", ""],
    ["secrets", "secret_"],
  ] as const) {
    for (const [key, declared] of Object.entries(mapAt(compose, section))) {
      if (!isMap(declared) || typeof declared.file !== "string") continue;
      const wanted = readFileSync(declared.file, "utf8").replaceAll("$", "$$$$");
      const { content } = mapAt(configs, prefix + key);
      if (content !== wanted) errors.push(`${name}: ${section}.${key} is ${JSON.stringify(content)}`);
    }
  }
  for (const [service, settings] of Object.entries(mapAt(compose, "services"))) {
    const mounts = mapAt(mapAt(bundle, "services"), service).configs;
    for (const secret of isMap(settings) && Array.isArray(settings.secrets) ? settings.secrets : []) {
      if (!isMap(secret) || mapAt(mapAt(compose, "secrets"), String(secret.source)).file === undefined) continue;
      const target = String(secret.target).startsWith("/") ? secret.target : `/run/secrets/${secret.target}`;
      const mounted = (Array.isArray(mounts) ? mounts : []).some(
        (mount) => isMap(mount) && mount.source === `secret_${secret.source}` && mount.target === target,
      );
      if (!mounted) errors.push(`${name}: services.${service} has no ${target}`);
    }
  }
  return errors;
}

/** An image name in its parts, as Docker reads it. */
export interface ImageName {
  /** `docker.io` where the name has no registry. */
  readonly registry: string;
  /** Registry and repository, such as `docker.io/library/busybox`. */
  readonly repository: string;
  readonly digest: string | undefined;
}

/** Reads the name of an image. */
export function readImage(image: string): ImageName {
  const [name = "", digest] = image.split("@");
  const parts = name.split("/");
  const [first = ""] = parts;
  const hasRegistry = parts.length > 1 && (/[.:]/.test(first) || first === "localhost");
  const registry = hasRegistry ? first : "docker.io";
  const rest = hasRegistry ? parts.slice(1) : parts;
  const last = rest.at(-1)?.split(":")[0] ?? "";
  const path = [...rest.slice(0, -1), last].join("/");
  const library = registry === "docker.io" && rest.length === 1 ? "library/" : "";
  return { registry, repository: `${registry}/${library}${path}`, digest };
}

/** Whether an image is named with its digest. */
export function isPinned(image: string): boolean {
  return /^sha256:[0-9a-f]{64}$/.test(readImage(image).digest ?? "");
}

/** Whether an image comes from a registry, or from a part of one such as `ghcr.io/acme`. */
export function comesFrom(image: string, registry: string): boolean {
  const wanted = registry.endsWith("/") ? registry.slice(0, -1) : registry;
  const { repository } = readImage(image);
  return repository === wanted || repository.startsWith(`${wanted}/`);
}

import { asMapping, type Mapping, mapValues } from "../text/model";

/**
 * The key of Docker Hub in a Docker configuration file. For other registries, the key is the host in the image's name.
 * Names of images on Docker Hub usually have no host.
 */
const DOCKER_HUB = "https://index.docker.io/v1/";

/** An image that a Compose model names, and its pull policy. */
export interface WantedImage {
  readonly image: string;
  /**
   * `missing`: pulls the image if the daemon does not have it. `always`: always asks the registry. `never`: does not
   * pull.
   */
  readonly policy: "missing" | "always" | "never";
}

/** Returns the images of a normalized model. An image is listed once for each pull policy. */
export function wantedImages(model: Mapping): readonly WantedImage[] {
  const wanted = new Map<string, WantedImage>();
  for (const service of Object.values(asMapping(model.services))) {
    const { image, pull_policy: policy } = asMapping(service);
    if (typeof image !== "string") continue;
    const entry = { image, policy: pullPolicy(policy) };
    wanted.set(`${entry.policy} ${image}`, entry);
  }
  return [...wanted.values()];
}

/**
 * Returns a model with which `docker compose pull` pulls only these images. With the whole model, Compose would also
 * pull images that the machine already has, if the tag is `latest` or the service has no policy. Without a network,
 * such a pull fails.
 */
export function pullModel(model: Mapping, fetch: readonly WantedImage[]): Mapping {
  const images = new Set(fetch.map(({ image }) => image));
  const services = mapValues(asMapping(model.services), (service) => {
    const { image, platform } = asMapping(service);
    if (typeof image !== "string" || !images.has(image)) return undefined;
    return { image, pull_policy: "always", ...(platform === undefined ? {} : { platform }) };
  });
  return { services };
}

/**
 * Reads a pull policy. With `daily`, `weekly` and `every_…`, Compose may ask the registry, so they count as `always`.
 */
function pullPolicy(policy: unknown): WantedImage["policy"] {
  if (policy === "never" || policy === "build") return "never";
  return policy === undefined || policy === null || policy === "" || policy === "missing" || policy === "if_not_present"
    ? "missing"
    : "always";
}

/**
 * Returns the key of an image's registry in a Docker configuration file (`auths`).
 *
 * @param image a reference such as `nginx`, `user/image:tag`, `ghcr.io/owner/image@sha256:…`, `localhost:5000/image`
 */
export function registryKey(image: string): string {
  const [first = "", ...rest] = image.split("/");
  const isHost = rest.length > 0 && (/[.:]/.test(first) || first === "localhost");
  if (!isHost || /^(index\.|registry-1\.|www\.)?docker\.io$/.test(first)) return DOCKER_HUB;
  return first;
}

/**
 * Returns a Docker configuration file with credentials for these registries. The text is secret: write the file with
 * mode 0600, and remove it after use.
 */
export function dockerConfig(
  registries: readonly string[],
  credentials: { readonly username: string; readonly password: string },
): string {
  const auth = Buffer.from(`${credentials.username}:${credentials.password}`, "utf8").toString("base64");
  return JSON.stringify({ auths: Object.fromEntries(registries.map((registry) => [registry, { auth }])) });
}

import { asMapping, type Mapping, mapValues } from "../text/model";

/** Key of Docker Hub in a docker configuration file; its images name no host. */
const DOCKER_HUB = "https://index.docker.io/v1/";

/** An image of a model, and when it is fetched. */
export interface WantedImage {
  readonly image: string;
  /** `missing`: only when the machine has not got it. `always`: the registry is asked even then. `never`: it has to be here. */
  readonly policy: "missing" | "always" | "never";
}

/** Images of a normalized model, each once for each policy. */
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
 * A model that only fetches these images. Compose's own `pull` would fetch an image anew that is here when its tag is
 * `latest` or its service says nothing, and so fail without a network.
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

/** Compose's further policies (`daily`, `weekly`, `every_…`) may ask the registry too. */
function pullPolicy(policy: unknown): WantedImage["policy"] {
  if (policy === "never" || policy === "build") return "never";
  return policy === undefined || policy === null || policy === "" || policy === "missing" || policy === "if_not_present"
    ? "missing"
    : "always";
}

/**
 * Key of an image's registry in a docker configuration file (`auths`).
 *
 * @param image a reference such as `nginx`, `user/image:tag`, `ghcr.io/owner/image@sha256:…`, `localhost:5000/image`
 */
export function registryKey(image: string): string {
  const [first = "", ...rest] = image.split("/");
  const isHost = rest.length > 0 && (/[.:]/.test(first) || first === "localhost");
  if (!isHost || /^(index\.|registry-1\.|www\.)?docker\.io$/.test(first)) return DOCKER_HUB;
  return first;
}

/** A docker configuration file that logs in to these registries. Secret: write it 0600 and remove it after use. */
export function dockerConfig(
  registries: readonly string[],
  credentials: { readonly username: string; readonly password: string },
): string {
  const auth = Buffer.from(`${credentials.username}:${credentials.password}`, "utf8").toString("base64");
  return JSON.stringify({ auths: Object.fromEntries(registries.map((registry) => [registry, { auth }])) });
}

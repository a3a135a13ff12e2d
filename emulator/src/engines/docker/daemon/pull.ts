import type { RegistryCredentials } from "../../engine";
import { composeText } from "../text/compose-text";
import type { Mapping } from "../text/model";
import type { Compose } from "./compose";
import { dockerConfig, pullModel, registryKey, type WantedImage, wantedImages } from "./images";
import { composeReasons } from "./reasons";

/** The time limit of one `docker compose pull`, in seconds. */
const PULL_LIMIT = 600;

/** The message if a pull fails and the run has credentials of ECR, which the emulator cannot use. */
const NO_ECR =
  "The credentials are of the type aws: the emulator does not speak to Amazon ECR, and asked without them.";

/** The effects that {@link pullImages} needs. Tests replace them. */
export interface PullEffects {
  readonly compose: Compose;
  readonly hasImage: (image: string) => Promise<boolean>;
  /** Writes the Docker configuration with the credential. `removeConfig` removes the configuration. */
  readonly writeConfig: (text: string) => Promise<void>;
  readonly removeConfig: () => Promise<void>;
  readonly redact: (text: string) => string;
}

/**
 * Pulls the images of a model that are not on the machine. An image with the pull policy `always` is always pulled. An
 * image with `never` is never pulled.
 *
 * A credential does not name its registry. If every pull had the credential, a run with a public image would send the
 * password of a private registry to Docker Hub. So all images are first pulled without the credential. Only if such a
 * pull fails, the registry of the image receives the credential.
 *
 * @returns why images cannot be pulled; empty if every image was pulled or needed no pull
 */
export async function pullImages(
  model: Mapping,
  credentials: RegistryCredentials | undefined,
  { compose, hasImage, writeConfig, removeConfig, redact }: PullEffects,
): Promise<readonly string[]> {
  const toFetch = async (images: readonly WantedImage[]) => {
    const isHere = await Promise.all(images.map(({ image, policy }) => policy === "missing" && hasImage(image)));
    return images.filter(({ policy }, index) => policy !== "never" && !isHere[index]);
  };
  const pull = async (images: readonly WantedImage[], ...flags: readonly string[]) => {
    const input = composeText(pullModel(model, images));
    const exit = await compose(["pull", "--quiet", ...flags], input, { withConfig: true, limitSeconds: PULL_LIMIT });
    return exit.code === 0 ? [] : composeReasons(exit.stderr, exit.code, redact);
  };

  const wanted = await toFetch(wantedImages(model));
  if (wanted.length === 0) return [];
  if (credentials?.type !== "basic") {
    const reasons = await pull(wanted);
    return reasons.length > 0 && credentials !== undefined ? [NO_ECR, ...reasons] : reasons;
  }
  const missing = wanted.filter(({ policy }) => policy === "missing");
  if (missing.length > 0) await pull(missing, "--ignore-pull-failures");
  const closed = [...(await toFetch(missing))];
  // For an image with the policy `always`, `hasImage` does not show whether the pull succeeded, because an old copy may
  // be on the machine. So each of these images is pulled alone, and the result of its pull counts.
  for (const image of wanted.filter(({ policy }) => policy === "always")) {
    const reasons = await pull([image]);
    if (reasons.length > 0) closed.push(image);
  }
  if (closed.length === 0) return [];
  try {
    await writeConfig(dockerConfig([...new Set(closed.map(({ image }) => registryKey(image)))], credentials));
    return await pull(closed);
  } finally {
    await removeConfig();
  }
}

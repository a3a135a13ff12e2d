import type { RegistryCredentials } from "../engine";
import type { ComposeExit } from "./compose";
import { composeText } from "./compose-text";
import { dockerConfig, pullModel, registryKey, type WantedImage, wantedImages } from "./images";
import type { Mapping } from "./model";
import type { Compose, Step } from "./prepare";
import { composeReasons } from "./reasons";

/** Seconds that images may take to come. */
const PULL_LIMIT = 600;

/** Said when an image could not be had without the credentials that the emulator cannot use. */
const NO_ECR =
  "The credentials are of the type aws: the emulator does not speak to Amazon ECR, and asked without them.";

/** What fetching images needs from outside. */
export interface PullEffects {
  readonly compose: Compose;
  readonly hasImage: (image: string) => Promise<boolean>;
  /** Writes the configuration that holds the credential; `removeConfig` takes it away. */
  readonly writeConfig: (text: string) => Promise<void>;
  readonly removeConfig: () => Promise<void>;
  readonly redact: (text: string) => string;
}

/**
 * Fetches the images that are not here.
 *
 * A credential names no registry. It is only shown to the registries of images that could not be had without it, so
 * that the password of a private registry does not travel to Docker Hub for the sake of a public image beside.
 */
export async function pullImages(
  model: Mapping,
  credentials: RegistryCredentials | undefined,
  effects: PullEffects,
): Promise<Step<undefined>> {
  const done: Step<undefined> = { kind: "done", value: undefined };
  const wanted = await toFetch(wantedImages(model), effects);
  if (wanted.length === 0) return done;
  const pull = (images: readonly WantedImage[], flags: readonly string[] = []) => {
    const input = composeText(pullModel(model, images));
    return effects.compose(["pull", "--quiet", ...flags], input, { withConfig: true, limitSeconds: PULL_LIMIT });
  };

  const open = await pull(wanted, credentials?.type === "basic" ? ["--ignore-pull-failures"] : []);
  if (credentials?.type !== "basic") {
    return open.code === 0 ? done : failed(open, effects, credentials === undefined ? [] : [NO_ECR]);
  }
  const closed = await toFetch(wanted, effects);
  if (closed.length === 0) return done;
  const registries = [...new Set(closed.map(({ image }) => registryKey(image)))];
  await effects.writeConfig(dockerConfig(registries, credentials));
  try {
    const exit = await pull(closed);
    return exit.code === 0 ? done : failed(exit, effects);
  } finally {
    await effects.removeConfig();
  }
}

async function toFetch(wanted: readonly WantedImage[], effects: PullEffects): Promise<readonly WantedImage[]> {
  const missing = await Promise.all(
    wanted.map(
      async ({ image, policy }) => policy === "always" || (policy === "missing" && !(await effects.hasImage(image))),
    ),
  );
  return wanted.filter((_, index) => missing[index]);
}

function failed(exit: ComposeExit, effects: PullEffects, also: readonly string[] = []): Step<undefined> {
  return { kind: "failed", reasons: [...also, ...composeReasons(exit.stderr, exit.code, effects.redact)] };
}

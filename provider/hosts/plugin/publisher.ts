/**
 * Where the package is published: the one place that names it. `repository` in package.json must be the same, which a test holds, and
 * a release is refused in any other repository. Engines and SDKs download the plugin from the releases of this repository.
 */
export const PUBLISHER = "pulumi-lyceum";

const NAME = "pulumi-lyceum";

/** Page of the repository. */
export const REPOSITORY = `https://github.com/${PUBLISHER}/${NAME}`;

/** What Pulumi's schema has about a publisher. `github://` is the form that the engine knows for assets of a release. */
export const PUBLICATION = {
  publisher: PUBLISHER,
  homepage: REPOSITORY,
  repository: REPOSITORY,
  pluginDownloadURL: `github://api.github.com/${PUBLISHER}/${NAME}`,
  logoUrl: `https://raw.githubusercontent.com/${PUBLISHER}/${NAME}/main/docs/logo.png`,
} as const;

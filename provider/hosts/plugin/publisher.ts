/**
 * The owner of the package's GitHub repository. Generated files take the repository from this file. A test compares
 * this file with `repository` in package.json. Engines and SDKs download the plugin from the releases of this
 * repository.
 */
export const PUBLISHER = "pulumi-lyceum";

const NAME = "pulumi-lyceum";

/** The web page of the repository. */
export const REPOSITORY = `https://github.com/${PUBLISHER}/${NAME}`;

/** The publisher in Pulumi's schema. With `github://`, the engine downloads the assets of a GitHub release. */
export const PUBLICATION = {
  publisher: PUBLISHER,
  homepage: REPOSITORY,
  repository: REPOSITORY,
  pluginDownloadURL: `github://api.github.com/${PUBLISHER}/${NAME}`,
  logoUrl: `https://raw.githubusercontent.com/${PUBLISHER}/${NAME}/main/docs/logo.png`,
} as const;

/** The package of the Go module that programs import. */
export const GO_PACKAGE = `github.com/${PUBLISHER}/${NAME}/sdk/go/lyceum`;

/**
 * The namespace of the SDK for .NET, and the beginning of its package's name. The generator's default is `Pulumi.`, but
 * NuGet reserves names that begin with `Pulumi.` for Pulumi.
 */
export const DOTNET_NAMESPACE = "PulumiLyceum";

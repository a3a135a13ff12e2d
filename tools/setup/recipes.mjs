// @ts-check
/**
 * The programs that are built from `tools/go`. The versions here repeat the versions in the go.mod files, because the
 * CLI gets its version when it is linked. A test compares the versions.
 *
 * @typedef {object} Recipe
 * @property {string} module folder below tools/go
 * @property {string} package the Go package that is the program
 * @property {string} binary name of the file that is built
 * @property {string} version
 * @property {string} [versionVariable] Go variable that contains the version
 * @property {string} [versionPrefix] text before the version in this variable
 * @property {string} [elsewhere] how a person can install the program without building it
 */

/** @satisfies {Record<string, Recipe>} */
export const RECIPES = {
  pulumi: {
    module: "pulumi",
    package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    binary: "pulumi",
    version: "3.274.1",
    versionVariable: "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version",
    versionPrefix: "v",
  },
  oldestPulumi: {
    module: "pulumi-oldest",
    package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    binary: "pulumi",
    version: "3.206.0",
    versionVariable: "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version",
    versionPrefix: "v",
  },
  languageNode: {
    module: "pulumi-language-nodejs",
    package: "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
    binary: "pulumi-language-nodejs",
    version: "3.68.0",
  },
  languageYaml: {
    module: "pulumi-language-yaml",
    package: "github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml",
    binary: "pulumi-language-yaml",
    version: "1.25.0",
  },
  converterYaml: {
    module: "pulumi-language-yaml",
    package: "github.com/pulumi/pulumi-yaml/cmd/pulumi-converter-yaml",
    binary: "pulumi-converter-yaml",
    elsewhere: "it with `pulumi plugin install converter yaml`",
    version: "1.25.0",
  },
  codegen: {
    module: "pulumi-codegen",
    package: "pulumi-lyceum/tools/pulumi-codegen",
    binary: "pulumi-codegen",
    version: "3.274.1",
  },
  languagePython: {
    module: "pulumi-language-python",
    package: "github.com/pulumi/pulumi/sdk/v3/python/cmd/pulumi-language-python",
    binary: "pulumi-language-python",
    version: "3.68.0",
  },
  languageGo: {
    module: "pulumi-language-go",
    package: "github.com/pulumi/pulumi/sdk/v3/go/pulumi-language-go",
    binary: "pulumi-language-go",
    version: "3.66.0",
  },
  languageDotnet: {
    module: "pulumi-language-dotnet",
    package: "github.com/pulumi/pulumi-dotnet/pulumi-language-dotnet/v3",
    binary: "pulumi-language-dotnet",
    version: "3.112.1",
  },
  languageJava: {
    module: "pulumi-language-java",
    package: "github.com/pulumi/pulumi-java/pkg/cmd/pulumi-language-java",
    binary: "pulumi-language-java",
    version: "1.34.0",
  },
  dockerBuild: {
    module: "pulumi-resource-docker-build",
    package: "github.com/pulumi/pulumi-docker-build/provider/cmd/pulumi-resource-docker-build",
    binary: "pulumi-resource-docker-build",
    elsewhere: "pulumi-resource-docker-build and docker-buildx into the folder that LYCEUM_TEST_DOCKER_BUILD names",
    version: "0.0.22",
    versionVariable: "github.com/pulumi/pulumi-docker-build/provider.Version",
  },
  buildx: {
    module: "pulumi-resource-docker-build",
    package: "github.com/docker/buildx/cmd/buildx",
    binary: "docker-buildx",
    elsewhere: "pulumi-resource-docker-build and docker-buildx into the folder that LYCEUM_TEST_DOCKER_BUILD names",
    version: "0.35.0",
    versionVariable: "github.com/docker/buildx/version.Version",
    versionPrefix: "v",
  },
  newestCompose: {
    module: "compose-newest",
    package: "github.com/docker/compose/v5/cmd",
    binary: "docker-compose",
    version: "5.6.0",
    versionVariable: "github.com/docker/compose/v5/internal.Version",
    versionPrefix: "v",
  },
  compose: {
    module: "compose",
    package: "github.com/docker/compose/v2/cmd",
    binary: "docker-compose",
    elsewhere: "Docker's compose plug-in (https://docs.docker.com/compose/install)",
    version: "2.40.3",
    versionVariable: "github.com/docker/compose/v2/internal.Version",
    versionPrefix: "v",
  },
};

/** The setup that a pipeline needs for the programs of one language. */
export interface RuntimeSetup {
  /** The image of a job on GitLab. */
  readonly image: string;
  /** Steps of a job on GitHub, before Pulumi is installed. */
  readonly steps: readonly ActionStep[];
  /** Variables of a job on GitLab that move caches into the folder of the repository, where GitLab keeps them. */
  readonly caches: Readonly<Record<string, string>>;
}

/** A step of a workflow on GitHub that uses an action. */
export interface ActionStep {
  /** The action with its commit, and with its version as a comment. */
  readonly uses: string;
  readonly with: Readonly<Record<string, string>>;
}

/** The image with Node.js and the CLI. The only language host in it is the one for Node.js. */
const NODE = "pulumi/pulumi-nodejs-22:3.274.1";
/**
 * The image with every language and language host. `ci` needs Node.js, which the images of the other single languages
 * do not contain.
 */
export const EVERY_LANGUAGE = "pulumi/pulumi:3.274.1";

const SETUP_PYTHON = "actions/setup-python@5fda3b95a4ea91299a34e894583c3862153e4b97 # v7.0.0";
const SETUP_GO = "actions/setup-go@b7ad1dad31e06c5925ef5d2fc7ad053ef454303e # v7.0.0";
const SETUP_DOTNET = "actions/setup-dotnet@a98b56852c35b8e3190ac28c8c2271da59106c68 # v6.0.0";
const SETUP_JAVA = "actions/setup-java@b6effb05e454b25005698d916606bdc6ffcbf961 # v5.7.0";

/** The setup for each `runtime` of `Pulumi.yaml`. */
const RUNTIMES: Readonly<Record<string, RuntimeSetup>> = {
  nodejs: { image: NODE, steps: [], caches: {} },
  yaml: { image: EVERY_LANGUAGE, steps: [], caches: {} },
  python: {
    image: EVERY_LANGUAGE,
    steps: [{ uses: SETUP_PYTHON, with: { "python-version": '"3.13"', cache: "pip" } }],
    caches: { PIP_CACHE_DIR: ".cache/pip", POETRY_CACHE_DIR: ".cache/poetry", UV_CACHE_DIR: ".cache/uv" },
  },
  go: {
    image: EVERY_LANGUAGE,
    steps: [{ uses: SETUP_GO, with: { "go-version": "stable", "cache-dependency-path": '"**/go.sum"' } }],
    caches: { GOMODCACHE: ".cache/go/mod", GOCACHE: ".cache/go/build" },
  },
  dotnet: {
    image: EVERY_LANGUAGE,
    steps: [{ uses: SETUP_DOTNET, with: { "dotnet-version": "8.0.x" } }],
    caches: { NUGET_PACKAGES: ".cache/nuget" },
  },
  java: {
    image: EVERY_LANGUAGE,
    steps: [{ uses: SETUP_JAVA, with: { distribution: "temurin", "java-version": '"21"' } }],
    caches: { GRADLE_USER_HOME: ".cache/gradle" },
  },
};

/** The setup for a language that is not in `RUNTIMES`, such as a language that a plugin adds. */
const OTHER: RuntimeSetup = { image: EVERY_LANGUAGE, steps: [], caches: {} };

/**
 * The command that installs each tool on GitHub's machines. The images for GitLab already contain the tools.
 */
const TOOLS: Readonly<Record<string, string>> = {
  bun: "npm install --global bun",
  pnpm: "corepack enable pnpm",
  poetry: "pipx install poetry",
  uv: "pipx install uv",
  yarn: "corepack enable yarn",
};

/** The language of a project, and the package manager in its project file. */
export interface ProjectRuntime {
  readonly runtime: string;
  readonly toolchain: string;
}

/** Returns whether a pipeline knows how to set up a language. */
export function isKnownRuntime({ runtime }: Pick<ProjectRuntime, "runtime">): boolean {
  return Object.hasOwn(RUNTIMES, runtime) || Object.hasOwn(TOOLS, runtime);
}

/** Returns the setup for all projects of a repository together, with the commands that install package managers. */
export function setupFor(projects: readonly ProjectRuntime[]): RuntimeSetup & { readonly commands: readonly string[] } {
  const setups = projects.map(
    ({ runtime }) => (Object.hasOwn(RUNTIMES, runtime) ? RUNTIMES[runtime] : undefined) ?? OTHER,
  );
  const tools = projects.flatMap(({ runtime, toolchain }) =>
    [runtime, toolchain].filter((name) => Object.hasOwn(TOOLS, name)),
  );
  // If a Python project does not use pip, pip's cache folder may be missing. The action `setup-python` would then fail.
  const usesPip = projects.every(({ runtime, toolchain }) => runtime !== "python" || ["", "pip"].includes(toolchain));
  const steps = setups.flatMap((setup) => setup.steps).map((step) => (usesPip ? step : withoutCache(step)));
  return {
    image: setups.every(({ image }) => image === NODE) ? NODE : EVERY_LANGUAGE,
    steps: [...new Map(steps.map((step) => [step.uses, step])).values()].sort((one, other) =>
      one.uses < other.uses ? -1 : 1,
    ),
    caches: Object.assign({}, ...setups.map(({ caches }) => caches)),
    commands: [...new Set(tools)].sort().flatMap((name) => TOOLS[name] ?? []),
  };
}

function withoutCache({ uses, with: { cache: _cache, ...rest } }: ActionStep): ActionStep {
  return { uses, with: rest };
}

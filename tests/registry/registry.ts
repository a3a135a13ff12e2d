import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { dockerHost } from "../harness/emulator/docker";
import { NO_DOCKER, whyNotInstalled } from "../harness/needs";
import { waitUntil } from "../harness/wait";

/** The only user of the registry. */
export const USER = { username: "puller", password: "pull-canary/7f+&=%q" };

/** The user's entry, made with bcrypt at its lowest cost: `htpasswd -bnBC 5 puller PASSWORD`. */
const HTPASSWD = "puller:$2b$05$Lyceum0private0regist.UfmhYvlHwacqqCVb2XgowsYRVRIYQ5C\n";

/** Why this machine cannot have a registry. */
export function whyNoRegistry(): string | undefined {
  return NO_DOCKER ?? whyNotInstalled("Debian's docker-registry", "docker-registry", "--version");
}

/** Debian's registry on a free port of loopback, with basic auth and one image. */
export class PrivateRegistry {
  private constructor(
    private readonly process: ChildProcess,
    private readonly folder: string,
    /** The address, such as `127.0.0.1:40001`. */
    readonly host: string,
    /** The output of the registry, with one line for each request. */
    readonly log: () => string,
  ) {}

  /** Starts the registry. All its files are in `folder`. */
  static async start(folder: string): Promise<PrivateRegistry> {
    mkdirSync(folder, { recursive: true });
    const file = (name: string): string => join(folder, name);
    writeFileSync(file("htpasswd"), HTPASSWD);
    const config = {
      version: "0.1",
      log: { level: "info", accesslog: { disabled: true } },
      storage: { filesystem: { rootdirectory: file("data") } },
      http: { addr: "127.0.0.1:0", secret: "shared with nobody" },
      auth: { htpasswd: { realm: "private", path: file("htpasswd") } },
    };
    // The text is JSON, which is valid YAML.
    writeFileSync(file("config.yml"), JSON.stringify(config));
    const child = spawn("docker-registry", ["serve", file("config.yml")], {
      stdio: ["ignore", "pipe", "pipe"],
      env: {},
    });
    let outputOf = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (chunk: string) => {
        outputOf += chunk;
      });
    }
    const host = await waitUntil("the registry to listen", () => {
      if (child.exitCode !== null) throw new Error(`The registry ended with ${child.exitCode}.\n${outputOf}`);
      return /listening on (127\.0\.0\.1:\d+)/.exec(outputOf)?.[1];
    }).catch((error: unknown) => {
      child.kill("SIGKILL");
      throw error;
    });
    return new PrivateRegistry(child, folder, host, () => outputOf);
  }

  /** The image in the registry. */
  get image(): string {
    return `${this.host}/own/tool:1`;
  }

  /** Pushes the image, and then removes the image and its name from this machine. */
  push(): void {
    const tagged = docker(["tag", "busybox:stable", this.image]);
    const pushed = this.dockerAs(USER.password, ["push", "--quiet", this.image]);
    this.removeImage();
    const failed = [tagged, pushed].find(({ status }) => status !== 0);
    if (failed !== undefined) throw new Error(`The image cannot be put into the registry: ${failed.stderr}`);
  }

  /** The message with which this machine's Docker refuses to pull the image. Its wording differs between versions. */
  refusal(password?: string): string {
    const { status, stderr } = this.dockerAs(password, ["pull", "--quiet", this.image]);
    if (status === 0) throw new Error("The registry gives its image to anybody.");
    return stderr.trim();
  }

  /** Removes the image from this machine, because a run may have pulled it. */
  removeImage(): void {
    docker(["image", "rm", this.image]);
  }

  /** How many times the registry sent or confirmed the image's manifest to a client that is logged in. */
  get served(): number {
    return this.requests(/msg="authorized request".* http\.request\.method=(GET|HEAD) .*\/manifests\//);
  }

  /** How many times the registry refused a client. */
  get refused(): number {
    return this.requests(/msg="error authorizing context/);
  }

  async stop(): Promise<void> {
    this.removeImage();
    this.process.kill("SIGTERM");
    await waitUntil("the registry to end", () => this.process.exitCode !== null || this.process.signalCode !== null);
  }

  /** Runs the docker CLI with a separate configuration, which is then removed. */
  private dockerAs(password: string | undefined, args: readonly string[]) {
    const config = join(this.folder, "docker");
    mkdirSync(config, { mode: 0o700 });
    const auth = Buffer.from(`${USER.username}:${password}`).toString("base64");
    const auths = password === undefined ? {} : { [this.host]: { auth } };
    writeFileSync(join(config, "config.json"), JSON.stringify({ auths }), { mode: 0o600 });
    try {
      return docker(["--config", config, ...args]);
    } finally {
      rmSync(config, { recursive: true });
    }
  }

  private requests(pattern: RegExp): number {
    return this.log()
      .split("\n")
      .filter((line) => pattern.test(line)).length;
  }
}

function docker(args: readonly string[]) {
  return spawnSync("docker", args, { encoding: "utf8", env: { ...process.env, ...dockerHost() } });
}

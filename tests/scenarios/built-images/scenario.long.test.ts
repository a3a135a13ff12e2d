import { mkdirSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { docker, dockerHost } from "../../harness/emulator/docker";
import { startBodies, startsIn, writesIn } from "../../harness/golden/counts";
import { testScenario } from "../../harness/register";
import type { Scenario } from "../../harness/scenario";
import { hostOfProject } from "../../harness/workspace";
import { PrivateRegistry, USER, whyNoRegistry } from "../../registry/registry";

const noBuild =
  (process.env.LYCEUM_TEST_DOCKER_BUILD ?? "") === ""
    ? "LYCEUM_TEST_DOCKER_BUILD does not name the folder of pulumi-resource-docker-build"
    : undefined;

testScenario(
  "an image that docker-build builds and pushes is pulled with credentials and run, once for each source",
  {
    folder: __dirname,
    program: "../../../examples/build",
    engines: ["docker"],
    missing: whyNoRegistry() ?? noBuild,
  },
  async (scenario) => {
    const registry = await PrivateRegistry.start(`${scenario.work.base}/registry`);
    const image = `${registry.host}/team/report`;
    const env = dockerHost();
    const plugins = join(scenario.work.home, ".docker", "cli-plugins");
    mkdirSync(plugins, { recursive: true });
    symlinkSync(join(String(process.env.LYCEUM_TEST_DOCKER_BUILD), "docker-buildx"), join(plugins, "docker-buildx"));
    const config = (name: string, value: string) => scenario.pulumi.quietly(["config", "set", name, value]);
    try {
      scenario.names.numberImages();
      scenario.names.fix(registry.host, "<registry>");
      scenario.plant("registry_password", USER.password);
      await config("registry", registry.host);
      await config("registryUser", USER.username);
      await scenario.pulumi.setSecret("registryPassword", USER.password);

      // Both hosts may run at the same time, and an image is removed by its id. So each host builds its own images.
      scenario.edit("app/report.sh", (text) => `${text}# ${hostOfProject()}\n`);
      const check = { program: "npx pulumi-lyceum", fails: true } as const;
      await scenario.step("a check names the images that the run needs built", ["check", "."], check);
      // By default, docker-build starts a builder from an image. A machine without a network does not have this image.
      scenario.edit("index.ts", (text) =>
        text.replace("push: true,", 'push: true, exec: true, builder: { name: "default" },'),
      );
      // Which text is the last one in docker-build's row depends on timing.
      const built = { env, totalsOnly: true };
      const preview = await scenario.preview("the image is not known before it is built", { env });
      expect(preview.requests).toEqual([]);
      const first = await scenario.up("the image is built and pushed, and the run completes", built);
      expect(sentImage(first.requests)).toMatch(new RegExp(`^${image}:latest@sha256:[0-9a-f]{64}$`));
      expect(await scenario.pulumi.outputs()).toEqual({ rows: 3 });
      const same = await scenario.up("nothing changed", { env }, "--expect-no-changes");
      expect(writesIn(same.requests)).toEqual([]);

      removeImages(image);
      scenario.edit("index.ts", (text) => text.replace('waitFor: "completed"', '$&, triggers: ["again"]'));
      const served = registry.served;
      const again = await scenario.up("a machine that has no image pulls it with the credentials", built);
      expect(startsIn(again.requests)).toBe(1);
      expect(registry.served).toBeGreaterThan(served);

      scenario.edit("app/report.sh", (text) => text.replace("first", "second").replace("rows 3", "rows 4"));
      await scenario.preview("a changed source may change the image", { env });
      const changed = await scenario.up("another image, and one new run", built);
      expect(startsIn(changed.requests)).toBe(1);
      expect(sentImage(changed.requests)).not.toBe(sentImage(first.requests));
      expect(await scenario.pulumi.outputs()).toEqual({ rows: 4 });
      await scenario.destroy("destroy", { env });
      removeLeftPasswords(scenario);
    } finally {
      removeImages(image);
      await registry.stop();
    }
  },
);

/** The image of a start request. */
function sentImage(requests: Parameters<typeof startBodies>[0]): string {
  return /image: "?([^"\s]+)/.exec(String(startBodies(requests)[0]?.compose_file_code))?.[1] ?? "";
}

/** Removes every version of an image from the machine that built it. */
function removeImages(image: string): void {
  const ids = docker("images", "--quiet", "--no-trunc", image).split("\n");
  for (const id of ids.filter((id) => id !== "")) docker("image", "rm", "--force", id);
}

/**
 * With `exec`, docker-build 0.0.22 leaves its configuration for buildx in a temporary folder. It contains the password.
 */
function removeLeftPasswords({ work }: Scenario): void {
  for (const name of readdirSync(work.temporary).filter((name) => name.startsWith("pulumi-docker-")))
    rmSync(join(work.temporary, name), { recursive: true });
}

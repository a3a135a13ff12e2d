import { hostOfProject } from "../../harness/workspace";
import { Pipeline } from "../pipeline";

const TEXT = "services:\n  web: { build: . }\nx-lyceum-sim: { start: 0, run: 600 }\n";
const built = (registry: string, digit: string) => `${registry}/web@sha256:${digit.repeat(64)}`;

// The image is an output of another resource, and a preview cannot know it.
test.each([hostOfProject()])("what is not known at the preview is named, and excuses only itself (%s)", (host) =>
  Pipeline.run(`review-unknown-${host}`, "program", host, async (pipeline) => {
    const declare = (image: string, more: object = {}) => {
      const web = { composeFileCode: TEXT, built: { web: image }, timeout: 300, ...more };
      pipeline.write("executions.json", JSON.stringify({ web }));
    };
    const reports = ["--summary", "out/s.md", "--json", "out/s.json"];
    const preview = () => pipeline.ci("preview", "--save", "out/review.json", ...reports);
    const apply = () => pipeline.ci("apply", "--reviewed", "out/review.json", ...reports);

    declare(built("registry.example.com", "a"));
    expect(await preview()).toMatchObject({ exitCode: 0, starts: 0 });
    expect(pipeline.read("out/s.md")).toMatch(
      /\*\*Not reviewed\*\*, because they are not known before the update: web/,
    );
    expect(JSON.parse(pipeline.read("out/s.json")).notReviewed).toEqual([expect.stringMatching(/^web\b.*\bimages/)]);

    // Another value that was reviewed.
    declare(built("registry.example.com", "a"), { timeout: 500 });
    expect(await apply()).toMatchObject({ exitCode: 4, starts: 0 });
    expect(pipeline.read("out/s.md")).toContain("| web | timeout | 300 | 500 |");

    // The policy sees the image at the update, before anything starts.
    pipeline.write("lyceum-policy.yaml", "registries: [registry.example.com]\n");
    declare(built("evil.example", "a"));
    expect((await preview()).exitCode).toBe(0);
    expect(await apply()).toMatchObject({ exitCode: 1, starts: 0, output: expect.stringContaining("LYC5104") });

    // Another image, which is built in place of the one that the policy refused.
    declare(built("registry.example.com", "b"));
    expect((await preview()).exitCode).toBe(0);
    expect(await apply()).toMatchObject({ exitCode: 0, starts: 1 });
    expect(await apply()).toMatchObject({ exitCode: 0, starts: 0 });
  }),
);

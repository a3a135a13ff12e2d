import type { ComposeMapping } from "../..";
import { inlineOf } from "../testing/bundle";

const text = `services:
  web:
    image: web:1
    pre_start:
      - image: init:1
        command: ["true"]
        env_file: init.env
        volumes: ["./x.conf:/etc/x.conf:ro", "data:/data"]
        secrets: [key]
volumes: {data: {}, unused: {}}
secrets: {key: {file: key.txt}}
`;
const files = { "x.conf": "x", "init.env": "A=1\n", "key.txt": "a-secret-of-a-file" };

it("sends the files of an init container as those of a service, and keeps what only it uses", () => {
  const { bundle, diagnostics } = inlineOf(text, files);
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  const { services = {}, configs, volumes } = (bundle?.model ?? {}) as { [key: string]: ComposeMapping };
  expect((services.web as ComposeMapping).pre_start).toEqual([
    expect.objectContaining({
      environment: { A: "1" },
      volumes: [expect.objectContaining({ type: "volume", source: "data" })],
      configs: [
        { source: "file_x_conf", target: "/etc/x.conf" },
        { source: "secret_key", target: "/run/secrets/key" },
      ],
    }),
  ]);
  expect(bundle?.text).not.toContain("env_file");
  expect(Object.keys(configs ?? {}).sort()).toEqual(["file_x_conf", "secret_key"]);
  expect(Object.keys(volumes ?? {})).toEqual(["data"]);
});

it("reports a file of an init container that is missing, with its place", () => {
  const { diagnostics } = inlineOf(text, { "x.conf": "x", "key.txt": "k" });
  expect(diagnostics.filter(({ severity }) => severity === "error")).toMatchObject([
    { code: "LYC2501", path: "services.web.pre_start[0].env_file", range: { start: { line: 7 } } },
  ]);
});

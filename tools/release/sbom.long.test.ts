import { execFileSync } from "node:child_process";
import { join } from "node:path";

const root = join(__dirname, "../..");
const OF_USERS = ["picomatch", "undici", "yaml"];
/**
 * The packages in the emulator's bundle that are not production dependencies: its server, its validator, and the
 * packages that these two need.
 */
const OF_EMULATOR = [
  "@fastify/error",
  "@fastify/forwarded",
  "@fastify/proxy-addr",
  "abstract-logging",
  "ajv",
  "ajv-formats",
  "avvio",
  "fast-decode-uri-component",
  "fast-deep-equal",
  "fast-json-stringify",
  "fast-querystring",
  "fast-uri",
  "fastify",
  "fastq",
  "find-my-way",
  "ipaddr.js",
  "json-schema-traverse",
  "process-warning",
  "ret",
  "reusify",
  "rfdc",
  "safe-regex2",
  "secure-json-parse",
  "semver",
  "toad-cache",
];

/**
 * The packages for the S3 protocol. They are in a part of the bundle that is loaded only when a command uses the
 * bucket.
 */
const OF_BUCKET = [
  "@aws-sdk/checksums",
  "@aws-sdk/client-s3",
  "@aws-sdk/core",
  "@aws-sdk/credential-provider-env",
  "@aws-sdk/credential-provider-http",
  "@aws-sdk/credential-provider-ini",
  "@aws-sdk/credential-provider-login",
  "@aws-sdk/credential-provider-node",
  "@aws-sdk/credential-provider-process",
  "@aws-sdk/credential-provider-sso",
  "@aws-sdk/credential-provider-web-identity",
  "@aws-sdk/middleware-sdk-s3",
  "@aws-sdk/nested-clients",
  "@aws-sdk/signature-v4-multi-region",
  "@aws-sdk/token-providers",
  "@aws-sdk/xml-builder",
  "@aws/lambda-invoke-store",
  "@smithy/core",
  "@smithy/credential-provider-imds",
  "@smithy/node-http-handler",
  "@smithy/signature-v4",
  "@smithy/types",
  "bowser",
];

interface Sbom {
  readonly bomFormat: string;
  readonly specVersion: string;
  readonly components: readonly { readonly name: string; readonly version: string; readonly purl: string }[];
}

test("the list of what users get is a CycloneDX document that names each package", () => {
  const output = execFileSync(process.execPath, ["tools/release/sbom.mjs"], { cwd: root, encoding: "utf8" });
  const { bomFormat, specVersion, components } = JSON.parse(output) as Sbom;
  expect(bomFormat).toBe("CycloneDX");
  expect(specVersion).toMatch(/^1\.[5-9]$/);
  // Every new package must be added to these lists by hand, because users should know about it.
  const names = [...OF_USERS, ...OF_EMULATOR, ...OF_BUCKET].sort();
  expect(components.map(({ name }) => name).sort()).toEqual(names);
  for (const { version, purl } of components) {
    expect(purl).toMatch(/^pkg:npm\/\S+@\S+$/);
    expect(purl).toContain(`@${encodeURIComponent(version)}`);
  }
});

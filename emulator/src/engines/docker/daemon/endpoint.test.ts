import { endpointOf, endpointOfContext, tlsOf } from "./endpoint";

const dial = ["docker", "system", "dial-stdio"];
const ssh = (...words: readonly string[]) => ({
  kind: "ssh",
  words: ["-o", "ConnectTimeout=30", "-T", ...words, ...dial],
});

test.each<[string, object]>([
  ["unix:///run/user/1000/podman/podman.sock", { kind: "unix", path: "/run/user/1000/podman/podman.sock" }],
  ["tcp://build:2375", { kind: "tcp", host: "build", port: 2375, tls: undefined }],
  ["tcp://build", { kind: "tcp", host: "build", port: 2375, tls: undefined }],
  ["http://[::1]:1", { kind: "tcp", host: "::1", port: 1, tls: undefined }],
  ["ssh://build", ssh("--", "build")],
  ["ssh://me@build:2222", ssh("-l", "me", "-p", "2222", "--", "build")],
])("%s is an address", (host, endpoint) => {
  expect(endpointOf(host)).toEqual(endpoint);
});

test.each([
  ["npipe:////./pipe/docker", "is not valid"],
  ["unix://relative", "is not valid"],
  ["nonsense", "is not valid"],
  ["ssh://-oProxyCommand=x", "is not valid"],
  ["ssh://build/path", "must have no path"],
])("%s is refused", (host, reason) => {
  expect(() => endpointOf(host)).toThrow(reason);
});

const context = (more: object, host = "tcp://build:2376") =>
  JSON.stringify([{ Endpoints: { docker: { Host: host, ...more } }, Storage: { TLSPath: "/tls/x" }, ...more }]);

test.each<[string, string, object]>([
  ["without TLS", context({}), { kind: "tcp", tls: undefined }],
  [
    "with the files of a context",
    context({ TLSMaterial: { docker: ["ca.pem", "cert.pem", "key.pem"] } }),
    { tls: { verify: true, ca: "/tls/x/docker/ca.pem", cert: "/tls/x/docker/cert.pem", key: "/tls/x/docker/key.pem" } },
  ],
  [
    "with a context that accepts any certificate",
    context({ SkipTLSVerify: true, TLSMaterial: { docker: ["ca.pem"] } }),
    { tls: { verify: false } },
  ],
  [
    "without the file of an authority, which the system's authorities replace",
    context({ TLSMaterial: { docker: ["cert.pem", "key.pem"] } }),
    { tls: { verify: true, ca: undefined, cert: "/tls/x/docker/cert.pem" } },
  ],
  ["of a socket", context({}, "unix:///a.sock"), { kind: "unix", path: "/a.sock" }],
])("a context %s", (_title, answer, endpoint) => {
  expect(endpointOfContext(answer, {})).toMatchObject(endpoint);
});

test("a context without a daemon is an error", () => {
  expect(() => endpointOfContext(context({}, ""), {})).toThrow("names no daemon");
});

const files = (verify: boolean, folder: string) => ({
  verify,
  ca: `${folder}/ca.pem`,
  cert: `${folder}/cert.pem`,
  key: `${folder}/key.pem`,
});

test.each<[NodeJS.ProcessEnv, object | undefined]>([
  [{}, undefined],
  [{ DOCKER_CERT_PATH: "/c" }, undefined],
  [{ DOCKER_CERT_PATH: "/c", DOCKER_TLS_VERIFY: "1" }, files(true, "/c")],
  [{ DOCKER_CERT_PATH: "/c", DOCKER_CONFIG: "/d", DOCKER_TLS: "1" }, files(false, "/c")],
  [{ DOCKER_CONFIG: "/d", DOCKER_TLS_VERIFY: "1" }, files(true, "/d")],
  [{ DOCKER_TLS_VERIFY: "1" }, files(true, "/home/me/.docker")],
])("the TLS of %j", (environment, expected) => {
  expect(tlsOf(environment, "/home/me")).toEqual(expected);
});

test("with the files of TLS, the port of a daemon is another one", () => {
  const tls = { verify: true, ca: "a", cert: undefined, key: undefined };
  expect(endpointOf("tcp://build", tls)).toEqual({ kind: "tcp", host: "build", port: 2376, tls });
  expect(endpointOf("tcp://build:1", tls)).toMatchObject({ port: 1 });
});

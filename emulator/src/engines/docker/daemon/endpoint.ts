import { homedir } from "node:os";
import { join } from "node:path";
import { asMapping, isMapping } from "../text/model";

/** The address of a Docker daemon. */
export type Endpoint =
  | { readonly kind: "unix"; readonly path: string }
  | { readonly kind: "tcp"; readonly host: string; readonly port: number; readonly tls: TlsFiles | undefined }
  | { readonly kind: "ssh"; readonly words: readonly string[] };

/** The files of a TLS connection. Files that do not exist are not used, as in the docker CLI. */
export interface TlsFiles {
  /**
   * Whether the certificate of the daemon is checked: with `ca` if there is one, otherwise with the authorities of the
   * system.
   */
  readonly verify: boolean;
  readonly ca: string | undefined;
  readonly cert: string | undefined;
  readonly key: string | undefined;
}

/** The address that `docker` uses if no other address is set. */
export const USUAL_HOST = "unix:///var/run/docker.sock";

/**
 * Returns the address in a text such as `tcp://machine:2376`.
 * @throws if the text is not an address that the emulator can use
 */
export function endpointOf(host: string, tls?: TlsFiles): Endpoint {
  if (host.startsWith("unix:///")) return { kind: "unix", path: host.slice("unix://".length) };
  if (!/^(tcp|https?|ssh):\/\//.test(host)) throw new Error(`the address of the Docker daemon, ${host}, is not valid`);
  const { protocol, hostname, port, username, pathname } = new URL(host.replace(/^tcp:/, "http:"));
  if (protocol !== "ssh:") {
    const name = hostname.replace(/^\[|\]$/g, "") || "127.0.0.1";
    return { kind: "tcp", host: name, port: Number(port) || (tls === undefined ? 2375 : 2376), tls };
  }
  if (pathname.length > 1) throw new Error(`the address of the Docker daemon, ${host}, must have no path`);
  // A host name must not begin with a hyphen, so that no version of ssh reads it as an option.
  if (!/^[\w.[\]:][\w.[\]:-]*$/.test(hostname)) throw new Error(`the host name in ${host} is not valid`);
  const options = [
    ...(username === "" ? [] : ["-l", decodeURIComponent(username)]),
    ...(port === "" ? [] : ["-p", port]),
  ];
  const command = ["docker", "system", "dial-stdio"];
  return { kind: "ssh", words: ["-o", "ConnectTimeout=30", "-T", ...options, "--", hostname, ...command] };
}

/**
 * Returns the address in the answer of `docker context inspect`.
 * @throws if the answer names no address
 */
export function endpointOfContext(answer: string, environment: NodeJS.ProcessEnv): Endpoint {
  const [context]: readonly unknown[] = JSON.parse(answer);
  const { Endpoints: endpoints, TLSMaterial: material, Storage: storage } = asMapping(context);
  const { Host: host, SkipTLSVerify: skips } = asMapping(asMapping(endpoints).docker);
  if (typeof host !== "string" || host === "") throw new Error("docker's context names no daemon");
  const files = asMapping(material).docker;
  const folder = String(asMapping(storage).TLSPath);
  if (Array.isArray(files) || isMapping(files)) {
    const names: readonly unknown[] = Array.isArray(files) ? files : Object.keys(files);
    const fileOf = (name: string) => (names.includes(name) ? join(folder, "docker", name) : undefined);
    const [ca, cert, key] = [fileOf("ca.pem"), fileOf("cert.pem"), fileOf("key.pem")];
    return endpointOf(host, { verify: skips !== true, ca, cert, key });
  }
  return endpointOf(host, tlsOf(environment));
}

/**
 * Returns the paths of the files for a TLS connection to the daemon, from the environment variables of docker. If
 * DOCKER_CERT_PATH is not set, docker uses the folder of its configuration. Returns undefined if the variables do not
 * ask for TLS.
 */
export function tlsOf(environment: NodeJS.ProcessEnv, home = homedir()): TlsFiles | undefined {
  const { DOCKER_CERT_PATH, DOCKER_CONFIG, DOCKER_TLS_VERIFY = "", DOCKER_TLS = "" } = environment;
  if (DOCKER_TLS_VERIFY === "" && DOCKER_TLS === "") return undefined;
  const folder = DOCKER_CERT_PATH || DOCKER_CONFIG || join(home, ".docker");
  const [ca, cert, key] = [join(folder, "ca.pem"), join(folder, "cert.pem"), join(folder, "key.pem")];
  return { verify: DOCKER_TLS_VERIFY !== "", ca, cert, key };
}

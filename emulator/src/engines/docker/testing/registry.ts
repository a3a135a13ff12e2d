import { createHash } from "node:crypto";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { gzipSync } from "node:zlib";
import type { DockerApi } from "../daemon/docker-api";
import { IMAGE } from "./live";

const digestOf = (bytes: Buffer | string) => `sha256:${createHash("sha256").update(bytes).digest("hex")}`;

/** A private registry on loopback that holds one image and shows it to one user. */
export interface Registry {
  /** Such as `127.0.0.1:40001`. */
  readonly host: string;
  /** `Authorization` headers that came, each once. */
  readonly authorizations: ReadonlySet<string>;
  close(): Promise<void>;
}

/** Serves `<host>/own/tool:1`, made of the programs of the image that is here. */
export async function privateRegistry(docker: DockerApi, username: string, password: string): Promise<Registry> {
  const layer = await programs(docker);
  const packed = gzipSync(layer);
  const rootfs = { type: "layers", diff_ids: [digestOf(layer)] };
  const image = await docker.call<{ Architecture: string }>("GET", `/images/${IMAGE}/json`);
  const config = JSON.stringify({ architecture: image.Architecture, os: "linux", config: {}, rootfs, history: [] });
  const prefix = "application/vnd.docker";
  const type = `${prefix}.distribution.manifest.v2+json`;
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: type,
    config: { mediaType: `${prefix}.container.image.v1+json`, size: config.length, digest: digestOf(config) },
    layers: [{ mediaType: `${prefix}.image.rootfs.diff.tar.gzip`, size: packed.length, digest: digestOf(packed) }],
  });
  const blobs = new Map<string, Buffer>([config, packed].map((blob) => [digestOf(blob), Buffer.from(blob)]));
  const wanted = `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
  const authorizations = new Set<string>();

  const server = createServer((request, response) => {
    const { authorization, method, url = "" } = { ...request.headers, ...{ method: request.method, url: request.url } };
    if (authorization !== undefined) authorizations.add(authorization);
    if (authorization !== wanted) {
      response.setHeader("WWW-Authenticate", 'Basic realm="private"');
      return send(
        response,
        401,
        "application/json",
        `{"errors":[{"code":"UNAUTHORIZED","message":"who are you"}]}`,
        method,
      );
    }
    const name = url.split("/").at(-1) ?? "";
    if (url === "/v2/") return send(response, 200, "application/json", "{}", method);
    if (url.startsWith("/v2/own/tool/manifests/")) return send(response, 200, type, manifest, method);
    const blob = blobs.get(name);
    if (blob !== undefined) return send(response, 200, "application/octet-stream", blob, method);
    return send(response, 404, "application/json", `{"errors":[{"code":"MANIFEST_UNKNOWN"}]}`, method);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { host: `127.0.0.1:${(server.address() as AddressInfo).port}`, authorizations, close };
}

function send(response: ServerResponse, status: number, type: string, body: string | Buffer, method?: string): void {
  response.setHeader("Content-Type", type);
  response.setHeader("Docker-Distribution-Api-Version", "registry/2.0");
  response.setHeader("Docker-Content-Digest", digestOf(body));
  response.setHeader("Content-Length", Buffer.byteLength(body));
  response.writeHead(status).end(method === "HEAD" ? undefined : body);
}

/** The folder `/bin` of the image, as a tar. */
async function programs(docker: DockerApi): Promise<Buffer> {
  const { Id: id } = await docker.call<{ Id: string }>("POST", "/containers/create", {}, { Image: IMAGE });
  try {
    return await buffer(await docker.stream("GET", `/containers/${id}/archive`, { query: { path: "/bin" } }));
  } finally {
    await docker.call("DELETE", `/containers/${id}`, { v: true });
  }
}

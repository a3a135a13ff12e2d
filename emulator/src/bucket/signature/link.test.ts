import { downloadLink } from "./link";
import { verify } from "./verify";

const credentials = { accessKey: "LOCAL1", secretKey: "secret", sessionToken: "token", expiresAt: 9_000_000 };
const parts = { host: "127.0.0.1:4010", bucket: "b", region: "us-east-1", now: 3_600_000, seconds: 60 };

test.each([
  ["a", "a"],
  ["out/größe 1.txt", "gr%C3%B6%C3%9Fe%201.txt"],
  ["out/", ""],
])("a link to %s is valid, and names the file to store", (key, name) => {
  const url = downloadLink({ ...parts, key }, credentials);
  const headers = { host: parts.host };
  const check = (now: number, changed = url) =>
    verify({ method: "GET", url: changed, headers }, { now, region: parts.region, find: () => credentials });
  expect(check(parts.now + 60_000).payload).toBe("UNSIGNED-PAYLOAD");
  expect(() => check(parts.now + 60_001)).toThrow(expect.objectContaining({ code: "AccessDenied" }));
  expect(() => check(parts.now, url.replace("/b/", "/c/"))).toThrow(
    expect.objectContaining({ code: "SignatureDoesNotMatch" }),
  );
  const { searchParams, pathname } = new URL(url, `http://${parts.host}`);
  expect(decodeURIComponent(pathname)).toBe(`/b/${key}`);
  expect(searchParams.get("response-content-disposition")).toBe(`attachment; filename*=UTF-8''${name}`);
});

import { S3Error } from "../errors";
import { decodeChunks } from "../protocol/chunked";
import { isSigned, type SignedRequest, verify } from "./verify";

// The examples in Amazon's documentation of signature v4, with their signatures.
const credentials = {
  accessKey: "AKIAIOSFODNN7EXAMPLE",
  secretKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
  sessionToken: "",
  expiresAt: Date.UTC(2014, 0, 1),
};
const context = {
  now: Date.UTC(2013, 4, 24),
  region: "us-east-1",
  find: (key: string) => (key === credentials.accessKey ? credentials : undefined),
};
const EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

function request(method: string, url: string, headers: Record<string, string>, signature: string): SignedRequest {
  const all = { host: "examplebucket.s3.amazonaws.com", ...headers };
  const names = Object.keys(all).sort().join(";");
  const credential = `${credentials.accessKey}/20130524/us-east-1/s3/aws4_request`;
  const authorization = `AWS4-HMAC-SHA256 Credential=${credential},SignedHeaders=${names},Signature=${signature}`;
  return { method, url, headers: { ...all, authorization } };
}

const get = request(
  "GET",
  "/test.txt",
  { range: "bytes=0-9", "x-amz-content-sha256": EMPTY, "x-amz-date": "20130524T000000Z" },
  "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
);
const put = request(
  "PUT",
  "/test$file.text",
  {
    date: "Fri, 24 May 2013 00:00:00 GMT",
    "x-amz-content-sha256": "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072",
    "x-amz-date": "20130524T000000Z",
    "x-amz-storage-class": "REDUCED_REDUNDANCY",
  },
  "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd",
);
const list = request(
  "GET",
  "/?prefix=J&max-keys=2",
  { "x-amz-content-sha256": EMPTY, "x-amz-date": "20130524T000000Z" },
  "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
);
const location = request(
  "GET",
  "/?lifecycle",
  { "x-amz-content-sha256": EMPTY, "x-amz-date": "20130524T000000Z" },
  "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543",
);
const link: SignedRequest = {
  method: "GET",
  url: "/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404",
  headers: { host: "examplebucket.s3.amazonaws.com" },
};

function codeOf(changed: SignedRequest, time: Partial<typeof context> = {}): string | undefined {
  try {
    verify(changed, { ...context, ...time });
    return undefined;
  } catch (error) {
    return (error as S3Error).code;
  }
}

test.each([get, put, list, location, link])("the documented signature of $method $url is valid", (documented) => {
  expect(codeOf(documented)).toBeUndefined();
});

test.each<[string, SignedRequest]>([
  ["another path", { ...get, url: "/test.txt2" }],
  ["another method", { ...get, method: "HEAD" }],
  ["another header", { ...get, headers: { ...get.headers, range: "bytes=0-10" } }],
  ["another query", { ...list, url: "/?prefix=J&max-keys=3" }],
  ["another order of the same query", { ...list, url: "/?max-keys=2&prefix=K" }],
  ["a longer link", { ...link, url: `${link.url.replace("=86400", "=86401")}` }],
])("with %s, the signature is wrong", (_what, changed) => expect(codeOf(changed)).toBe("SignatureDoesNotMatch"));

test("a header of S3 that is not signed is refused", () => {
  expect(codeOf({ ...get, headers: { ...get.headers, "x-amz-meta-x": "1" } })).toBe("AccessDenied");
});

const milliseconds = (count: number) => ({ now: context.now + count });
const minutes = (count: number) => milliseconds(count * 60_000);
const hours = (count: number) => minutes(count * 60);
const validFor = (seconds: number) => ({ ...link, url: link.url.replace("=86400", `=${seconds}`) });
const written = (from: string, to: string) => ({
  ...get,
  headers: { ...get.headers, authorization: String(get.headers.authorization).replace(from, to) },
});
test.each<[string, SignedRequest, Partial<typeof context>, string | undefined]>([
  ["a request 15 minutes ago", get, minutes(15), undefined],
  ["a request that is a moment older", get, milliseconds(15 * 60_000 + 1), "RequestTimeTooSkewed"],
  ["a request in 15 minutes", get, minutes(-15), undefined],
  ["a request that is a moment later", get, milliseconds(-15 * 60_000 - 1), "RequestTimeTooSkewed"],
  ["a link in 16 minutes", link, minutes(-16), "RequestTimeTooSkewed"],
  ["a link at its end", link, hours(24), undefined],
  ["a link after its end", link, milliseconds(24 * 3_600_000 + 1), "AccessDenied"],
  ["a link for seven days", validFor(604_800), {}, "SignatureDoesNotMatch"],
  ["a link for more than seven days", validFor(604_801), {}, "AuthorizationQueryParametersError"],
  ["a link for no time", validFor(0), {}, "AuthorizationQueryParametersError"],
  ["a link for half a second", validFor(0.5), {}, "AuthorizationQueryParametersError"],
  ["credentials that are valid for a last moment", put, { now: credentials.expiresAt - 1 }, "RequestTimeTooSkewed"],
  ["expired credentials", get, { now: credentials.expiresAt }, "ExpiredToken"],
  ["another region", get, { region: "eu" }, "AuthorizationHeaderMalformed"],
  ["unknown credentials", get, { find: () => undefined }, "InvalidAccessKeyId"],
  ["another token", get, { find: () => ({ ...credentials, sessionToken: "t" }) }, "InvalidToken"],
])("the time of a signature: %s", (_what, signed, time, code) => expect(codeOf(signed, time)).toBe(code));

test.each([
  ["no signature", {}, "AccessDenied"],
  ["another algorithm", { authorization: "AWS4-HMAC-SHA1 Credential=a" }, "AuthorizationHeaderMalformed"],
  ["nothing in it", { authorization: "AWS4-HMAC-SHA256 " }, "AuthorizationHeaderMalformed"],
  ["no hash of the body", { authorization: "AWS4-HMAC-SHA256 ", "x-amz-content-sha256": undefined }, "InvalidRequest"],
])("with %s, the request is refused", (_what, headers, code) => {
  expect(codeOf({ ...get, headers: { host: "h", "x-amz-content-sha256": EMPTY, ...headers } })).toBe(code);
});

test.each<[string, SignedRequest, string | undefined]>([
  [
    "the date of HTTP in place of its own",
    { ...put, headers: { ...put.headers, "x-amz-date": undefined } },
    "SignatureDoesNotMatch",
  ],
  ["no date", { ...get, headers: { ...get.headers, "x-amz-date": undefined } }, "AuthorizationHeaderMalformed"],
  ["another date in the credential", written("/20130524/", "/20130525/"), "AuthorizationHeaderMalformed"],
  ["another service", written("/s3/", "/ec2/"), "AuthorizationHeaderMalformed"],
  ["a credential with a further part", written("/aws4_request", "/aws4_request/x"), "AuthorizationHeaderMalformed"],
  ["the names of headers in another order", written("host;range", "range;host"), "SignatureDoesNotMatch"],
  ["a name of a header twice", written("host;range", "host;host;range"), "SignatureDoesNotMatch"],
  ["spaces between its fields", written(",SignedHeaders", " , SignedHeaders"), undefined],
])("a request with %s", (_what, changed, code) => expect(codeOf(changed)).toBe(code));

test.each([
  ["a bearer token", "/v2/a", { authorization: "Bearer lk_x" }, false],
  ["a signature in its header", "/", { authorization: "AWS4-HMAC-SHA256 Credential=a" }, true],
  ["a signature of version 2", "/", { authorization: "AWS a:b" }, true],
  ["a signature in its query", "/a?b=c&X-Amz-Signature=d", {}, true],
  ["an algorithm in its query", "/a?X-Amz-Algorithm=d", {}, true],
  ["neither", "/a?X-Amz-Date=d", {}, false],
])("whether a request is for S3: %s", (_what, url, headers, expected) =>
  expect(isSigned({ url, headers })).toBe(expected),
);

describe("the documented body in signed chunks", () => {
  const seed = request(
    "PUT",
    "/examplebucket/chunkObject.txt",
    {
      "content-encoding": "aws-chunked",
      "content-length": "66824",
      host: "s3.amazonaws.com",
      "x-amz-content-sha256": "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
      "x-amz-date": "20130524T000000Z",
      "x-amz-decoded-content-length": "66560",
      "x-amz-storage-class": "REDUCED_REDUNDANCY",
    },
    "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9",
  );
  const body = Buffer.from(
    [
      `10000;chunk-signature=ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648\r\n${"a".repeat(65_536)}\r\n`,
      `400;chunk-signature=0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497\r\n${"a".repeat(1024)}\r\n`,
      "0;chunk-signature=b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9\r\n\r\n",
    ].join(""),
  );

  async function decoded(bytes: Buffer, size: number): Promise<string> {
    const valid = verify(seed, context);
    async function* pieces() {
      for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
    }
    let text = "";
    for await (const piece of decodeChunks(pieces(), { valid, isSigned: true, hasTrailer: false })) text += piece;
    return text;
  }

  test.each([1, 3, 4096, 70_000])("is decoded from pieces of %i bytes", async (size) => {
    expect(await decoded(body, size)).toBe("a".repeat(66_560));
  });

  test.each([
    ["a changed byte", (text: string) => text.replace("aaa", "aba"), "SignatureDoesNotMatch"],
    ["no last chunk", (text: string) => text.slice(0, text.lastIndexOf("0;")), "IncompleteBody"],
    ["bytes after the end", (text: string) => `${text}x\r\n`, "IncompleteBody"],
    ["a length that is no number", (text: string) => text.replace("400;", "zz;"), "IncompleteBody"],
    ["an endless head", (text: string) => "1".repeat(40_000) + text, "IncompleteBody"],
  ])("with %s, it is refused", async (_what, change, code) => {
    const changed = Buffer.from(change(body.toString()));
    await expect(decoded(changed, 1000)).rejects.toMatchObject({ code });
    await expect(decoded(changed, 1000)).rejects.toBeInstanceOf(S3Error);
  });
});

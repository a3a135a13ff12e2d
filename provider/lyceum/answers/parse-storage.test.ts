import { parseStorageCredentials as parse } from "./parse-storage";

const parseStorageCredentials = (body: unknown, apiKey = "lk_0") => parse(body, apiKey);

const GIVEN = {
  access_key: "key",
  secret_key: "secret",
  session_token: "token",
  endpoint: "s3.example.org",
  bucket_name: "acc-1",
};

test("an endpoint without a scheme is an https address, and a missing region is us-east-1", () => {
  expect(parseStorageCredentials({ ...GIVEN, more: 1 })).toEqual({
    accessKey: "key",
    secretKey: "secret",
    sessionToken: "token",
    endpoint: "https://s3.example.org/",
    bucket: "acc-1",
    region: "us-east-1",
  });
  expect(parseStorageCredentials({ ...GIVEN, region: "eu-north-1" })?.region).toBe("eu-north-1");
  expect(parseStorageCredentials({ ...GIVEN, region: null })?.region).toBe("us-east-1");
  expect(parseStorageCredentials({ ...GIVEN, access_key: " key\n" })?.accessKey).toBe("key");
});

test.each([
  ["https://s3.example.org:9000/path", "https://s3.example.org:9000/path"],
  ["http://127.0.0.1:9000", "http://127.0.0.1:9000/"],
  ["http://localhost:9000", "http://localhost:9000/"],
  // With plain http, anybody on the network could read the credentials.
  ["http://s3.example.org", undefined],
  ["ftp://s3.example.org", undefined],
  ["not a host", undefined],
])("the endpoint %s is %s", (endpoint, expected) => {
  expect(parseStorageCredentials({ ...GIVEN, endpoint })?.endpoint).toBe(expected);
});

test("plain http to a container is allowed for the key of an emulator only", () => {
  const answer = { ...GIVEN, endpoint: "http://emulator:4010" };
  expect(parseStorageCredentials(answer)).toBeUndefined();
  expect(parseStorageCredentials(answer, "lk_local_1")?.endpoint).toBe("http://emulator:4010/");
  expect(parseStorageCredentials({ ...GIVEN, endpoint: "ftp://emulator" }, "lk_local_1")).toBeUndefined();
});

test.each(Object.keys(GIVEN))("an answer without %s is not readable", (key) => {
  expect(parseStorageCredentials({ ...GIVEN, [key]: undefined })).toBeUndefined();
  expect(parseStorageCredentials({ ...GIVEN, [key]: " " })).toBeUndefined();
});

test.each([[undefined], ["text"], [[]]])("%j is not readable", (body) => {
  expect(parseStorageCredentials(body)).toBeUndefined();
});

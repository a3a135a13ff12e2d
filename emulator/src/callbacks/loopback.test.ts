import { readCallback } from "./callbacks";

test.each([
  "http://127.0.0.1:4000/done",
  "https://localhost/x?token=y",
  "http://[::1]:1/",
  "http://127.9.8.7/",
  "http://2130706433/",
  "HTTP://LOCALHOST/",
])("%s is this machine and is called", (text) => {
  expect(readCallback(text)).toEqual({ kind: "call", url: new URL(text) });
});

test.each([
  ["https://hooks.example.com/s3cret", "https://hooks.example.com", "only this machine is called"],
  ["http://10.0.0.1/", "http://10.0.0.1", "only this machine is called"],
  ["http://0.0.0.0/", "http://0.0.0.0", "only this machine is called"],
  ["http://localhost.example.com/", "http://localhost.example.com", "only this machine is called"],
  ["http://127.0.0.1.example.com/", "http://127.0.0.1.example.com", "only this machine is called"],
  ["http://[::ffff:10.0.0.1]/", "http://[::ffff:a00:1]", "only this machine is called"],
  ["http://s3cret:s3cret@localhost/", "http://localhost", "a URL with a user name or password is not called"],
  ["file:///etc/s3cret", "file:", "only http and https are called"],
  ["s3cret", "a callback", "it is not a valid URL"],
])("%s is not called, and only its origin is shown", (text, shown, reason) => {
  expect(readCallback(text)).toEqual({ kind: "leave", shown, reason });
});

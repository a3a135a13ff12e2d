import { judgeCompose } from "..";
import { two } from "../testing/fixture";

const told = (first: string, second: string) =>
  judgeCompose(two(first, second)).diagnostics.map(({ code, message }) => `${code} ${message}`);

test.each([
  ["ports: ['80:1']", "ports: ['80:2']"],
  ["ports: ['127.0.0.1:80:1']", "ports: ['0.0.0.0:80:2']"],
  ["ports: ['[::]:80:1']", "ports: ['127.0.0.1:80:2']"],
  ["ports: ['127.0.0.1:80:1']", "ports: ['127.0.0.1:80:2']"],
  ["ports: [{target: 1, published: 80}]", "ports: [{target: 2, published: '80'}]"],
  ["ports: ['79-81:1-3']", "ports: [{target: 2, published: '80', protocol: tcp}]"],
  ["ports: ['80:1/UDP']", "ports: [{target: 2, published: '80', protocol: udp}]"],
])("two services publish one port: %s and %s", (first, second) => {
  expect(told(first, second)).toEqual(["LYC2211 services.b.ports[0] publishes port 80, which services.a publishes"]);
});

test.each([
  ["ports: ['127.0.0.1:80:1']", "ports: ['127.0.0.2:80:2']"],
  ["ports: ['80:1/udp']", "ports: ['80:2/']"],
  ["ports: ['80:1'], profiles: [p]", "ports: ['80:2']"],
  ["ports: ['80:1']", "ports: ['80:2'], profiles: [p]"],
  // Any free port of the range is taken.
  ["ports: ['80-90:1']", "ports: ['80:2']"],
  ["ports: [{target: 1, published: 80-90}]", "ports: ['80:2']"],
  ["ports: ['80:1', '127.0.0.1:80:1']", "tty: true"],
  ["ports: [80]", "ports: ['80']"],
])("two services get along: %s and %s", (first, second) => expect(told(first, second)).toEqual([]));

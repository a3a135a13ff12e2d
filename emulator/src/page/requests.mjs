// @ts-check
import { byId, element, keyed, setText, visible } from "./elements.mjs";
import { timeOf } from "./runs.mjs";

/**
 * Shows the latest requests of clients; the page's own are not among them.
 * @param {import("../server/page-types").PageView["requests"]} requests
 */
export function showRequests(requests) {
  keyed(
    byId("requests"),
    requests,
    ({ index }) => String(index),
    () => element("tr", "", element("td", ""), element("td", "created"), element("td", "number"), element("td", "")),
    (row, { method, path, at, status, fault }) => {
      const texts = [`${method} ${visible(path)}`, timeOf(at), status === null ? "none" : String(status), fault ?? ""];
      for (const [column, text] of texts.entries()) {
        const cell = row.children[column];
        if (cell !== undefined) setText(cell, text);
      }
    },
  );
}

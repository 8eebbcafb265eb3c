/** A small server of CalDAV on this machine, with a calendar at any address; whoever asks is let in. */

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

let started: Promise<string> | undefined;

/** The address of a calendar of its, or of one that takes nothing away; it starts once for all checks of a worker, and ends with them. */
export async function calendarServer(calendar: "pia" | "kept" = "pia"): Promise<string> {
  started ??= start();
  return `${await started}/${calendar}/`;
}

const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

function start() {
  const resources = new Map<string, string>();
  const answer = (path: string, property: string) =>
    `<response><href>${path}</href><propstat><prop>${property}</prop><status>HTTP/1.1 200 OK</status></propstat></response>`;
  const many = (inner: string) =>
    `<multistatus xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">${inner}</multistatus>`;
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) {
      parts.push(part);
    }
    const body = Buffer.concat(parts).toString();
    const path = request.url ?? "/";
    const isOf = (other: string) => other.startsWith(path) && other !== path;
    switch (request.method) {
      case "PROPFIND": {
        const itself = answer(
          path,
          "<displayname>Visits</displayname><resourcetype><collection/><C:calendar/></resourcetype>",
        );
        const inner = [...resources.keys()].filter(isOf);
        response
          .writeHead(207)
          .end(
            many(
              request.headers.depth === "0"
                ? itself
                : inner.map((name) => answer(name, '<getetag>"1"</getetag><resourcetype/>')).join(""),
            ),
          );
        return;
      }
      case "REPORT": {
        // What is asked for by its name, or everything there.
        const isAll = body.includes("calendar-query");
        const asked = [...resources].filter(([name]) => isOf(name) && (isAll || body.includes(name)));
        const told = asked.map(([name, text]) =>
          answer(name, `<getetag>"1"</getetag><C:calendar-data>${escaped(text)}</C:calendar-data>`),
        );
        response.writeHead(207).end(many(told.join("")));
        return;
      }
      case "PUT":
        resources.set(path, body);
        response.writeHead(201).end();
        return;
      case "DELETE":
        if (path.startsWith("/kept/")) {
          // Somewhere nothing can be taken away.
          response.writeHead(503).end();
          return;
        }
        resources.delete(path);
        response.writeHead(204).end();
        return;
      default:
        response.writeHead(405).end();
    }
  });
  return new Promise<string>((listening) => {
    server.listen(0, "127.0.0.1", () => {
      // It keeps nobody from ending.
      server.unref();
      const { port } = server.address() as AddressInfo;
      listening(`http://127.0.0.1:${port}`);
    });
  });
}

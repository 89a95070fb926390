// Node's clients against the server at the URL in the arguments: fetch, http, http2 and, where there is one, WebSocket.
import assert from "node:assert/strict";
import http from "node:http";
import http2 from "node:http2";
import { once } from "node:events";

const base = process.argv[2];

assert.equal(await (await fetch(base + "/hello")).text(), "hello");
const body = "x".repeat(300_000);
assert.equal(await (await fetch(base + "/echo", { method: "POST", body })).text(), body);
assert.equal((await fetch(base + "/nothing")).status, 404);

let size = 0;
for await (const piece of (await fetch(base + "/stream?chunks=20&size=1000&ms=5")).body) size += piece.length;
assert.equal(size, 20_000);

const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
const ports = new Set();
for (let i = 0; i < 5; i++) {
  const request = http.request(base + "/count", { method: "POST", agent });
  request.write("a".repeat(i * 1000)); // chunked
  request.end("b");
  const [answer] = await once(request, "response");
  ports.add(answer.socket.localPort);
  let text = "";
  for await (const piece of answer) text += piece;
  assert.equal(text, String(i * 1000 + 1));
}
assert.equal(ports.size, 1, "the connection is kept");
agent.destroy();

const asking = http.request(base + "/echo", { method: "POST", headers: { Expect: "100-continue", "Content-Length": 5 } });
asking.flushHeaders();
await once(asking, "continue");
asking.end("hello");
const [continued] = await once(asking, "response");
assert.equal(continued.statusCode, 200);
continued.resume();

const leaving = new AbortController();
const events = await fetch(base + "/sse?ms=10", { signal: leaving.signal });
let seen = "";
for await (const piece of events.body) {
  seen += Buffer.from(piece).toString();
  if (seen.includes("data: 3")) break;
}
leaving.abort();

const session = http2.connect(base);
const answers = Array.from({ length: 50 }, async (_, i) => {
  const stream = session.request({ ":path": "/echo", ":method": "POST" });
  stream.end(String(i).repeat(40_000));
  let text = "";
  stream.setEncoding("utf8");
  for await (const piece of stream) text += piece;
  return text;
});
(await Promise.all(answers)).forEach((text, i) => assert.equal(text, String(i).repeat(40_000)));
session.close();
await once(session, "close");

if (globalThis.WebSocket) {
  const socket = new WebSocket(base.replace("http", "ws") + "/ws");
  await once(socket, "open");
  socket.send("hello");
  const [message] = await once(socket, "message");
  assert.equal(message.data, "hello");
  socket.close();
  await once(socket, "close");
}
console.log("done");
process.exit(0);

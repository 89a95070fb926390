// Answers with Node's http module: server.js PORT
const http = require("http");

const text = "Hello, World!";
const headers = { "content-type": "text/plain; charset=utf-8", "content-length": text.length };

http.createServer((request, response) => {
    if (request.url === "/plaintext") {
        response.writeHead(200, headers);
        response.end(text);
    } else {
        response.writeHead(404, { "content-length": 0 });
        response.end();
    }
}).listen({ host: "127.0.0.1", port: Number(process.argv[2]), backlog: 1024 });

// Echoes on Node's sockets: echo_node.js PORT
'use strict';
const net = require('node:net');

const port = Number(process.argv[2]);
const server = net.createServer({ noDelay: true }, (socket) => {
  socket.on('error', (error) => console.error('connection lost:', error.message));
  socket.pipe(socket);
});
server.listen({ port, host: '127.0.0.1', backlog: 1024 }, () => console.log('listening', port));

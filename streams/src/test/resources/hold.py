"""Opens COUNT connections to PORT, keeps them, and has each one answered when a line comes in."""
import socket
import sys

port, count = int(sys.argv[1]), int(sys.argv[2])
connections = []
for i in range(count):
    connections.append(socket.create_connection(("127.0.0.1", port)))
print("open", flush=True)
sys.stdin.readline()
for connection in connections:
    connection.sendall(b"x")
answered = sum(connection.recv(1) == b"x" for connection in connections)
print("answered", answered, flush=True)

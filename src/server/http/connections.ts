import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Counts the requests on each connection. @returns a function for stopping: it closes idle connections at once and the others
 * when their requests finish. Browsers keep unused connections open, and stopping must not wait for those.
 */
export function trackConnections(server: Server): () => void {
  const inFlight = new Map<Socket, number>();
  let draining = false;
  server.on('connection', (socket) => {
    inFlight.set(socket, 0);
    socket.on('close', () => inFlight.delete(socket));
    if (draining) socket.destroy();
  });
  server.on('request', ({ socket }, response) => {
    inFlight.set(socket, (inFlight.get(socket) ?? 0) + 1);
    response.on('close', () => {
      const left = (inFlight.get(socket) ?? 1) - 1;
      if (!socket.destroyed) inFlight.set(socket, left);
      if (draining && left === 0) socket.end();
    });
  });
  return () => {
    draining = true;
    for (const [socket, requests] of inFlight) if (requests === 0) socket.destroy();
  };
}

import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Keeps count of the requests on each connection. The function it gives closes those without any, now and as they
 * finish: browsers open connections in advance and keep old ones, and a stop must wait for neither.
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

import type { FastifyInstance, FastifyRequest } from 'fastify';
import { toAddressBlock, readClientAddress } from './address.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The pattern of the matched route, such as `/api/v1/clients/:id`; empty when none matched. */
    pattern: string;
    /** The address of the client, according to the trusted proxies. */
    clientAddress: string;
    /** What counts as one address for limits. */
    addressBlock: string;
  }
}

/** The most addresses that are remembered as read. */
const capacity = 2000;

/**
 * Reads once what several hooks need of a request: Fastify makes these values anew each time they are asked for.
 * Has to be registered before the hooks that use them.
 */
export function registerFacts(app: FastifyInstance): void {
  app.decorateRequest('pattern', '');
  app.decorateRequest('clientAddress', '');
  app.decorateRequest('addressBlock', '');
  const blocks = new Map<string, string>();
  const findBlock = (address: string): string => {
    const known = blocks.get(address);
    if (known !== undefined) return known;
    if (blocks.size >= capacity) blocks.clear();
    const block = toAddressBlock(address);
    blocks.set(address, block);
    return block;
  };
  app.addHook('onRequest', (request: FastifyRequest, _reply, done) => {
    request.pattern = request.routeOptions.url ?? '';
    request.clientAddress = readClientAddress(request);
    request.addressBlock = findBlock(request.clientAddress);
    done();
  });
}

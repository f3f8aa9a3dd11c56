import net from 'node:net';
import { onTestFinished } from 'vitest';

/** The port of a server on this machine that no program of a learner or a course may reach; gone after the test. */
export async function foreignPort(): Promise<number> {
  const server = net.createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return address.port;
}

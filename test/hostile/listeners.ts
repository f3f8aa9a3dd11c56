import dgram from 'node:dgram';
import { once } from 'node:events';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

/** What a run might reach although it is not its own. Counts who comes. */
export interface Listeners {
  /** Where they listen, for the hostile program. */
  facts: {
    port: number;
    port6: number;
    udpPort: number;
    external: string;
    externalPort: number;
    abstract: string;
    unix: string;
    widePort: number;
  };
  hits(): number;
  /** True once somebody answered on `widePort` of this machine's address for others. */
  wasReached(): boolean;
  close(): void;
}

/** Listens on every kind of address that there is. */
export async function listen(): Promise<Listeners> {
  let hits = 0;
  const servers: net.Server[] = [];
  const hit = (socket: net.Socket) => {
    hits++;
    socket.on('error', () => {});
    socket.destroy();
  };
  const serve = async (options: net.ListenOptions): Promise<number> => {
    const server = net.createServer(hit);
    server.listen(options);
    await once(server, 'listening');
    servers.push(server);
    const address = server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  };
  const external = externalAddress();
  const udp = dgram.createSocket('udp4').on('message', () => hits++);
  udp.bind(0, '127.0.0.1');
  await once(udp, 'listening');
  const abstract = `hostile-${process.pid}-${Math.floor(Math.random() * 1e9)}`;
  if (process.platform === 'linux') await serve({ path: `\0${abstract}` });
  const unix = path.join(os.tmpdir(), `${abstract}.sock`);
  await serve({ path: unix, readableAll: true, writableAll: true });
  const facts = {
    port: await serve({ port: 0, host: '127.0.0.1' }),
    port6: await serve({ port: 0, host: '::1' }).catch(() => 0),
    udpPort: udp.address().port,
    external,
    externalPort: external === '' ? 0 : await serve({ port: 0, host: external }),
    abstract,
    unix,
    widePort: 20_000 + Math.floor(Math.random() * 10_000),
  };
  let reached = false;
  const knocker = setInterval(() => {
    if (external === '') return;
    const socket = net.connect(facts.widePort, external, () => {
      reached = true;
      socket.destroy();
    });
    socket.on('error', () => {});
  }, 40);
  return {
    facts,
    hits: () => hits,
    wasReached: () => reached,
    close() {
      clearInterval(knocker);
      for (const server of servers) server.close();
      udp.close();
    },
  };
}

/** An address by which other machines reach this one; empty when it has none. */
export function externalAddress(): string {
  const all = Object.values(os.networkInterfaces()).flatMap((list) => list ?? []);
  return all.find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? '';
}

import { TutorError } from '../model/error.ts';
import type { Layer, Probe } from '../model/layer.ts';
import type { Isolation, LayerName } from '../model/verdict.ts';
import { bubblewrap, probeStrict } from './layers/bubblewrap.ts';
import { guard } from './layers/guard.ts';
import { plain } from './layers/plain.ts';
import { cachedProbe } from './layers/probe-cache.ts';
import { sandboxExec } from './layers/sandbox-exec.ts';
import { unshare } from './layers/unshare.ts';
import { everyoneMayRead, isRoot } from './user.ts';

const LAYERS: Readonly<Record<LayerName, Layer>> = {
  bubblewrap,
  unshare,
  'sandbox-exec': sandboxExec,
  guard,
  none: plain,
};

const STRICT_ONLY = 'sandbox-exec is used with --isolate strict alone';

/** What may be asked for: the best there is, the best or nothing, or a layer by name. */
export type IsolationRequest = 'auto' | 'strict' | 'unshare' | 'guard' | 'none';

/** The layer of a name. */
export function layerOf(name: LayerName): Layer {
  return LAYERS[name];
}

/**
 * Picks the layer for all runs of a command.
 * @param options.cacheFolder where the answers of the probes are kept, which take longer than a short run
 * @throws TutorError exit code 2 when `strict` or `unshare` is asked for and cannot be had
 */
export async function chooseLayer(
  request: IsolationRequest,
  { cacheFolder }: { cacheFolder?: string } = {},
): Promise<Isolation> {
  if (request === 'none' || request === 'guard') return { layer: request, reason: withUser('it was asked for') };
  const probe = (layer: Parameters<typeof cachedProbe>[1]) => cachedProbe(cacheFolder, layer);
  if (request === 'unshare') {
    const found = await probe(unshare);
    if (found.available) return { layer: 'unshare', reason: withUser('it was asked for') };
    throw refusal('Isolation by unshare', found);
  }
  const strongest = process.platform === 'darwin' ? sandboxExec : bubblewrap;
  if (request === 'strict') {
    const found = await probe(strongest === bubblewrap ? { name: 'strict', probe: probeStrict } : strongest);
    if (found.available) return { layer: strongest.name, strict: true };
    throw refusal('Strict isolation', found);
  }
  const found: Probe = strongest === bubblewrap ? await probe(strongest) : { available: false, reason: STRICT_ONLY };
  if (found.available) return { layer: strongest.name };
  const reason = [found.reason, found.remedy].filter((part) => part !== undefined).join('. ');
  const layer = process.platform === 'linux' && (await probe(unshare)).available ? 'unshare' : 'guard';
  return { layer, reason: withUser(reason) };
}

function refusal(what: string, { reason, remedy }: Extract<Probe, { available: false }>): TutorError {
  return new TutorError(`${what} cannot be had here: ${reason}.`, {
    next: remedy ?? 'Use --isolate guard to accept less.',
  });
}

/** Every layer with what it stops and whether this machine lets it work, weakest first. */
export function describeLayers(): Promise<{ name: LayerName; probe: Probe; stops: Layer['stops'] }[]> {
  const layers = [plain, guard, ...(process.platform === 'darwin' ? [sandboxExec] : [unshare, bubblewrap])];
  return Promise.all(
    layers.map(async (layer) => ({ name: layer.name, probe: await layer.probe(), stops: layer.stops })),
  );
}

/** Adds that programs run as root, where they must. */
function withUser(reason: string): string {
  if (!isRoot() || everyoneMayRead([process.execPath])) return reason;
  return `${reason}; programs run as root, because other users cannot read ${process.execPath}`;
}

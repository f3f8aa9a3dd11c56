import { TutorError } from '../model/error.ts';
import type { Layer, Probe } from '../model/layer.ts';
import type { Isolation, LayerName } from '../model/verdict.ts';
import { bubblewrap } from './layers/bubblewrap.ts';
import { guard } from './layers/guard.ts';
import { plain } from './layers/plain.ts';
import { cachedProbe } from './layers/probe-cache.ts';
import { everyoneMayRead, isRoot } from './user.ts';

const LAYERS: Readonly<Record<LayerName, Layer>> = { bubblewrap, guard, none: plain };

/** What may be asked for: the best there is, the best or nothing, or a layer by name. */
export type IsolationRequest = 'auto' | 'strict' | 'guard' | 'none';

/** The layer of a name. */
export function layerOf(name: LayerName): Layer {
  return LAYERS[name];
}

/**
 * Picks the layer for all runs of a command.
 * @param options.cacheFolder where the answer of the probe is kept, which takes longer than a short run
 * @throws TutorError exit code 2 when `strict` is asked for and cannot be had
 */
export async function chooseLayer(
  request: IsolationRequest,
  options: { cacheFolder?: string } = {},
): Promise<Isolation> {
  if (request === 'none') return { layer: 'none', reason: withUser('it was asked for') };
  if (request === 'guard') return { layer: 'guard', reason: withUser('it was asked for') };
  const probe = await cachedProbe(options.cacheFolder, () => bubblewrap.probe());
  if (probe.available) return { layer: 'bubblewrap' };
  if (request === 'auto') return { layer: 'guard', reason: withUser(probe.reason) };
  throw new TutorError(`Strict isolation cannot be had here: ${probe.reason}.`, {
    next: probe.remedy ?? 'Use --isolate guard to accept less.',
  });
}

/** Every layer with what it stops and whether this machine lets it work, weakest first. */
export function describeLayers(): Promise<{ name: LayerName; probe: Probe; stops: readonly string[] }[]> {
  const layers = [plain, guard, bubblewrap];
  return Promise.all(
    layers.map(async (layer) => ({ name: layer.name, probe: await layer.probe(), stops: layer.stops })),
  );
}

/** Adds that programs run as root, where they must. */
function withUser(reason: string): string {
  if (!isRoot() || everyoneMayRead([process.execPath])) return reason;
  return `${reason}; programs run as root, because other users cannot read ${process.execPath}`;
}

import type { Layer } from '../model/layer.ts';
import type { LayerName } from '../model/verdict.ts';
import { bubblewrap } from './layers/bubblewrap.ts';
import { guard } from './layers/guard.ts';
import { plain } from './layers/plain.ts';

const LAYERS: Readonly<Record<LayerName, Layer>> = { bubblewrap, guard, none: plain };

/** The layer of a name. */
export function layerOf(name: LayerName): Layer {
  return LAYERS[name];
}

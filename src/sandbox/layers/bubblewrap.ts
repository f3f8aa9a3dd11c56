import type { Layer } from '../../model/layer.ts';
import { plain } from './plain.ts';
export const bubblewrap: Layer = { ...plain, name: 'bubblewrap' };

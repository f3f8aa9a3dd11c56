import type { Layer } from '../../model/layer.ts';
import { plain } from './plain.ts';
export const guard: Layer = { ...plain, name: 'guard' };

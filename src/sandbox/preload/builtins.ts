/**
 * Modules that every run needs, as Node.js has them. A bundler copies what is imported by default, member by member, which
 * costs the start of every program 1 ms; to ask for `node:module` by name makes a list of its exports, which costs 0.15 ms.
 */
export const fs = process.getBuiltinModule('node:fs');
export const net = process.getBuiltinModule('node:net');
export const Module = module.constructor as typeof import('node:module').Module;

import type { Answer, Encoded, WireStep, WireValue } from '../../../model/steps.ts';
import { encode } from './encode.ts';
import { load } from './load.ts';
import { makeQuiet } from './quiet.ts';
import { type Reviver, revive } from './revive.ts';

const MOST_CALLS = 200;

const { apply, construct, ownKeys } = Reflect;

/** A member of a path that is not there. */
class Missing {
  readonly answer: Answer;
  constructor(at: string, on: unknown) {
    this.answer = { is: 'missing', at, keys: keysOf(on), on: encode(on) };
  }
}

function keysOf(value: unknown): string[] {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return [];
  return ownKeys(value)
    .filter((key) => typeof key === 'string')
    .slice(0, 100);
}

interface Place {
  value: unknown;
  /** What stands before the last dot: `this` of a call. */
  owner: unknown;
}

/** What performs the steps, with the handles and records that they share. */
export function makeBench(work: string): (step: WireStep) => Promise<Answer> {
  const handles = new Map<string, unknown>();
  const modules = new Map<string, 'commonjs' | 'esm'>();
  const records = new Map<string, Encoded[][]>();
  const quiet = makeQuiet();

  const record = (name: string): ((args: readonly unknown[]) => void) => {
    const calls: Encoded[][] = records.get(name) ?? [];
    records.set(name, calls);
    return (args) => {
      if (calls.length < MOST_CALLS) calls.push(args.map(encode));
    };
  };

  const find = (of: readonly string[]): Place => {
    const [name = '', ...members] = of;
    if (!handles.has(name)) throw new Missing(name, undefined);
    let place: Place = { value: handles.get(name), owner: undefined };
    for (const [index, key] of members.entries()) {
      const isDefault = index === 0 && key === 'default' && modules.get(name) === 'commonjs';
      if (isDefault && !hasMember(place.value, key)) continue;
      if (!hasMember(place.value, key))
        throw new Missing([name, ...members.slice(0, index + 1)].join('.'), place.value);
      place = { value: Reflect.get(Object(place.value), key, place.value), owner: place.value };
    }
    return place;
  };

  /** What is called: of an ES module itself, its default export. */
  const callee = (of: readonly string[]): Place => {
    const place = find(of);
    const isModule = of.length === 1 && modules.get(of[0] ?? '') === 'esm';
    return isModule && hasMember(place.value, 'default') ? find([...of, 'default']) : place;
  };

  const reviver: Reviver = {
    handle: (path) => find(path).value,
    callback: (name, answer) => {
      const note = record(name);
      return function callback(...args: unknown[]) {
        note(args);
        return answer(args);
      };
    },
  };
  const argumentsOf = (args: readonly WireValue[]) => args.map((each) => revive(each, reviver));

  const keep = (step: WireStep, value: unknown): Answer => {
    if (step.as !== undefined) handles.set(step.as, value);
    return { is: 'value', value: encode(value) };
  };

  const settle = async (step: WireStep, value: unknown): Promise<Answer> => {
    const promise = Promise.resolve(value).then(
      (settled) => () => keep(step, settled),
      (error: unknown) => (): Answer => ({ is: 'threw', value: encode(error) }),
    );
    const answer = await Promise.race([promise, quiet.drained().then(() => (): Answer => ({ is: 'never' }))]);
    return answer();
  };

  const actions: Actions = {
    import: async (step) => {
      const loading = load(step.path, { work, exact: step.exact });
      const loaded = await Promise.race([loading, quiet.drained()]);
      if (loaded === undefined) return { is: 'never' };
      if (step.as !== undefined) {
        modules.set(step.as, loaded.kind);
        handles.set(step.as, loaded.value);
      }
      return { is: 'value', value: encode(loaded.value), module: loaded.kind };
    },
    get: (step) => keep(step, find(step.of).value),
    call: (step) => {
      const { value, owner } = callee(step.of);
      if (typeof value !== 'function') return unfit('call', value);
      const returned = apply(value, owner, argumentsOf(step.args));
      handled(returned);
      if (!step.awaits) return keep(step, returned);
      return isThenable(returned) ? settle(step, returned) : unfit('await', returned);
    },
    new: (step) => {
      const { value } = callee(step.of);
      return typeof value === 'function' ? keep(step, construct(value, argumentsOf(step.args))) : unfit('new', value);
    },
    on: (step) => {
      const { value } = find(step.of);
      if (!hasMethod(value, 'on')) return unfit('on', value);
      const note = record(step.as ?? step.event);
      value.on(step.event, (...args: unknown[]) => note(args));
      return { is: 'value', value: true };
    },
    emit: (step) => {
      const { value } = find(step.of);
      if (!hasMethod(value, 'emit')) return unfit('emit', value);
      return keep(step, value.emit(step.event, ...argumentsOf(step.args)));
    },
    await: (step) => {
      const { value } = find(step.of);
      return isThenable(value) ? settle(step, value) : unfit('await', value);
    },
    called: async (step) => {
      const drained = await Promise.race([quiet.drained().then(() => true), quiet.longEnough().then(() => false)]);
      return { is: 'calls', calls: records.get(step.of[0] ?? '') ?? [], drained };
    },
  };
  return async (step) => {
    try {
      return await (actions[step.do] as (step: WireStep) => Answer | Promise<Answer>)(step);
    } catch (error) {
      if (error instanceof Missing) return error.answer;
      throw error;
    }
  };
}

type Actions = {
  [Do in WireStep['do']]: (step: Extract<WireStep, { do: Do }>) => Answer | Promise<Answer>;
};

function unfit(purpose: Extract<Answer, { is: 'unfit' }>['for'], value: unknown): Answer {
  return { is: 'unfit', for: purpose, value: encode(value) };
}

/** A promise that is looked at by a later step, or by none, must not end the process when it is rejected. */
function handled(value: unknown): void {
  if (value instanceof Promise) value.then(undefined, () => {});
}

function hasMember(value: unknown, key: string): boolean {
  return value !== undefined && value !== null && key in Object(value);
}

function isThenable(value: unknown): boolean {
  return hasMethod(value, 'then');
}

function hasMethod<Name extends string>(
  value: unknown,
  name: Name,
): value is { [Key in Name]: (...args: unknown[]) => unknown } {
  return hasMember(value, name) && typeof Reflect.get(Object(value), name) === 'function';
}

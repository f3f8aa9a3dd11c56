import { CommandError } from '../errors.ts';
import { dateOf } from '../values/date.ts';
import { isNullish, typeName } from '../values/types.ts';

/** A time zone: how many milliseconds its clocks are ahead of UTC at an instant. */
export type Zone = (instant: number) => number;

export const UTC: Zone = () => 0;

const MINUTE = 60_000;

/**
 * The zone of an Olson name such as `Europe/Madrid`, or of an offset such as `+02:00`; UTC when there is none.
 *
 * @throws CommandError 40485 for an unknown zone, 40517 for what is no text
 * @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/dateToString/#timezone
 */
function zoneOf(name: unknown): Zone {
  if (isNullish(name)) {
    return UTC;
  }
  if (typeof name !== 'string') {
    throw new CommandError(40517, `timezone must evaluate to a string, found ${typeName(name)}`);
  }
  if (['UTC', 'GMT', 'Z'].includes(name)) {
    return UTC;
  }
  const offset = /^([+-])(\d\d):?(\d\d)?$/.exec(name);
  if (offset) {
    const [, sign, hours, minutes = '0'] = offset;
    const ahead = (Number(hours) * 60 + Number(minutes)) * MINUTE * (sign === '-' ? -1 : 1);
    return () => ahead;
  }
  return namedZone(name);
}

function namedZone(name: string): Zone {
  const format = zoneFormat(name);
  return (instant) => {
    const parts = new Map(format.formatToParts(dateOf(instant)).map(({ type, value }) => [type, Number(value)]));
    const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
    const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
    return Math.round((local - Math.floor(instant / 1000) * 1000) / MINUTE) * MINUTE;
  };
}

function zoneFormat(name: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    throw new CommandError(40485, `unrecognized time zone identifier: "${name}"`);
  }
}

/** Finds zones by name, remembering the last one, since that of an expression is nearly always constant. */
export function zones(): (name: unknown) => Zone {
  let last: { name: unknown; zone: Zone } = { name: undefined, zone: UTC };
  return (name) => {
    if (name !== last.name) {
      last = { name, zone: zoneOf(name) };
    }
    return last.zone;
  };
}

/** A date whose UTC fields are what the clocks of a zone show. */
export function toLocal(date: Date, zone: Zone): Date {
  return dateOf(date.getTime() + zone(date.getTime()));
}

/** The instant at which the clocks of a zone show the UTC fields of a date. */
export function fromLocal(local: Date, zone: Zone): Date {
  const guess = local.getTime() - zone(local.getTime());
  return dateOf(local.getTime() - zone(guess));
}

import type { Document } from '../values/document.ts';
import { named, type Operator, type Parameters } from './operator.ts';
import { type Zone, zones } from './zone.ts';

/** The value of a date operator for its named arguments; zones are found by name. */
type EvaluateDate = (values: Document, zoneOf: (name: unknown) => Zone, name: string) => unknown;

/** An operator with named arguments, of which one is a time zone. */
export function dateOperator(parameters: Parameters, evaluate: EvaluateDate): Operator {
  return (argument, name, compilation) => {
    const zoneOf = zones();
    return named(parameters, (values) => evaluate(values, zoneOf, name))(argument, name, compilation);
  };
}

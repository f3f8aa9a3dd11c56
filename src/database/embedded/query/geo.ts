import { badValue } from '../errors.ts';
import { type Document, isDocument } from '../values/document.ts';
import { type Leaf, leavesOf } from '../values/path.ts';
import type { DocumentOrder } from '../values/sort.ts';
import { isNumeric, toNumber } from '../values/types.ts';
import {
  contains,
  corners,
  EARTH_RADIUS,
  intersect,
  type Position,
  planeDistance,
  positionOf,
  type Shape,
  shapeOf,
  sphereDistance,
} from './shapes.ts';

/** Whether a value of a document is where a geospatial condition wants it. */
export type GeoCondition = (value: unknown) => boolean;

/**
 * `$geoWithin`, `$geoIntersects`, `$near` and `$nearSphere`, by a scan: polygons are drawn on a plane of degrees, so
 * that large ones differ from the real server's, which draws them on the sphere.
 *
 * @throws CommandError 2 for a shape that is none
 * @see https://www.mongodb.com/docs/manual/reference/operator/query-geospatial/
 */
export function geoCondition(operator: string, value: unknown, siblings: Document): GeoCondition {
  switch (operator) {
    case '$geoIntersects': {
      const area = geometryOf(operator, value);
      return onShapes((shape) => intersect(shape, area));
    }
    case '$near':
    case '$nearSphere':
      return within(nearOf(operator, value, siblings));
    default: {
      const inside = areaOf(operator, value);
      return onShapes((shape) => corners(shape).every(inside));
    }
  }
}

function onShapes(holds: (shape: Shape) => boolean): GeoCondition {
  return (value) => {
    const shape = shapeOf(value);
    return shape !== undefined && holds(shape);
  };
}

function geometryOf(operator: string, value: unknown): Shape {
  const shape = isDocument(value) ? shapeOf(value.$geometry) : undefined;
  if (!shape) {
    throw badValue(`${operator} needs a $geometry`);
  }
  return shape;
}

function areaOf(operator: string, value: unknown): (point: Position) => boolean {
  const spec = isDocument(value) ? value : undefined;
  if (Array.isArray(spec?.$centerSphere)) {
    return circle(spec.$centerSphere, (left, right) => sphereDistance(left, right) / EARTH_RADIUS);
  }
  if (Array.isArray(spec?.$center)) {
    return circle(spec.$center, planeDistance);
  }
  if (Array.isArray(spec?.$box)) {
    const [low, high] = spec.$box.map(positionOf);
    return ([x, y]) =>
      low !== undefined && high !== undefined && x >= low[0] && x <= high[0] && y >= low[1] && y <= high[1];
  }
  const corner = spec?.$polygon;
  if (corner !== undefined) {
    const listed = Array.isArray(corner) ? corner : isDocument(corner) ? Object.values(corner) : [];
    const ring = listed.map(positionOf).filter((position) => position !== undefined);
    return (point) => contains([ring], point);
  }
  const { polygons } = geometryOf(operator, value);
  return (point) => polygons.some((rings) => contains(rings, point));
}

function circle(
  [center, radius]: readonly unknown[],
  distance: (left: Position, right: Position) => number,
): (point: Position) => boolean {
  const middle = positionOf(center);
  if (!middle || !isNumeric(radius)) {
    throw badValue('a circle is [ [x, y], radius ]');
  }
  return (point) => distance(middle, point) <= toNumber(radius);
}

/** What is asked to be near. */
interface Near {
  center: Position;
  distance: (left: Position, right: Position) => number;
  least: number;
  most: number;
}

/** Distances are meters with GeoJSON, radians with a pair on the sphere, and the pair's own units on the plane. */
function nearOf(operator: string, value: unknown, siblings: Document): Near {
  const json = isDocument(value) && value.$geometry !== undefined;
  const center = positionOf(json ? value.$geometry : value);
  if (!center) {
    throw badValue(`${operator} needs a point`);
  }
  const limits =
    json && value.$maxDistance === undefined && value.$minDistance === undefined ? siblings : json ? value : siblings;
  const limit = (name: string, otherwise: number) => (isNumeric(limits[name]) ? toNumber(limits[name]) : otherwise);
  const onSphere = (left: Position, right: Position) => sphereDistance(left, right) / (json ? 1 : EARTH_RADIUS);
  return {
    center,
    distance: json || operator === '$nearSphere' ? onSphere : planeDistance,
    least: limit('$minDistance', 0),
    most: limit('$maxDistance', Number.POSITIVE_INFINITY),
  };
}

function within({ center, distance, least, most }: Near): GeoCondition {
  return (value) => {
    const point = positionOf(value);
    const away = point ? distance(center, point) : Number.NaN;
    return away >= least && away <= most;
  };
}

/** The order that `$near` gives to a result: the nearest first; undefined for a filter without it. */
export function nearOrder(filter: Document): DocumentOrder | undefined {
  for (const [path, condition] of Object.entries(filter)) {
    const operator = isDocument(condition)
      ? ['$near', '$nearSphere'].find((name) => condition[name] !== undefined)
      : '';
    if (isDocument(condition) && operator) {
      const { center, distance } = nearOf(operator, condition[operator], condition);
      const away = (from: Document) =>
        Math.min(
          ...leavesOf(from, path.split('.'))
            .map(pointOf)
            .map((point) => (point ? distance(center, point) : Number.POSITIVE_INFINITY)),
        );
      return (left, right) => away(left) - away(right);
    }
  }
  return undefined;
}

function pointOf({ value }: Leaf): Position | undefined {
  return positionOf(value);
}

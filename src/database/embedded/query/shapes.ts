import { isDocument } from '../values/document.ts';
import { isNumeric, toNumber } from '../values/types.ts';

/** Longitude and latitude in degrees, or x and y on a plane. */
export type Position = readonly [number, number];

/** What a geometry is made of: single positions, lines, and rings of polygons (the first is the border, the others are holes). */
export interface Shape {
  points: readonly Position[];
  lines: readonly (readonly Position[])[];
  polygons: readonly (readonly (readonly Position[])[])[];
}

/** The radius that MongoDB takes for the Earth, in meters. */
export const EARTH_RADIUS = 6_378_100;

const EMPTY: Shape = { points: [], lines: [], polygons: [] };

/** The shape of a GeoJSON geometry or a legacy coordinate pair; undefined for a value that is none. */
export function shapeOf(value: unknown): Shape | undefined {
  const pair = positionOf(value);
  if (pair) {
    return { ...EMPTY, points: [pair] };
  }
  return isDocument(value) ? geometry(String(value.type), value.coordinates) : undefined;
}

/** A point: GeoJSON, `[x, y]`, or a document of two numbers. */
export function positionOf(value: unknown): Position | undefined {
  const parts = isDocument(value) ? (value.type === 'Point' ? value.coordinates : Object.values(value)) : value;
  return pairOf(parts);
}

function pairOf(value: unknown): Position | undefined {
  const [x, y] = Array.isArray(value) ? value : [];
  return isNumeric(x) && isNumeric(y) ? [toNumber(x), toNumber(y)] : undefined;
}

function positions(value: unknown): Position[] {
  return (Array.isArray(value) ? value : []).map(pairOf).filter((pair) => pair !== undefined);
}

function list<Item>(value: unknown, read: (item: unknown) => Item): Item[] {
  return (Array.isArray(value) ? value : []).map(read);
}

function geometry(type: string, coordinates: unknown): Shape | undefined {
  switch (type) {
    case 'MultiPoint':
      return { ...EMPTY, points: positions(coordinates) };
    case 'LineString':
      return { ...EMPTY, lines: [positions(coordinates)] };
    case 'MultiLineString':
      return { ...EMPTY, lines: list(coordinates, positions) };
    case 'Polygon':
      return { ...EMPTY, polygons: [list(coordinates, positions)] };
    case 'MultiPolygon':
      return { ...EMPTY, polygons: list(coordinates, (polygon) => list(polygon, positions)) };
    default:
      return undefined;
  }
}

/** All positions that a shape is drawn with. */
export function corners({ points, lines, polygons }: Shape): Position[] {
  return [...points, ...lines.flat(), ...polygons.flat(2)];
}

/** Meters between two points on the sphere. */
export function sphereDistance(left: Position, right: Position): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const [dx, dy] = [radians(right[0] - left[0]), radians(right[1] - left[1])];
  const a = Math.sin(dy / 2) ** 2 + Math.cos(radians(left[1])) * Math.cos(radians(right[1])) * Math.sin(dx / 2) ** 2;
  return 2 * EARTH_RADIUS * Math.asin(Math.min(1, Math.sqrt(a)));
}

/** Distance between two points on a plane. */
export function planeDistance(left: Position, right: Position): number {
  return Math.hypot(left[0] - right[0], left[1] - right[1]);
}

/** Whether a point lies in a polygon or on its border. */
export function contains(rings: readonly (readonly Position[])[], point: Position): boolean {
  const [border = [], ...holes] = rings;
  return insideRing(border, point) && !holes.some((hole) => insideRing(hole, point) && !onRing(hole, point));
}

function insideRing(ring: readonly Position[], point: Position): boolean {
  const crossings = edges(ring).filter(
    ([from, to]) =>
      from[1] > point[1] !== to[1] > point[1] &&
      point[0] < ((to[0] - from[0]) * (point[1] - from[1])) / (to[1] - from[1]) + from[0],
  );
  return crossings.length % 2 === 1 || onRing(ring, point);
}

function onRing(ring: readonly Position[], point: Position): boolean {
  return edges(ring).some(([from, to]) => side(from, to, point) === 0 && between(from, to, point));
}

function edges(line: readonly Position[], closed = true): (readonly [Position, Position])[] {
  const pairs = line.slice(1).map((to, index) => [line[index] as Position, to] as const);
  const [first, last] = [line[0], line.at(-1)];
  return closed && first && last ? [...pairs, [last, first]] : pairs;
}

/** On which side of a line a point lies: the sign, 0 on it. */
function side(from: Position, to: Position, point: Position): number {
  return Math.sign((to[0] - from[0]) * (point[1] - from[1]) - (to[1] - from[1]) * (point[0] - from[0]));
}

function between(from: Position, to: Position, point: Position): boolean {
  return [0, 1].every((axis) => {
    const [a, b, p] = [from[axis as 0], to[axis as 0], point[axis as 0]];
    return Math.min(a, b) <= p && p <= Math.max(a, b);
  });
}

/** Whether two shapes have a point in common. */
export function intersect(left: Shape, right: Shape): boolean {
  return (
    corners(left).some((point) => touches(right, point)) ||
    corners(right).some((point) => touches(left, point)) ||
    segments(left).some((a) => segments(right).some((b) => cross(a, b)))
  );
}

function touches({ points, lines, polygons }: Shape, point: Position): boolean {
  return (
    points.some((other) => other[0] === point[0] && other[1] === point[1]) ||
    lines.some((line) =>
      edges(line, false).some(([from, to]) => side(from, to, point) === 0 && between(from, to, point)),
    ) ||
    polygons.some((rings) => contains(rings, point))
  );
}

function segments({ lines, polygons }: Shape): (readonly [Position, Position])[] {
  return [...lines.flatMap((line) => edges(line, false)), ...polygons.flat().flatMap((ring) => edges(ring))];
}

function cross([a, b]: readonly [Position, Position], [c, d]: readonly [Position, Position]): boolean {
  return side(a, b, c) !== side(a, b, d) && side(c, d, a) !== side(c, d, b);
}

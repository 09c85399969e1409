// Corners that jump to what is already drawn: first to corners, then to lines, within a finger's
// width. A corner that jumped to one of a neighbour's is exactly the same, so no gap is left.

const NEAR_PX = 10;

/** Rings of everything in a FeatureCollection. */
export function ringsOf(collection) {
  return collection.features.flatMap(({ geometry }) => {
    if (geometry?.type === 'Polygon') return geometry.coordinates;
    if (geometry?.type === 'MultiPolygon') return geometry.coordinates.flat();
    return [];
  });
}

/** As the server writes degrees. */
export const rounded = (at) => at.map((degrees) => Math.round(degrees * 1e7) / 1e7);

const apart = (a, b) => Math.hypot(a.x - b.x, a.y - b.y);

/** The point of a line, in pixels, that is nearest to `to`: how far along it lies. */
export function along(from, until, to) {
  const [x, y] = [until.x - from.x, until.y - from.y];
  const length = x * x + y * y;
  const share = length === 0 ? 0 : ((to.x - from.x) * x + (to.y - from.y) * y) / length;
  return Math.min(1, Math.max(0, share));
}

/** Where a corner at `point` comes to lie, and whether it jumped. */
export function snapped(map, rings, point) {
  const at = map.unproject(point);
  const edge = map.unproject([point.x + NEAR_PX, point.y + NEAR_PX]);
  const [wide, high] = [Math.abs(edge.lng - at.lng), Math.abs(edge.lat - at.lat)];
  const isNear = ([lng, lat]) => Math.abs(lng - at.lng) <= wide && Math.abs(lat - at.lat) <= high;
  const reaches = (a, b) =>
    Math.min(a[0], b[0]) <= at.lng + wide && Math.max(a[0], b[0]) >= at.lng - wide && Math.min(a[1], b[1]) <= at.lat + high && Math.max(a[1], b[1]) >= at.lat - high;
  let best = { far: NEAR_PX };
  for (const ring of rings) {
    for (const corner of ring) {
      if (!isNear(corner)) continue;
      const far = apart(map.project(corner), point);
      if (far <= best.far) best = { far, at: corner };
    }
  }
  if (best.at) return { at: rounded(best.at), jumped: true };
  for (const ring of rings) {
    for (let i = 1; i < ring.length; i += 1) {
      const [a, b] = [ring[i - 1], ring[i]];
      if (!reaches(a, b)) continue;
      const [from, until] = [map.project(a), map.project(b)];
      const share = along(from, until, point);
      const far = apart({ x: from.x + share * (until.x - from.x), y: from.y + share * (until.y - from.y) }, point);
      if (far < best.far) best = { far, at: [a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])] };
    }
  }
  return best.at ? { at: rounded(best.at), jumped: true } : { at: rounded([at.lng, at.lat]), jumped: false };
}

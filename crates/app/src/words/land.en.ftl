# Borders on the map: what is wrong with them, where there are gaps and overlaps.

refused-import-no-features = This file cannot be read: it should be a FeatureCollection of GeoJSON.

fault-not-on-earth = There is no such point: longitude is from -180 to 180, latitude from -90 to 90.
fault-not-system = There is no such system of coordinates: write wgs84, cgcs2000, gcj02 or bd09.
fault-shape-not-on-earth = Some points are not on the earth: each is a longitude, then a latitude, in degrees.
fault-shape-too-many = The border has too many points (at most 20,000). Simplify it first.
fault-shape-too-few = A border needs at least four points, the last one being the first again.
fault-shape-not-closed = The border is not closed: its last point must be the first again.
fault-shape-no-area = This border encloses nothing.
fault-shape-crosses = The border crosses itself.
fault-shape-hole-outside = A hole lies outside of what it is a hole in.
fault-shape-parts-overlap = The parts overlap.

land-gap = { $within }: about { $area } m² belong to none of its parts, near longitude { $lon }, latitude { $lat }.
land-overlap = { $within }: { $one } and { $other } share about { $area } m², near longitude { $lon }, latitude { $lat }.
land-outside = { $within }: about { $area } m² of { $one } lie outside of it, near longitude { $lon }, latitude { $lat }.

refused-place-change-level = Only grids, micro-grids and buildings can be split, merged and moved.
refused-place-change-closed = This place is closed already and changes no more.
refused-place-change-too-few = There must be at least two.
refused-place-change-too-many = These are too many at once.
refused-place-change-not-beside = Only different places within the same one can be merged.
refused-place-change-not-there = It cannot be moved there: it lies there already, or that is no place for it.
refused-place-change-full = All numbers there are used.
fault-place-became = This place has become others; use their codes.
refused-place-became = This place has become others and cannot be opened again.

fault-border-line = Line { $line } cannot be read: write longitude and latitude, two numbers with a comma between them.
fault-border-not-on-earth = Line { $line } is no point on the earth: first the longitude (-180 to 180), then the latitude (-90 to 90).
fault-border-few = A ring needs at least three different corners.
fault-border-none = There are no corners yet; draw some first.
refused-border-level = A community draws the borders of grids, micro-grids and buildings; those of wider places are drawn by the administration.
refused-border-closed = This place is closed and is drawn no more.

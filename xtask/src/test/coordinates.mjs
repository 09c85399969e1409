// Compares our conversions, as lines on the standard input, with the package `gcoord`.
//
// Prints one line for each pair of systems, `passed wgs84 gcj02` or `failed gcj02 wgs84: …`.
// Forward both compute the same formula. Backward `gcoord` stops when it is nearer than 1e-6
// degrees (BD-09: after one step), and ours goes on; so there they may differ by that much.

import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const gcoord = createRequire(`${process.argv[2]}/package.json`)("gcoord");
const systems = { wgs84: gcoord.WGS84, gcj02: gcoord.GCJ02, bd09: gcoord.BD09 };
const order = ["wgs84", "gcj02", "bd09"];
const allowed = (from, to) => (order.indexOf(from) < order.indexOf(to) ? 1e-9 : from === "bd09" ? 5e-6 : 2e-6);

const pairs = new Map();
for await (const line of createInterface({ input: process.stdin })) {
  const [from, to, ...numbers] = line.split(" ");
  const [lon, lat, ourLon, ourLat] = numbers.map(Number);
  const [theirLon, theirLat] = gcoord.transform([lon, lat], systems[from], systems[to]);
  const apart = Math.max(Math.abs(ourLon - theirLon), Math.abs(ourLat - theirLat));
  const pair = pairs.get(`${from} ${to}`) ?? { count: 0, worst: 0, at: "" };
  pair.count += 1;
  if (!(apart <= pair.worst)) Object.assign(pair, { worst: apart, at: `${lon} ${lat}` });
  pairs.set(`${from} ${to}`, pair);
}
for (const [name, { count, worst, at }] of pairs) {
  const good = count >= 5000 && worst <= allowed(...name.split(" "));
  console.log(`${good ? "passed" : "failed"} ${name}: ${count} points, at most ${worst.toExponential(1)} degrees apart, at ${at}`);
}

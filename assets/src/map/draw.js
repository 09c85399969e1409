// A map on which a border is drawn: a tap adds a corner, a drag moves one, and the text beside
// the map always says the same. The text is what is sent.

import { open } from './base.js';
import { along, ringsOf, rounded, snapped } from './snap.js';

const NONE = { type: 'FeatureCollection', features: [] };
const HISTORY_MAX = 200;
/** A finger hits a corner within this. */
const HIT_PX = 16;

const feature = (type, coordinates, properties = {}) => ({ type: 'Feature', properties, geometry: { type, coordinates } });

/** The corners that a text says, when it is one ring of numbers; else nothing. */
function corners(text) {
  const lines = text.trim().split('\n').map((line) => line.trim());
  if (text.trim() === '') return [];
  const read = lines.map((line) => line.split(/[\s,，]+/).map(Number));
  if (!read.every((pair) => pair.length === 2 && pair.every(Number.isFinite))) return undefined;
  const last = read.at(-1);
  if (read.length > 1 && last[0] === read[0][0] && last[1] === read[0][1]) read.pop();
  return read;
}

/** About how many square metres a ring encloses. */
function area(ring) {
  const radians = (degrees) => (degrees * Math.PI) / 180;
  const sum = ring.reduce((sum, [lng, lat], i) => {
    const [next, nextLat] = ring[(i + 1) % ring.length];
    return sum + radians(lng - next) * (2 + Math.sin(radians(lat)) + Math.sin(radians(nextLat)));
  }, 0);
  return Math.abs((sum * 6_371_008.8 ** 2) / 2);
}

const beside = (tint) => [
  { id: 'near', type: 'line', source: 'near', paint: { 'line-color': tint.info, 'line-width': ['case', ['==', ['get', 'is'], 'around'], 3, 1.5], 'line-dasharray': [3, 2] } },
  { id: 'own', type: 'fill', source: 'own', filter: ['==', ['geometry-type'], 'Polygon'], paint: { 'fill-color': tint.primary, 'fill-opacity': 0.2 } },
  { id: 'own-line', type: 'line', source: 'own', filter: ['!=', ['geometry-type'], 'Point'], paint: { 'line-color': tint.primary, 'line-width': 3 } },
  {
    id: 'corners',
    type: 'circle',
    source: 'own',
    filter: ['==', ['geometry-type'], 'Point'],
    paint: {
      'circle-radius': ['case', ['get', 'held'], 10, 7],
      'circle-color': ['case', ['get', 'jumped'], tint.accent, tint.surface],
      'circle-stroke-color': tint.primary,
      'circle-stroke-width': 3,
    },
  },
];

/** The border as it is being drawn. */
class Border {
  constructor(box, map) {
    const find = (what) => document.querySelector(`[data-draw-${what}]`);
    Object.assign(this, { box, map, text: find('text'), system: find('system'), says: find('says'), undoButton: find('undo'), dropButton: find('drop') });
    this.words = JSON.parse(box.dataset.words);
    this.past = [];
    this.rings = [];
    this.held = undefined;
    this.jumped = false;
    this.said = this.text.value;
    this.ring = this.shown() ?? [];
    /** A border that was there is changed by corners in its lines; a new one grows at its end. */
    this.wasThere = this.ring.length >= 3;
    this.text.addEventListener('input', () => this.read());
    this.text.addEventListener('change', () => this.remember());
    this.system.addEventListener('change', () => this.read());
    this.undoButton.addEventListener('click', () => this.undo());
    this.dropButton.addEventListener('click', () => this.drop());
    find('clear').addEventListener('click', () => {
      this.wasThere = false;
      this.change([]);
    });
  }

  /** Whether what the text says can be shown: one ring, in the system of this map. */
  isShown() {
    return this.shown() !== undefined;
  }

  /** The corners that the text says, in the system of this map. */
  shown() {
    return this.system.value === 'wgs84' ? corners(this.text.value) : undefined;
  }

  read() {
    this.ring = this.shown() ?? [];
    this.held = undefined;
    this.draw();
  }

  /** What stood in the text before it was typed into, so that undoing takes one act back. */
  remember() {
    if (this.text.value === this.said) return;
    this.past.push(this.said);
    if (this.past.length > HISTORY_MAX) this.past.shift();
    this.said = this.text.value;
    this.draw();
  }

  change(ring, held) {
    this.remember();
    this.ring = ring;
    this.held = held;
    this.write();
    this.remember();
  }

  write() {
    this.text.value = this.ring.map((at) => at.map((degrees) => degrees.toFixed(7)).join(',')).join('\n');
    this.draw();
  }

  undo() {
    this.remember();
    if (this.past.length === 0) return;
    this.text.value = this.said = this.past.pop();
    this.read();
  }

  drop() {
    if (this.held === undefined) return;
    this.change(this.ring.filter((_, i) => i !== this.held));
  }

  draw() {
    const { ring, held } = this;
    const features = ring.map((at, i) => feature('Point', at, { held: i === held, jumped: i === held && this.jumped }));
    if (ring.length > 2) features.unshift(feature('Polygon', [[...ring, ring[0]]]));
    if (ring.length === 2) features.unshift(feature('LineString', ring));
    this.map.getSource('own')?.setData({ type: 'FeatureCollection', features });
    this.undoButton.disabled = this.past.length === 0;
    this.dropButton.disabled = held === undefined;
    const filled = (words) => words.replace('{n}', ring.length).replace('{area}', Math.round(area(ring)).toLocaleString(document.documentElement.lang));
    this.says.textContent = this.isShown() ? filled(this.words[ring.length === 1 && 'spot' in this.words ? 'spot' : ring.length < 3 ? 'few' : 'drawn']) : this.words.unseen;
    this.box.dataset.corners = ring.length;
  }

  /** The corner under a finger. */
  at(point) {
    const far = this.ring.map((at) => {
      const there = this.map.project(at);
      return Math.hypot(there.x - point.x, there.y - point.y);
    });
    const nearest = far.indexOf(Math.min(...far));
    return far[nearest] <= HIT_PX ? nearest : undefined;
  }

  snap(point) {
    const { at, jumped } = snapped(this.map, this.rings, point);
    this.jumped = jumped;
    return at;
  }

  /** A new corner: at the end, or in the line that is nearest. */
  add(point) {
    const at = this.snap(point);
    const { ring } = this;
    let place = ring.length;
    if (this.wasThere && ring.length > 2) {
      const px = ring.map((corner) => this.map.project(corner));
      const far = px.map((from, i) => {
        const until = px[(i + 1) % px.length];
        const share = along(from, until, point);
        return Math.hypot(from.x + share * (until.x - from.x) - point.x, from.y + share * (until.y - from.y) - point.y);
      });
      place = far.indexOf(Math.min(...far)) + 1;
    }
    this.change([...ring.slice(0, place), at, ...ring.slice(place)], place);
  }

  /** A corner is dragged from here until it is let go. */
  drag(index, begin) {
    const { map } = this;
    begin.preventDefault();
    this.remember();
    const isTouch = begin.type === 'touchstart';
    const moves = isTouch ? 'touchmove' : 'mousemove';
    let moved = false;
    const move = ({ point }) => {
      moved ||= Math.hypot(point.x - begin.point.x, point.y - begin.point.y) > 3;
      if (!moved) return;
      this.ring = this.ring.with ? this.ring.with(index, this.snap(point)) : Object.assign([...this.ring], { [index]: this.snap(point) });
      this.write();
    };
    this.held = index;
    this.draw();
    map.on(moves, move);
    // Wherever it is let go, also outside the map.
    const over = new AbortController();
    const end = () => {
      over.abort();
      map.off(moves, move);
      this.remember();
      this.draw();
    };
    for (const sort of isTouch ? ['touchend', 'touchcancel'] : ['mouseup']) window.addEventListener(sort, end, { signal: over.signal });
  }
}

export function drawing(box) {
  const data = { type: 'geojson', data: NONE };
  const map = open(box, { sources: { near: data, own: data }, layers: beside });
  const border = new Border(box, map);
  map.doubleClickZoom.disable();
  const begin = (event) => {
    const index = border.isShown() ? border.at(event.point) : undefined;
    if (index !== undefined && !(event.points?.length > 1)) border.drag(index, event);
  };
  map.on('mousedown', begin);
  map.on('touchstart', begin);
  map.on('click', ({ point }) => {
    if (border.isShown() && border.at(point) === undefined) border.add(point);
  });
  map.on('style.load', async () => {
    border.draw();
    const answer = await fetch(border.text.dataset.near, { credentials: 'same-origin' });
    if (!answer.ok) return;
    const near = await answer.json();
    border.rings = ringsOf(near).map((ring) => ring.map(rounded));
    map.getSource('near')?.setData(near);
    box.dataset.beside = near.features.length;
  });
}
